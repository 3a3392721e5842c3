package io.tailrace.processors.runtime;

import io.tailrace.processors.ProcessorNotReadyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads ranges through Interactive Queries. A partition that is not here, still restoring or moving away makes the read
 * wait and start anew, until {@code maxWait} is over.
 *
 * <p>A RocksDB iterator is a snapshot: what counts is that the partition was live when it was opened. Hence the check of
 * the epochs before and after opening.
 *
 * <p>Not by {@code KafkaStreams.query}: in 4.3 its range queries and the writes of the stream thread take the locks of a
 * RocksDB store and of its position in different orders, and block one another for ever (KAFKA-19629).
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
            for (int partition = range.firstPartition(); partition <= range.lastPartition(); partition++) {
                opened.add(open(client.get(), range, partition));
            }
            if (!live.snapshot(range.firstPartition(), range.lastPartition()).equals(before)) {
                return Optional.empty();
            }
            return Optional.of(body.apply(opened));
        } finally {
            opened.forEach(KeyValueIterator::close);
        }
    }

    /** Stale stores are allowed because the partition is known to be live, also while others are being assigned. */
    private KeyValueIterator<Bytes, byte[]> open(KafkaStreams client, KeyRange range, int partition) {
        ReadOnlyKeyValueStore<Bytes, byte[]> store = client.store(
                StoreQueryParameters.fromNameAndType(storeName, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                        .withPartition(partition)
                        .enableStaleStores());
        Bytes from = Bytes.wrap(range.from());
        Bytes to = Bytes.wrap(range.to());
        return new WithoutEnd(range.forward() ? store.range(from, to) : store.reverseRange(from, to), range);
    }
}
