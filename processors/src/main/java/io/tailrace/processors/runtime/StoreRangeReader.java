package io.tailrace.processors.runtime;

import io.tailrace.processors.ProcessorNotReadyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.query.StateQueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Reads ranges through Interactive Queries. A partition that is not here, still restoring or moving away makes the read
 * wait and start anew, until {@code maxWait} is over.
 *
 * <p>A RocksDB iterator is a snapshot: what counts is that the partition was live when it was opened. Hence the check of
 * the epochs before and after opening.
 */
public final class StoreRangeReader implements RangeReader {
    /** How soon to look again when nothing tells of a change, as when the client itself is exchanged. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Supplier<Optional<KafkaStreams>> streams;
    private final String storeName;
    private final LivePartitions<?> live;
    private final Duration maxWait;

    public StoreRangeReader(
            Supplier<Optional<KafkaStreams>> streams, String storeName, LivePartitions<?> live, Duration maxWait) {
        this.streams = streams;
        this.storeName = storeName;
        this.live = live;
        this.maxWait = maxWait;
    }

    @Override
    public <T> T read(KeyRange range, Function<List<KeyValueIterator<Bytes, byte[]>>, T> body) {
        if (range.isEmpty()) {
            return body.apply(List.of());
        }
        long deadline = System.nanoTime() + maxWait.toNanos();
        while (true) {
            long openings = live.openings();
            InvalidStateStoreException reason;
            try {
                Optional<T> result = attempt(range, body);
                if (result.isPresent()) {
                    return result.get();
                }
                reason = null;
            } catch (InvalidStateStoreException moved) {
                reason = moved;
            }
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0) {
                throw notReady(reason);
            }
            pause(openings, Math.min(remaining, RETRY_NANOS));
        }
    }

    private void pause(long openings, long nanos) {
        try {
            live.awaitOpening(openings, nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw notReady(interrupted);
        }
    }

    private ProcessorNotReadyException notReady(Exception cause) {
        return new ProcessorNotReadyException("the store " + storeName + " is not ready on all partitions", cause);
    }

    private <T> Optional<T> attempt(KeyRange range, Function<List<KeyValueIterator<Bytes, byte[]>>, T> body) {
        Optional<KafkaStreams> client = streams.get();
        Optional<? extends Map<Integer, ?>> before = live.snapshot(range.firstPartition(), range.lastPartition());
        if (client.isEmpty() || before.isEmpty()) {
            return Optional.empty();
        }
        List<KeyValueIterator<Bytes, byte[]>> opened = new ArrayList<>();
        try {
            boolean complete = open(client.get(), range, opened);
            if (!complete
                    || !live.snapshot(range.firstPartition(), range.lastPartition())
                            .equals(before)) {
                return Optional.empty();
            }
            return Optional.of(body.apply(opened));
        } finally {
            opened.forEach(KeyValueIterator::close);
        }
    }

    /** Opens every partition's iterator; false when a partition cannot be read now. */
    private boolean open(KafkaStreams client, KeyRange range, List<KeyValueIterator<Bytes, byte[]>> opened) {
        Set<Integer> partitions = new LinkedHashSet<>();
        for (int partition = range.firstPartition(); partition <= range.lastPartition(); partition++) {
            partitions.add(partition);
        }
        RangeQuery<Bytes, byte[]> query = RangeQuery.withRange(Bytes.wrap(range.from()), Bytes.wrap(range.to()));
        StateQueryResult<KeyValueIterator<Bytes, byte[]>> result = client.query(StateQueryRequest.inStore(storeName)
                .withQuery(range.forward() ? query.withAscendingKeys() : query.withDescendingKeys())
                .withPartitions(partitions));
        boolean complete = true;
        for (int partition : partitions) {
            QueryResult<KeyValueIterator<Bytes, byte[]>> one =
                    result.getPartitionResults().get(partition);
            if (one != null && one.isSuccess()) {
                opened.add(new WithoutEnd(one.getResult(), range));
            } else {
                complete = false;
            }
        }
        return complete;
    }
}
