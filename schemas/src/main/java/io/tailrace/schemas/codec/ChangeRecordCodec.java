package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.UserIdentity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** {@code ChangeRecord.avsc}, without framing. */
public final class ChangeRecordCodec {
    static final int ITEM_CHANGE = 0;
    private static final int CATALOG_CHANGE = 1;
    static final int CHANGE_BRANCHES = 2;

    private static final Change.CatalogChange.Action[] ACTIONS = Change.CatalogChange.Action.values();

    /** All of an item's change record but the item itself, by the names of {@link ChangeRecord}. */
    public record Header(
            long sequenceNumber,
            int mutationIndex,
            int mutationCount,
            Instant commitTime,
            String region,
            String origin,
            UserIdentity userIdentity,
            int tableId,
            String tableName,
            ItemVersion version) {
        public Header {
            Objects.requireNonNull(region);
            Objects.requireNonNull(tableName);
            commitTime = commitTime.truncatedTo(ChronoUnit.MICROS);
        }
    }

    private ChangeRecordCodec() {}

    public static byte[] encode(ChangeRecord record) {
        AvroWriter out = new AvroWriter(512);
        out.writeLong(record.sequenceNumber());
        out.writeLong(record.mutationIndex());
        out.writeLong(record.mutationCount());
        out.writeMicros(record.commitTime());
        out.writeString(record.region());
        out.writeNullableString(record.origin());
        UserIdentityCodec.writeNullable(record.userIdentity(), out);
        if (record.change() instanceof Change.ItemChange item) {
            out.writeIndex(ITEM_CHANGE);
            out.writeLong(item.tableId());
            out.writeString(item.tableName());
            ItemCodec.write(item.keys(), out);
            ItemCodec.writeNullable(item.oldImage(), out);
            ItemCodec.writeNullable(item.newImage(), out);
        } else if (record.change() instanceof Change.CatalogChange catalog) {
            out.writeIndex(CATALOG_CHANGE);
            out.writeIndex(catalog.action().ordinal());
            TableDefinitionCodec.write(catalog.table(), out);
        }
        ItemVersionCodec.writeNullable(record.version(), out);
        return out.toByteArray();
    }

    /**
     * An item's change record around keys and images that {@link ItemCodec} has encoded; an image is null where there is
     * no item.
     */
    public static byte[] encode(Header header, byte[] keys, byte[] oldImage, byte[] newImage) {
        return encode(header, ByteBuffer.wrap(keys), wrapNullable(oldImage), wrapNullable(newImage));
    }

    /** As {@link #encode(Header, byte[], byte[], byte[])}; the buffers' positions do not change. */
    public static byte[] encode(Header header, ByteBuffer keys, ByteBuffer oldImage, ByteBuffer newImage) {
        if (oldImage == null && newImage == null && header.version() == null) {
            throw new IllegalArgumentException("a change has an image or a version");
        }
        AvroWriter out = new AvroWriter(160 + keys.remaining() + remaining(oldImage) + remaining(newImage));
        out.writeLong(header.sequenceNumber());
        out.writeLong(header.mutationIndex());
        out.writeLong(header.mutationCount());
        out.writeMicros(header.commitTime());
        out.writeString(header.region());
        out.writeNullableString(header.origin());
        UserIdentityCodec.writeNullable(header.userIdentity(), out);
        out.writeIndex(ITEM_CHANGE);
        out.writeLong(header.tableId());
        out.writeString(header.tableName());
        out.writeEncoded(keys);
        ItemCodec.writeNullableEncoded(oldImage, out);
        ItemCodec.writeNullableEncoded(newImage, out);
        ItemVersionCodec.writeNullable(header.version(), out);
        return out.toByteArray();
    }

    /** @throws MalformedAvroException when these bytes are no change record */
    public static ChangeRecord decode(byte[] encoded) {
        return decode(ByteBuffer.wrap(encoded));
    }

    /**
     * Reads what remains in {@code encoded}, whose position does not change.
     *
     * @throws MalformedAvroException when these bytes are no change record
     */
    public static ChangeRecord decode(ByteBuffer encoded) {
        AvroReader in = new AvroReader(encoded);
        try {
            ChangeRecord record = new ChangeRecord(
                    in.readLong(),
                    in.readInt(),
                    in.readInt(),
                    in.readMicros(),
                    in.readString(),
                    in.readNullableString(),
                    UserIdentityCodec.readNullable(in),
                    readChange(in),
                    in.isAtEnd() ? null : ItemVersionCodec.readNullable(in));
            in.expectEnd();
            return record;
        } catch (IllegalArgumentException invalid) {
            throw new MalformedAvroException("no valid change record: " + invalid.getMessage(), invalid);
        }
    }

    private static Change readChange(AvroReader in) {
        if (in.readIndex(CHANGE_BRANCHES) == ITEM_CHANGE) {
            return new Change.ItemChange(
                    in.readInt(),
                    in.readString(),
                    ItemCodec.read(in),
                    ItemCodec.readNullable(in),
                    ItemCodec.readNullable(in));
        }
        return readCatalogChange(in);
    }

    static Change.CatalogChange readCatalogChange(AvroReader in) {
        try {
            return new Change.CatalogChange(in.readEnum(ACTIONS), TableDefinitionCodec.read(in));
        } catch (IllegalArgumentException invalid) {
            throw new MalformedAvroException("no valid catalog change: " + invalid.getMessage(), invalid);
        }
    }

    private static ByteBuffer wrapNullable(byte[] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static int remaining(ByteBuffer buffer) {
        return buffer == null ? 0 : buffer.remaining();
    }
}
