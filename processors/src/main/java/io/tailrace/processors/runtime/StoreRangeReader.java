package io.tailrace.processors.runtime;

import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.processors.instances.Elsewhere;
import io.tailrace.processors.instances.Instances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads ranges through Interactive Queries, of partitions that other instances have too. A partition that nobody has, that is
 * still restoring or moving away makes the read wait and start anew, until {@code maxWait} is over.
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
    private final Elsewhere elsewhere;
    private final Duration maxWait;

    /**
     * A reader that also answers for the partitions that are here, when other instances ask.
     *
     * @param streams the running client, if there is one
     * @param group the processor's consumer group
     * @param topic whose partitions are those of the store
     */
    public StoreRangeReader(
            Supplier<Optional<KafkaStreams>> streams,
            String storeName,
            LivePartitions<?> live,
            Instances instances,
            String group,
            String topic,
            Duration maxWait) {
        this.streams = streams;
        this.storeName = storeName;
        this.live = live;
        this.maxWait = maxWait;
        String name = group + "/" + storeName;
        this.elsewhere = instances.elsewhere(name, group, topic, maxWait);
        instances.answer(name, this::answer);
    }

    @Override
    public <T> T read(KeyRange range, Function<List<KeyValueIterator<Bytes, byte[]>>, T> body) {
        if (range.isEmpty()) {
            return body.apply(List.of());
        }
        long deadline = System.nanoTime() + maxWait.toNanos();
        while (true) {
            long openings = live.openings();
            RuntimeException reason;
            try {
                Optional<T> result =
                        attempt(range, partition -> RemoteIterator.open(elsewhere, range, partition), body);
                if (result.isPresent()) {
                    return result.get();
                }
                reason = null;
            } catch (InvalidStateStoreException | PartitionMovedException moved) {
                reason = moved;
            }
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0) {
                throw notReady(reason);
            }
            pause(openings, Math.min(remaining, RETRY_NANOS));
        }
    }

    /** For another instance: a page of a partition, if it is live here. */
    private Optional<byte[]> answer(int partition, byte[] bytes) {
        StoreQuestion question = StoreQuestion.fromBytes(bytes);
        KeyRange range = new KeyRange(question.from(), question.to(), question.forward(), partition, partition);
        if (range.isEmpty() || live.among(partition, partition).isEmpty()) {
            return Optional.empty();
        }
        try {
            return attempt(
                    range,
                    movedAway -> Optional.empty(),
                    parts -> StorePage.of(parts.get(0), question.maxBytes()).toBytes());
        } catch (InvalidStateStoreException | PartitionMovedException moved) {
            return Optional.empty();
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

    private <T> Optional<T> attempt(
            KeyRange range,
            IntFunction<Optional<KeyValueIterator<Bytes, byte[]>>> notHere,
            Function<List<KeyValueIterator<Bytes, byte[]>>, T> body) {
        Map<Integer, ? extends LivePartitions.Live<?>> here = live.among(range.firstPartition(), range.lastPartition());
        List<KeyValueIterator<Bytes, byte[]>> opened = new ArrayList<>();
        try {
            for (int partition = range.firstPartition(); partition <= range.lastPartition(); partition++) {
                Optional<KeyValueIterator<Bytes, byte[]>> one =
                        here.containsKey(partition) ? openHere(range, partition) : notHere.apply(partition);
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                opened.add(one.get());
            }
            if (!live.among(range.firstPartition(), range.lastPartition())
                    .entrySet()
                    .containsAll(here.entrySet())) {
                return Optional.empty();
            }
            return Optional.of(body.apply(opened));
        } finally {
            opened.forEach(KeyValueIterator::close);
        }
    }

    private Optional<KeyValueIterator<Bytes, byte[]>> openHere(KeyRange range, int partition) {
        return streams.get().map(client -> open(client, range, partition));
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
