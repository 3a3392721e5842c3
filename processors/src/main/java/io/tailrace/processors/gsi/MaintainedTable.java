package io.tailrace.processors.gsi;

import io.tailrace.schemas.codec.AttributeNames;
import io.tailrace.schemas.codec.ChangeSlices.ItemSlices;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table as of the commit that changed it last, with what its indexes need to know for each change of an item. */
final class MaintainedTable {
    private final long sequence;
    private final TableDefinition definition;
    private final AttributeNames keyNames;
    private final List<IndexMaintenance> indexes;

    MaintainedTable(long sequence, TableDefinition definition) {
        this.sequence = sequence;
        this.definition = definition;
        this.keyNames = keyNames(definition);
        this.indexes = definition.maintainedGlobalIndexes().stream()
                .map(index -> new IndexMaintenance(definition, index))
                .toList();
    }

    /** The names of all attributes that are a key of the table or of one of its global indexes. */
    static AttributeNames keyNames(TableDefinition table) {
        return AttributeNames.of(Stream.concat(
                        table.key().names().stream(),
                        table.globalSecondaryIndexes().stream().flatMap(index -> index.key().names().stream()))
                .toList());
    }

    long sequence() {
        return sequence;
    }

    TableDefinition definition() {
        return definition;
    }

    /** The updates of all indexes that follow from a change, in the order in which they have to be applied. */
    List<IndexUpdate> updates(ItemSlices change, long changeSequence) {
        if (indexes.isEmpty()) {
            return List.of();
        }
        Image before = Image.of(change.oldImage(), keyNames);
        Image after = Image.of(change.newImage(), keyNames);
        boolean backfill = change.isBackfill();
        if (indexes.size() == 1) {
            return updates(indexes.get(0), before, after, backfill, changeSequence);
        }
        List<IndexUpdate> updates = new ArrayList<>();
        for (IndexMaintenance index : indexes) {
            updates.addAll(updates(index, before, after, backfill, changeSequence));
        }
        return updates;
    }

    private static List<IndexUpdate> updates(
            IndexMaintenance index, Image before, Image after, boolean backfill, long sequence) {
        return backfill && isBackfilled(index.index())
                ? index.backfill(after, sequence)
                : index.update(before, after, sequence);
    }

    /**
     * Whether the index learns of items by changes that change nothing. An active one knows them: it became active after it had
     * applied all of its backfill, so a replay cannot come here too late.
     */
    private static boolean isBackfilled(IndexDefinition index) {
        return index.status() == IndexStatus.BACKFILLING || index.status() == IndexStatus.CATCHING_UP;
    }
}
