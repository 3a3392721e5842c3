package io.tailrace.server.demo;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.server.demo.input.Activity;
import io.tailrace.server.demo.input.ActivitySource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Writes all activities of a source to the table in batches, several at a time, and tallies what was read. */
final class Ingest {
    private static final int WRITERS = 4;
    private static final int MAX_BATCHES_IN_FLIGHT = 2 * WRITERS;
    /** One activity of so many is timed until it is visible. */
    private static final int SAMPLE_EVERY = 20;

    private final ActivityTables tables;
    private final VisibilityClock streamClock;
    private final IndexProbe indexProbe;
    private final Tally tally = new Tally();
    private final AtomicLong written = new AtomicLong();

    Ingest(ActivityTables tables, VisibilityClock streamClock, IndexProbe indexProbe) {
        this.tables = tables;
        this.streamClock = streamClock;
        this.indexProbe = indexProbe;
    }

    /**
     * Reads the source to its end; returns when every write is acknowledged.
     *
     * @param progress called after each batch that was read, on the calling thread
     * @throws IOException when the source cannot be read; what was read before is written
     */
    void run(ActivitySource source, Runnable progress) throws IOException {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS, task -> new Thread(task, "demo-writer"));
        Semaphore inFlight = new Semaphore(MAX_BATCHES_IN_FLIGHT);
        List<Future<?>> submitted = new ArrayList<>();
        try {
            for (List<Activity> batch = readBatch(source); !batch.isEmpty(); batch = readBatch(source)) {
                List<Activity> toWrite = batch;
                inFlight.acquireUninterruptibly();
                submitted.add(writers.submit(() -> {
                    try {
                        write(toWrite);
                    } finally {
                        inFlight.release();
                    }
                }));
                removeFinished(submitted);
                progress.run();
            }
            for (Future<?> write : submitted) {
                await(write);
            }
        } finally {
            writers.shutdownNow();
        }
    }

    /** What was read so far; complete once {@link #run} has returned. */
    Tally tally() {
        return tally;
    }

    /** Acknowledged writes so far. */
    long written() {
        return written.get();
    }

    /** What a stream record and an activity have in common. */
    static String sampleKey(Item keys) {
        return text(keys, "UserID") + " " + text(keys, "Timestamp");
    }

    private List<Activity> readBatch(ActivitySource source) throws IOException {
        List<Activity> batch = new ArrayList<>(ActivityTables.MAX_BATCH);
        while (batch.size() < ActivityTables.MAX_BATCH) {
            Activity activity = source.next();
            if (activity == null) {
                break;
            }
            tally.add(activity.type(), activity.page(), activity.bytes());
            batch.add(activity);
        }
        return batch;
    }

    private void write(List<Activity> batch) {
        List<Activity> sampled = batch.stream()
                .filter(activity -> activity.ordinal() % SAMPLE_EVERY == 0)
                .toList();
        sampled.forEach(activity -> streamClock.expect(sampleKey(activity)));
        tables.put(batch);
        long acknowledged = System.nanoTime();
        written.addAndGet(batch.size());
        for (Activity activity : sampled) {
            streamClock.acknowledged(sampleKey(activity), acknowledged);
            indexProbe.offer(activity, acknowledged);
        }
    }

    /** Fails as early as possible, and keeps the list as short as what is in flight. */
    private static void removeFinished(List<Future<?>> writes) {
        while (!writes.isEmpty() && writes.get(0).isDone()) {
            await(writes.remove(0));
        }
    }

    private static void await(Future<?> write) {
        try {
            write.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted while writing", interrupted);
        } catch (ExecutionException failed) {
            throw new DemoException("a write failed: " + failed.getCause().getMessage(), failed.getCause());
        }
    }

    private static String sampleKey(Activity activity) {
        return activity.userId() + " " + activity.timestamp();
    }

    private static String text(Item item, String name) {
        return item.get(name) instanceof AttributeValue.S text ? text.value() : "";
    }
}
