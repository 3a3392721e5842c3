package io.tailrace.engine.state;

import io.tailrace.engine.read.DeletedItem;
import io.tailrace.schemas.codec.ItemVersionCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.ItemVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The versions of items of global tables. That of an item is kept as long as the item. That of a deleted one is kept by the
 * period in which it was deleted, so that a period that is over for long enough is removed as a whole. What is removed
 * depends on commit times alone, so that recovery ends with the same state.
 *
 * <p>Where an item has a version, one that is left of an earlier deletion does not count.
 */
final class ItemVersions {
    private static final long PERIOD_SECONDS = Duration.ofDays(7).toSeconds();

    /** How many periods before the current one are kept. */
    private final int earlierPeriods;

    /** @param retention how long at least the version of a deleted item is kept */
    ItemVersions(Duration retention) {
        earlierPeriods = Math.toIntExact(Math.max(1, -Math.floorDiv(-retention.toSeconds(), PERIOD_SECONDS)));
    }

    /** Null when none is stored. */
    static ItemVersion find(RocksStore store, byte[] stateKey) throws RocksDBException {
        return decoded(store.getMeta(MetaKeys.version(stateKey)));
    }

    /**
     * The version of the last deletion; null when none is known.
     *
     * @param now not before the last commit
     */
    ItemVersion findDeleted(RocksStore store, byte[] stateKey, Instant now) throws RocksDBException {
        int current = period(now);
        for (int period = current; period >= current - earlierPeriods; period--) {
            ItemVersion found = decoded(store.getMeta(MetaKeys.deletedVersion(period, stateKey)));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** As {@link StateView#deletions}. */
    List<DeletedItem> deletions(RocksStore store, int tableId, DeletedItem after, int limit, Instant now) {
        int current = period(now);
        List<DeletedItem> found = new ArrayList<>();
        int first = after == null ? current - earlierPeriods : after.period();
        for (int period = Math.max(0, first); period <= current && found.size() < limit; period++) {
            byte[] begin = after != null && period == after.period()
                    ? StateKeys.after(after.stateKey())
                    : StateKeys.idPrefix(tableId);
            byte[] end = MetaKeys.deletedVersion(period, StateKeys.successor(StateKeys.idPrefix(tableId)));
            try (RocksIterator all = store.metaIterator()) {
                for (all.seek(MetaKeys.deletedVersion(period, begin));
                        found.size() < limit && all.isValid() && Arrays.compareUnsigned(all.key(), end) < 0;
                        all.next()) {
                    found.add(new DeletedItem(period, MetaKeys.stateKeyOfVersion(all.key())));
                }
                all.status();
            } catch (RocksDBException e) {
                throw store.failure("the deletions of items cannot be read", e);
            }
        }
        return found;
    }

    /** The item has the version from now on. */
    static void put(RocksStore.Batch batch, byte[] stateKey, ItemVersion version) throws RocksDBException {
        batch.putMeta(MetaKeys.version(stateKey), ItemVersionCodec.encode(version));
    }

    /** The item is gone since {@code now}. */
    static void putDeleted(RocksStore.Batch batch, byte[] stateKey, ItemVersion version, Instant now)
            throws RocksDBException {
        batch.deleteMeta(MetaKeys.version(stateKey));
        batch.putMeta(MetaKeys.deletedVersion(period(now), stateKey), ItemVersionCodec.encode(version));
    }

    /** Forgets what a table had, which is no part of a global one any more. */
    void deleteTable(RocksStore.Batch batch, int tableId, Instant now) throws RocksDBException {
        batch.deleteMetaRange(MetaKeys.versions(tableId), MetaKeys.versions(tableId + 1));
        int current = period(now);
        for (int period = current - earlierPeriods; period <= current; period++) {
            batch.deleteMetaRange(
                    MetaKeys.deletedVersion(period, MetaKeys.ofInt(tableId)),
                    MetaKeys.deletedVersion(period, MetaKeys.ofInt(tableId + 1)));
        }
    }

    /** Forgets the deletions that were long enough ago, when a period has ended since the commit before. */
    void expire(RocksStore.Batch batch, Instant before, Instant now) throws RocksDBException {
        int current = period(now);
        if (current > period(before) && current > earlierPeriods) {
            batch.deleteMetaRange(MetaKeys.deletedVersions(0), MetaKeys.deletedVersions(current - earlierPeriods));
        }
    }

    private static ItemVersion decoded(byte[] version) {
        return version == null ? null : ItemVersionCodec.decode(version);
    }

    private static int period(Instant time) {
        return Math.toIntExact(Math.floorDiv(time.getEpochSecond(), PERIOD_SECONDS));
    }
}
