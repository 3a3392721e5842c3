package io.tailrace.capture.streams;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.operation.RollStreamShardsOperation;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Rolls the shards of streams over on request. For use by several threads. */
public final class ShardRolls {
    private final TableEngine engine;
    private final StreamCatalog catalog;

    /** Of {@code config} the options count. */
    public ShardRolls(TableEngine engine, StreamsConfig config, Clock clock) {
        this.engine = engine;
        this.catalog = StreamCatalog.of(engine, config.options(), clock);
    }

    /**
     * Closes the open shards of the table's stream and opens their children. Completes when that is durable: every write that
     * was acknowledged before the call is in the closed shards, every later one in their children.
     *
     * @throws DynamoException when this is no table's name, or there are too many shards already; in the future when there is
     *     no such table, it has no enabled stream, or it is being created or deleted
     */
    public CompletableFuture<RolledShards> roll(String tableName) {
        boolean full = enabled(tableName).map(TableStream::isFull).orElse(false);
        if (full) {
            throw StreamErrors.tooManyShards(tableName, TableStream.MAX_GENERATIONS);
        }
        return engine.write(RollStreamShardsOperation.of(tableName)).thenApply(table -> rolled(table.orElseThrow()));
    }

    private Optional<TableStream> enabled(String tableName) {
        return catalog.readable().stream()
                .filter(stream -> stream.enabled() && stream.table().name().equals(tableName))
                .findFirst();
    }

    /** @param table as the roll left it; it may have changed again since */
    private RolledShards rolled(TableDefinition table) {
        int generation = table.details().streamShards().generation();
        TableStream stream = engine.streams().all().stream()
                .filter(known -> known.table().id() == table.id()
                        && known.label().equals(table.stream().label()))
                .findFirst()
                .orElseThrow();
        List<Shard> closed = Shard.ofGeneration(stream, catalog.partitions(stream), generation - 1)
                .toList();
        List<Shard> opened = Shard.ofGeneration(stream, catalog.partitions(stream), generation)
                .toList();
        List<RolledShards.Shard> shards = new ArrayList<>();
        for (int i = 0; i < closed.size() && i < opened.size(); i++) {
            shards.add(new RolledShards.Shard(
                    closed.get(i).id(),
                    closed.get(i).endingSequenceNumber(),
                    opened.get(i).id(),
                    opened.get(i).startingSequenceNumber()));
        }
        return new RolledShards(table.name(), catalog.arn(stream), shards);
    }
}
