package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.UserIdentity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;

/**
 * An encoded change record taken apart without decoding its items: the views of keys and images are ranges of the
 * record's own bytes, in {@link ItemCodec}'s form, so that they can be spliced into a stream record.
 *
 * @param origin null unless replicated
 * @param userIdentity null for ordinary callers
 * @param itemChange null for a change of the catalog
 * @param catalogChange null for an item's change; decoded, because it is rare and has nothing to splice
 * @param version of an item of a global table, else null
 * @param endsEarly whether an earlier version of the schema wrote the record, so that fields are not there that the
 *     current one has
 */
public record ChangeSlices(
        long sequenceNumber,
        int mutationIndex,
        int mutationCount,
        Instant commitTime,
        String region,
        String origin,
        UserIdentity userIdentity,
        ItemSlices itemChange,
        Change.CatalogChange catalogChange,
        ItemVersion version,
        boolean endsEarly) {
    /**
     * The parts of an item's change; an image is null where there is no item.
     *
     * @param keys a view of the record's bytes, as the images are; not to be written to
     */
    public record ItemSlices(int tableId, String tableName, ByteBuffer keys, ByteBuffer oldImage, ByteBuffer newImage) {
        public EventName eventName() {
            if (oldImage == null) {
                return EventName.INSERT;
            }
            return newImage == null ? EventName.REMOVE : EventName.MODIFY;
        }

        /** Whether nothing happened to the item, as {@link Change.ItemChange#isBackfill} says: equal items, equal bytes. */
        public boolean isBackfill() {
            return Objects.equals(oldImage, newImage);
        }
    }

    public boolean isCatalogChange() {
        return itemChange == null;
    }

    /**
     * Takes apart what remains in {@code changeRecord}, whose position does not change. The bytes must not change while
     * the views are in use.
     *
     * @throws MalformedAvroException when these bytes are no change record
     */
    public static ChangeSlices of(ByteBuffer changeRecord) {
        AvroReader in = new AvroReader(changeRecord);
        long sequenceNumber = in.readLong();
        int mutationIndex = in.readInt();
        int mutationCount = in.readInt();
        Instant commitTime = in.readMicros();
        String region = in.readString();
        String origin = in.readNullableString();
        UserIdentity userIdentity = UserIdentityCodec.readNullable(in);
        boolean ofItem = in.readIndex(ChangeRecordCodec.CHANGE_BRANCHES) == ChangeRecordCodec.ITEM_CHANGE;
        ItemSlices itemChange = ofItem ? itemSlices(in) : null;
        Change.CatalogChange catalogChange = ofItem ? null : ChangeRecordCodec.readCatalogChange(in);
        boolean endsEarly = in.isAtEnd();
        ChangeSlices slices = new ChangeSlices(
                sequenceNumber,
                mutationIndex,
                mutationCount,
                commitTime,
                region,
                origin,
                userIdentity,
                itemChange,
                catalogChange,
                endsEarly ? null : ItemVersionCodec.readNullable(in),
                endsEarly);
        in.expectEnd();
        return slices;
    }

    /** The record's bytes again, by the current version of the schema. */
    public byte[] encode() {
        if (isCatalogChange()) {
            return ChangeRecordCodec.encode(catalogRecord());
        }
        ChangeRecordCodec.Header header = new ChangeRecordCodec.Header(
                sequenceNumber,
                mutationIndex,
                mutationCount,
                commitTime,
                region,
                origin,
                userIdentity,
                itemChange.tableId(),
                itemChange.tableName(),
                version);
        return ChangeRecordCodec.encode(header, itemChange.keys(), itemChange.oldImage(), itemChange.newImage());
    }

    /** The decoded record of a change of the catalog. */
    public ChangeRecord catalogRecord() {
        return new ChangeRecord(
                sequenceNumber, mutationIndex, mutationCount, commitTime, region, origin, userIdentity, catalogChange);
    }

    private static ItemSlices itemSlices(AvroReader in) {
        return new ItemSlices(
                in.readInt(),
                in.readString(),
                ItemCodec.slice(in),
                ItemCodec.sliceNullable(in),
                ItemCodec.sliceNullable(in));
    }
}
