package io.tailrace.engine.writer;

import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
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
    private final Map<ByteBuffer, Optional<StoredItem>> items = new HashMap<>();
    private final List<CatalogChange> catalogChanges = new ArrayList<>();

    /** An item before and after; null where there is none. */
    private record Images(StoredItem oldItem, StoredItem newItem) {}

    MutationEncoder(Plan<?> plan, String region, long sequence, Instant commitTime) {
        this.plan = plan;
        this.region = region;
        this.sequence = sequence;
        this.commitTime = commitTime;
    }

    /** The mutations that change something, in the plan's order. */
    List<JournalMutation> encode() {
        List<Mutation> effective = plan.mutations().stream()
                .filter(mutation -> !(mutation instanceof ItemMutation item && item.changesNothing()))
                .toList();
        List<JournalMutation> encoded = new ArrayList<>(effective.size());
        for (int i = 0; i < effective.size(); i++) {
            Mutation mutation = effective.get(i);
            if (mutation instanceof ItemMutation item) {
                StoredItem newItem = item.newItem() == null ? null : StoredItem.of(item.newItem());
                Images images = new Images(item.oldItem(), newItem);
                encoded.add(encodeItem(item.table(), item.key(), images, i, effective.size()));
            } else if (mutation instanceof BackfillMutation item) {
                Images images = new Images(item.item(), item.item());
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

    /** What {@link #encode} made of the catalog, in order. */
    List<CatalogChange> catalogChanges() {
        return catalogChanges;
    }

    private JournalMutation encodeItem(TableDefinition table, Item key, Images images, int index, int count) {
        byte[] stateKey = StateKeys.tableKey(table, key);
        if (items.put(ByteBuffer.wrap(stateKey), Optional.ofNullable(images.newItem())) != null) {
            throw new IllegalStateException("a plan changes an item of " + table.name() + " twice");
        }
        byte[] record = ChangeRecordCodec.encode(
                new ChangeRecordCodec.Header(
                        sequence,
                        index,
                        count,
                        commitTime,
                        region,
                        plan.origin(),
                        plan.userIdentity(),
                        table.id(),
                        table.name(),
                        null),
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
