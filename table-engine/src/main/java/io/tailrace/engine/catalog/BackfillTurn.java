package io.tailrace.engine.catalog;

import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.ReplicaTelling;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLiveChange;
import java.util.List;

/**
 * For whom a table's items are being told again in the log. The state knows how far one backfill of a table is, so there is
 * one at a time: indexes come first, then time to live, then replicas that were added. How far it is counts as long as the
 * turn is the same.
 *
 * @param indexIds of the indexes that are backfilling
 * @param timeToLive the change that made it necessary; null when indexes come first, and when there is none
 * @param telling to which replica of a global table the items are told; null when others come first, and when there is none
 */
public record BackfillTurn(List<Integer> indexIds, TimeToLiveChange timeToLive, ReplicaTelling telling) {
    public BackfillTurn {
        indexIds = List.copyOf(indexIds);
    }

    /** Whose turn it is. */
    public static BackfillTurn of(TableDefinition table) {
        List<Integer> indexIds = table.globalSecondaryIndexes().stream()
                .filter(index -> index.status() == IndexStatus.BACKFILLING)
                .map(IndexDefinition::id)
                .toList();
        boolean isTimeToLive = indexIds.isEmpty() && table.details().isTimeToLiveBackfilling();
        boolean isTelling = indexIds.isEmpty() && !isTimeToLive && table.isGlobal();
        return new BackfillTurn(
                indexIds,
                isTimeToLive ? table.details().timeToLive() : null,
                isTelling
                        ? table.details().globalTable().tellings().stream()
                                .findFirst()
                                .orElse(null)
                        : null);
    }

    /** The turn of a time to live that was switched on. */
    public static BackfillTurn of(TimeToLiveChange change) {
        return new BackfillTurn(List.of(), change, null);
    }

    /** The turn of a replica that was added to a global table. */
    public static BackfillTurn of(ReplicaTelling telling) {
        return new BackfillTurn(List.of(), null, telling);
    }
}
