package io.tailrace.engine.catalog;

import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import java.util.Objects;

/**
 * A table's stream from where it was enabled to where it was disabled or its table deleted. (Developer Guide, "Change data
 * capture for DynamoDB Streams": each time a stream is enabled it gets another ARN.)
 *
 * @param table as it was last while the stream was enabled
 * @param generations where the stream's shards begin, oldest first; the first is the stream's own beginning
 * @param end null while the stream is enabled
 */
public record TableStream(TableDefinition table, List<StreamBoundary> generations, StreamBoundary end) {
    public TableStream {
        Objects.requireNonNull(table.stream());
        generations = List.copyOf(generations);
        if (generations.isEmpty()) {
            throw new IllegalArgumentException("a stream without a beginning");
        }
    }

    public StreamBoundary start() {
        return generations.get(0);
    }

    public boolean enabled() {
        return end == null;
    }

    /** The end of the stream's ARN. */
    public String label() {
        return table.stream().label();
    }

    public StreamViewType viewType() {
        return table.stream().viewType();
    }

    TableStream withTable(TableDefinition changed) {
        return new TableStream(changed, generations, end);
    }

    TableStream endedAt(StreamBoundary boundary) {
        return new TableStream(table, generations, boundary);
    }
}
