package io.tailrace.engine.catalog;

import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table's stream from where it was enabled to where it was disabled or its table deleted. (Developer Guide, "Change data
 * capture for DynamoDB Streams": each time a stream is enabled it gets another ARN; shards are closed and replaced by their
 * children, and vanish when all their records have.)
 *
 * @param table as it was last while the stream was enabled
 * @param start where the stream was enabled
 * @param forgotten how many generations of shards are known no more
 * @param lastForgotten where the last of these began; null without one
 * @param generations where the generations of shards begin that are known, oldest first
 * @param end null while the stream is enabled
 */
public record TableStream(
        TableDefinition table,
        StreamBoundary start,
        int forgotten,
        StreamBoundary lastForgotten,
        List<StreamBoundary> generations,
        StreamBoundary end) {
    /** More are not kept, whatever the retention. */
    public static final int MAX_GENERATIONS = 1_000;

    public TableStream {
        Objects.requireNonNull(table.stream());
        Objects.requireNonNull(start);
        generations = List.copyOf(generations);
        if (generations.isEmpty() || forgotten < 0 || (forgotten == 0) != (lastForgotten == null)) {
            throw new IllegalArgumentException("a stream with " + generations.size() + " generations of shards and "
                    + forgotten + " before, the last at " + lastForgotten);
        }
    }

    /** A stream of which no shard is forgotten: it began with the oldest. */
    public TableStream(TableDefinition table, List<StreamBoundary> generations, StreamBoundary end) {
        this(table, generations.get(0), 0, null, generations, end);
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

    /**
     * How many shards are open at one time.
     *
     * @param byDefault for a stream of a release that did not note it
     */
    public int partitions(int byDefault) {
        int noted = table.details().streamPartitions();
        return noted == 0 ? byDefault : noted;
    }

    /** Whether it has as many generations of shards as it may have. */
    public boolean isFull() {
        return generations.size() >= MAX_GENERATIONS;
    }

    /** Where the youngest shards begin. */
    public StreamBoundary youngest() {
        return generations.get(generations.size() - 1);
    }

    /**
     * Without the generations of which every record is older than this. The youngest stays.
     *
     * @param oldest the time of the oldest records that are to be known
     */
    public TableStream trimmedBefore(Instant oldest) {
        int gone = 0;
        while (gone + 1 < generations.size() && generations.get(gone + 1).time().isBefore(oldest)) {
            gone++;
        }
        return gone == 0
                ? this
                : new TableStream(
                        table,
                        start,
                        forgotten + gone,
                        generations.get(gone - 1),
                        generations.subList(gone, generations.size()),
                        end);
    }

    /** After a change of the table that leaves the stream enabled. */
    TableStream changedTo(TableDefinition changed, StreamBoundary place) {
        List<StreamBoundary> all = generations;
        if (generation(changed) != generation(table)) {
            all = new ArrayList<>(generations);
            all.add(place);
        }
        return new TableStream(changed, start, forgotten, lastForgotten, all, end);
    }

    private static int generation(TableDefinition table) {
        StreamShards shards = table.details().streamShards();
        return shards == null ? 0 : shards.generation();
    }

    TableStream endedAt(StreamBoundary boundary) {
        return new TableStream(table, start, forgotten, lastForgotten, generations, boundary);
    }
}
