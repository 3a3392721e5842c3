package io.tailrace.engine;

import io.tailrace.engine.catalog.StreamHistory;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.operation.OperationExecutor;
import io.tailrace.engine.operation.RollStreamShardsOperation;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rolls the shards of streams over when they are old enough. */
final class ShardRollOver {
    private static final Logger log = LoggerFactory.getLogger(ShardRollOver.class);
    /** At one time, so that many streams that are due together do not fill the writer's queue. */
    private static final int MAX_AT_ONCE = 16;

    private final Supplier<StreamHistory> streams;
    private final Clock clock;
    private final StreamTimes times;
    private final OperationExecutor engine;
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    ShardRollOver(Supplier<StreamHistory> streams, Clock clock, StreamTimes times, OperationExecutor engine) {
        this.streams = streams;
        this.clock = clock;
        this.times = times;
        this.engine = engine;
    }

    /** @return how many streams it began to roll over; 0 while earlier ones are under way */
    int doWork() {
        if (times.shardLifetime().isZero() || !underWay.isDone()) {
            return 0;
        }
        Instant now = clock.instant();
        List<TableStream> due = streams.get().unchangedSince(now.minus(times.shardLifetime())).stream()
                .filter(stream ->
                        !stream.trimmedBefore(times.oldest(stream, now)).isFull())
                .limit(MAX_AT_ONCE)
                .toList();
        if (due.isEmpty()) {
            return 0;
        }
        underWay = CompletableFuture.allOf(due.stream().map(this::roll).toArray(CompletableFuture[]::new));
        return due.size();
    }

    /** What fails is tried again with the next turn. */
    private CompletableFuture<Void> roll(TableStream stream) {
        try {
            return engine.write(RollStreamShardsOperation.of(stream)).handle((rolled, failure) -> {
                if (failure != null) {
                    log.debug("The shards of {} roll over later", stream.table().name(), failure);
                }
                return null;
            });
        } catch (DynamoException busyOrClosed) {
            log.debug("The shards of {} roll over later", stream.table().name(), busyOrClosed);
            return CompletableFuture.completedFuture(null);
        }
    }
}
