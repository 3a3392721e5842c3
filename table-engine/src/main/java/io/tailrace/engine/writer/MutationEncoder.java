package io.tailrace.engine.writer;

import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Encodes what a plan asks for. Each new item is encoded once; the old one's bytes are those of the state.
 *
 * <p>Not for reuse.
 */
final class MutationEncoder {
    private final Plan<?> plan;
    private final String region;
    private final long sequence;
    private final Instant commitTime;
    private final BatchVersions before;
    private final Map<ByteBuffer, Optional<StoredItem>> items = new HashMap<>();
    private final Map<ByteBuffer, ItemVersion> versions = new HashMap<>();
    private final List<CatalogChange> catalogChanges = new ArrayList<>();

    /**
     * An item before and after; null where there is none.
     *
     * @param version null unless the table is global, or it is told again for others than regions
     * @param origin of the change record
     */
    private record Images(StoredItem oldItem, StoredItem newItem, ItemVersion version, String origin) {}

    /** @param before the versions as earlier plans leave them */
    MutationEncoder(Plan<?> plan, String region, long sequence, Instant commitTime, BatchVersions before) {
        this.before = before;
        this.plan = plan;
        this.region = region;
        this.sequence = sequence;
        this.commitTime = commitTime;
    }

    /** The mutations that change something, in the plan's order. */
    List<JournalMutation> encode() {
        List<Mutation> effective = new ArrayList<>(plan.mutations().size());
        for (Mutation mutation : plan.mutations()) {
            if (mutation.table().isGlobal() || !(mutation instanceof ItemMutation item && item.changesNothing())) {
                effective.add(mutation);
            }
        }
        List<JournalMutation> encoded = new ArrayList<>(effective.size());
        for (int i = 0; i < effective.size(); i++) {
            Mutation mutation = effective.get(i);
            if (mutation instanceof ItemMutation item) {
                encoded.add(encodeItem(item.table(), item.key(), images(item), i, effective.size()));
            } else if (mutation instanceof BackfillMutation item) {
                Images images = new Images(item.item(), item.item(), item.version(), plan.origin());
                encoded.add(encodeItem(item.table(), item.key(), images, i, effective.size()));
            } else if (mutation instanceof CatalogMutation catalog) {
                encoded.add(encodeCatalog(catalog, i, effective.size()));
            }
        }
        return encoded;
    }

    /** What {@link #encode} made of items, by state key; empty where one is deleted. */
    Map<ByteBuffer, Optional<StoredItem>> items() {
        return items;
    }

    /** What {@link #encode} made of the versions of items and of their deletions, by state key. */
    Map<ByteBuffer, ItemVersion> versions() {
        return versions;
    }

    /** What {@link #encode} made of the catalog, in order. */
    List<CatalogChange> catalogChanges() {
        return catalogChanges;
    }

    private Images images(ItemMutation mutation) {
        StoredItem oldItem = mutation.oldItem();
        StoredItem newItem = null;
        if (mutation.newItem() != null) {
            // An item that stays has the bytes that it has: those that look at bytes see that nothing happened to it.
            newItem = mutation.changesNothing() ? oldItem : StoredItem.of(mutation.newItem());
        }
        if (!mutation.table().isGlobal()) {
            return new Images(oldItem, newItem, null, plan.origin());
        }
        ItemVersion replicated = mutation.replicated();
        if (replicated != null) {
            return new Images(oldItem, newItem, replicated, replicated.region());
        }
        byte[] stateKey = StateKeys.tableKey(mutation.table(), mutation.key());
        ItemVersion found = before.current(mutation.table(), stateKey, oldItem, commitTime);
        ItemVersion version = found == null ? new ItemVersion(commitTime, region) : found.next(commitTime, region);
        return new Images(oldItem, newItem, version, mutation.changesNothing() ? region : null);
    }

    private JournalMutation encodeItem(TableDefinition table, Item key, Images images, int index, int count) {
        byte[] stateKey = StateKeys.tableKey(table, key);
        if (items.put(ByteBuffer.wrap(stateKey), Optional.ofNullable(images.newItem())) != null) {
            throw new IllegalStateException("a plan changes an item of " + table.name() + " twice");
        }
        if (images.version() != null) {
            versions.put(ByteBuffer.wrap(stateKey), images.version());
        }
        byte[] record = ChangeRecordCodec.encode(
                new ChangeRecordCodec.Header(
                        sequence,
                        index,
                        count,
                        commitTime,
                        region,
                        images.origin(),
                        plan.userIdentity(),
                        table.id(),
                        table.name(),
                        images.version()),
                ItemCodec.encode(table.key().keyOf(key)),
                encoded(images.oldItem()),
                encoded(images.newItem()));
        int partitionKeyLength = StateKeys.streamTopicKey(table, key).length;
        return new JournalMutation(false, stateKey, partitionKeyLength, ByteBuffer.wrap(record));
    }

    private static byte[] encoded(StoredItem item) {
        return item == null ? null : item.encoded();
    }

    private JournalMutation encodeCatalog(CatalogMutation mutation, int index, int count) {
        CatalogChange change = new CatalogChange(mutation.action(), mutation.table());
        catalogChanges.add(change);
        byte[] record = ChangeRecordCodec.encode(new ChangeRecord(
                sequence, index, count, commitTime, region, plan.origin(), plan.userIdentity(), change));
        return new JournalMutation(true, StateKeys.idPrefix(mutation.table().id()), 0, ByteBuffer.wrap(record));
    }
}
