package io.tailrace.capture.streams;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.StreamProgress;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few consumers that all readers of streams share, each with a thread while there is something to read. Consumers are
 * made when they are first needed; a read goes to the one that stopped where it begins, if that is free. For use by several
 * threads.
 */
public final class StreamReaders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReaders.class);
    private static final int MAX_WAITING = 1_000;
    private static final long IDLE_SECONDS = 30;
    private static final long STOP_SECONDS = 5;

    private final CaptureConfig config;
    private final StreamProgress progress;
    private final Deserializer<StreamRecord> deserializer;
    private final ThreadPoolExecutor threads;
    private final ReentrantLock lock = new ReentrantLock();
    /** The one that was used last is the last. */
    private final List<PartitionReader> free = new ArrayList<>();

    private final Set<PartitionReader> busy = new HashSet<>();
    private boolean closed;

    /**
     * Connects when something is read.
     *
     * @param config of which the connection, the region and the registry count
     * @param readers how many consumers there are at most
     */
    public StreamReaders(CaptureConfig config, StreamProgress progress, int readers) {
        this.config = Objects.requireNonNull(config);
        this.progress = Objects.requireNonNull(progress);
        this.deserializer = TailraceSerdes.withRegistryUrl(config.registryUrl())
                .streamRecord()
                .deserializer();
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                readers,
                readers,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                task -> new Thread(task, "tailrace-streams-" + config.region() + "-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
    }

    /** The consumers that there are, reading or not. */
    int consumers() {
        lock.lock();
        try {
            return free.size() + busy.size();
        } finally {
            lock.unlock();
        }
    }

    StreamProgress progress() {
        return progress;
    }

    /** Reads a page; a failure is a DynamoException. */
    CompletableFuture<RecordPage> read(ReadRequest request) {
        return submit(request.partition(), request.offset(), reader -> reader.read(request));
    }

    /** The offset of the first record at this place or behind it; a failure is a DynamoException. */
    CompletableFuture<Long> find(TopicPartition partition, SequenceNumbers.Position place) {
        return submit(
                partition,
                ShardIterator.UNKNOWN_OFFSET,
                reader -> reader.find(partition, place, reader.endOffset(partition), progress.firstSequence()));
    }

    private <T> CompletableFuture<T> submit(TopicPartition partition, long offset, Function<PartitionReader, T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> run(partition, offset, work, result));
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(threads.isShutdown() ? StreamErrors.closed() : StreamErrors.tooManyReads());
        }
        return result;
    }

    private <T> void run(
            TopicPartition partition, long offset, Function<PartitionReader, T> work, CompletableFuture<T> result) {
        PartitionReader reader = null;
        boolean sound = false;
        try {
            reader = take(partition, offset);
            T value = work.apply(reader);
            sound = true;
            giveBack(reader, true);
            result.complete(value);
        } catch (Exception failure) { // the boundary of reading: any failure is the answer to one call
            if (reader != null && !sound) {
                giveBack(reader, failure instanceof DynamoException);
            }
            result.completeExceptionally(asError(partition, failure));
        }
    }

    private DynamoException asError(TopicPartition partition, Exception failure) {
        if (failure instanceof DynamoException refused) {
            return refused;
        }
        if (failure instanceof OffsetOutOfRangeException || failure instanceof SerializationException) {
            LOG.warn("{} cannot be read", partition, failure);
        }
        return failure instanceof KafkaException ? StreamErrors.kafkaAway(failure.getMessage()) : unexpected(failure);
    }

    private DynamoException unexpected(Exception failure) {
        LOG.error("a read of streams in {} failed", config.region(), failure);
        return StreamErrors.kafkaAway(failure.toString());
    }

    private PartitionReader take(TopicPartition partition, long offset) {
        lock.lock();
        try {
            if (closed) {
                throw StreamErrors.closed();
            }
            PartitionReader chosen = null;
            for (PartitionReader reader : free) {
                if (reader.isAt(partition, offset)) {
                    chosen = reader;
                }
            }
            if (chosen == null && free.size() + busy.size() >= threads.getMaximumPoolSize()) {
                chosen = free.get(0);
            }
            if (chosen == null) {
                chosen = new PartitionReader(config, deserializer);
            } else {
                free.remove(chosen);
            }
            busy.add(chosen);
            return chosen;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(PartitionReader reader, boolean sound) {
        boolean keep;
        lock.lock();
        try {
            busy.remove(reader);
            keep = sound && !closed;
            if (keep) {
                free.add(reader);
            }
        } finally {
            lock.unlock();
        }
        if (!keep) {
            closeQuietly(reader);
        }
    }

    private static void closeQuietly(PartitionReader reader) {
        try {
            reader.close();
        } catch (KafkaException failure) {
            LOG.debug("a consumer of streams did not close", failure);
        }
    }

    /** Ends the reads that are under way and closes the consumers. */
    @Override
    public void close() {
        List<PartitionReader> idle;
        lock.lock();
        try {
            closed = true;
            idle = new ArrayList<>(free);
            free.clear();
            busy.forEach(PartitionReader::wakeup);
        } finally {
            lock.unlock();
        }
        idle.forEach(StreamReaders::closeQuietly);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("reads of streams did not end in {} s", STOP_SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
