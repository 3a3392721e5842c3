package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.ItemVersion;
import java.nio.ByteBuffer;

/** {@code ItemVersion.avsc}, without framing. */
public final class ItemVersionCodec {
    private ItemVersionCodec() {}

    public static byte[] encode(ItemVersion version) {
        AvroWriter out = new AvroWriter(32);
        write(version, out);
        return out.toByteArray();
    }

    /** @throws MalformedAvroException when these bytes are no version */
    public static ItemVersion decode(byte[] encoded) {
        AvroReader in = new AvroReader(ByteBuffer.wrap(encoded));
        ItemVersion version = read(in);
        in.expectEnd();
        return version;
    }

    static void writeNullable(ItemVersion version, AvroWriter out) {
        if (out.writePresence(version)) {
            write(version, out);
        }
    }

    static ItemVersion readNullable(AvroReader in) {
        return in.readPresence() ? read(in) : null;
    }

    static void write(ItemVersion version, AvroWriter out) {
        out.writeMicros(version.time());
        out.writeString(version.region());
    }

    static ItemVersion read(AvroReader in) {
        return new ItemVersion(in.readMicros(), in.readString());
    }
}
