package io.tailrace.processors.ttl;

import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TimeToLive;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a change of an item does to its pending expiry: a pure function of its two images.
 *
 * @param removed the key that is pending no more, or null
 * @param added the key that is pending now, or null
 */
record ExpiryChange(Bytes removed, Bytes added) {
    private static final ExpiryChange NONE = new ExpiryChange(null, null);

    /**
     * A time that stays leaves the entry as it is, unless the item is told again because it may have none yet.
     *
     * @param table whose time to live is on
     * @param commitTime of the change: a time that is far in the past by then never becomes due
     */
    static ExpiryChange of(TimedTable table, ItemChange change, Instant commitTime) {
        OptionalLong before = expiry(table, change.oldImage());
        OptionalLong after = expiry(table, change.newImage());
        if (after.isPresent() && TimeToLive.isTooOld(after.getAsLong(), commitTime)) {
            after = OptionalLong.empty();
        }
        if (before.equals(after) && !change.isBackfill()) {
            return NONE;
        }
        byte[] stateKey = StateKeys.tableKey(table.definition(), change.keys());
        return new ExpiryChange(
                before.equals(after) ? null : key(table, before, stateKey), key(table, after, stateKey));
    }

    private static OptionalLong expiry(TimedTable table, Item image) {
        return image == null
                ? OptionalLong.empty()
                : TimeToLive.expiryMillis(image, table.definition().ttlAttribute());
    }

    private static Bytes key(TimedTable table, OptionalLong expiryMillis, byte[] stateKey) {
        return expiryMillis.isPresent() ? PendingKey.of(table.generation(), expiryMillis.getAsLong(), stateKey) : null;
    }
}
