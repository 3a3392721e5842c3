package io.tailrace.engine.operation;

import io.tailrace.engine.writer.PlanContext;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;

/** What a table's stream is to be when it is switched on or off. */
final class StreamSwitch {
    private StreamSwitch() {}

    /** The stream that a request wants for the table of this name; null for none. */
    static StreamDefinition definition(StreamSpecification wanted, String tableName, PlanContext context) {
        return wanted == null || !wanted.streamEnabled()
                ? null
                : new StreamDefinition(
                        StreamViewType.valueOf(wanted.streamViewType()), StreamLabels.next(tableName, context));
    }

    /** The first generation of shards of the stream that the table now has; null when it has none. */
    static StreamShards shards(TableDefinition table, PlanContext context) {
        return table.stream() == null ? null : new StreamShards(partitions(table, context), 0);
    }

    /** How many partitions the table's stream would have if it were enabled now. */
    static int partitions(TableDefinition table, PlanContext context) {
        return context.settings().streams().with(table.tags()).partitions();
    }
}
