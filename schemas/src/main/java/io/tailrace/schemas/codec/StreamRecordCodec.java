package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.UserIdentity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code StreamRecord.avsc}, without framing. */
public final class StreamRecordCodec {
    private static final EventName[] EVENT_NAMES = EventName.values();
    private static final StreamViewType[] VIEW_TYPES = StreamViewType.values();

    /** All of a stream record but the item itself, by the names of {@link StreamRecord}. */
    public record Header(
            String eventId,
            EventName eventName,
            String awsRegion,
            Instant approximateCreationTime,
            String sequenceNumber,
            long sizeBytes,
            StreamViewType viewType,
            UserIdentity userIdentity) {}

    private StreamRecordCodec() {}

    public static byte[] encode(StreamRecord record) {
        AvroWriter out = new AvroWriter(512);
        Header header = new Header(
                record.eventId(),
                record.eventName(),
                record.awsRegion(),
                record.approximateCreationTime(),
                record.sequenceNumber(),
                record.sizeBytes(),
                record.viewType(),
                record.userIdentity());
        writeStart(header, out);
        ItemCodec.write(record.keys(), out);
        ItemCodec.writeNullable(record.newImage(), out);
        ItemCodec.writeNullable(record.oldImage(), out);
        writeEnd(header, out);
        return out.toByteArray();
    }

    /**
     * A stream record around keys and images that {@link ItemCodec} has encoded, for example those of {@link
     * ChangeSlices}. The buffers' positions do not change.
     *
     * @param newImage null when absent or not in the view
     * @param oldImage null when absent or not in the view
     */
    public static byte[] encode(Header header, ByteBuffer keys, ByteBuffer newImage, ByteBuffer oldImage) {
        AvroWriter out = new AvroWriter(256
                + keys.remaining()
                + (newImage == null ? 0 : newImage.remaining())
                + (oldImage == null ? 0 : oldImage.remaining()));
        writeStart(header, out);
        out.writeEncoded(keys);
        ItemCodec.writeNullableEncoded(newImage, out);
        ItemCodec.writeNullableEncoded(oldImage, out);
        writeEnd(header, out);
        return out.toByteArray();
    }

    /** @throws MalformedAvroException when these bytes are no stream record */
    public static StreamRecord decode(byte[] encoded) {
        return decode(ByteBuffer.wrap(encoded));
    }

    /**
     * Reads what remains in {@code encoded}, whose position does not change.
     *
     * @throws MalformedAvroException when these bytes are no stream record
     */
    public static StreamRecord decode(ByteBuffer encoded) {
        AvroReader in = new AvroReader(encoded);
        String eventId = in.readString();
        EventName eventName = in.readEnum(EVENT_NAMES);
        requireConstant("eventVersion", StreamRecord.EVENT_VERSION, in.readString());
        requireConstant("eventSource", StreamRecord.EVENT_SOURCE, in.readString());
        String awsRegion = in.readString();
        UserIdentity userIdentity = UserIdentityCodec.readNullable(in);
        Instant approximateCreationTime = in.readMillis();
        Item keys = ItemCodec.read(in);
        Item newImage = ItemCodec.readNullable(in);
        Item oldImage = ItemCodec.readNullable(in);
        StreamRecord record = new StreamRecord(
                eventId,
                eventName,
                awsRegion,
                approximateCreationTime,
                keys,
                newImage,
                oldImage,
                in.readString(),
                in.readLong(),
                in.readEnum(VIEW_TYPES),
                userIdentity);
        in.expectEnd();
        return record;
    }

    private static void writeStart(Header header, AvroWriter out) {
        out.writeString(header.eventId());
        out.writeIndex(header.eventName().ordinal());
        out.writeString(StreamRecord.EVENT_VERSION);
        out.writeString(StreamRecord.EVENT_SOURCE);
        out.writeString(header.awsRegion());
        UserIdentityCodec.writeNullable(header.userIdentity(), out);
        out.writeMillis(header.approximateCreationTime().truncatedTo(ChronoUnit.SECONDS));
    }

    private static void writeEnd(Header header, AvroWriter out) {
        out.writeString(header.sequenceNumber());
        out.writeLong(header.sizeBytes());
        out.writeIndex(header.viewType().ordinal());
    }

    private static void requireConstant(String field, String expected, String actual) {
        if (!actual.equals(expected)) {
            throw new MalformedAvroException(field + " is " + actual + " where " + expected + " is expected");
        }
    }
}
