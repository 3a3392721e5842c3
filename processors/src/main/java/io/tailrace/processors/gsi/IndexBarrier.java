package io.tailrace.processors.gsi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the index holds what a stretch of the mutations topic has done to it.
 *
 * <p>As a rule {@link IndexProgress} knows, as the stream threads go on, at the cost of a comparison. Where it does not know
 * (after a start, a rebalance, or when another process has some of the partitions) Kafka is asked: once everything up to the
 * wanted offsets is committed, all that it caused is in the repartition topic, and when the index is at that topic's end it
 * holds it. One thread, which sleeps while nobody waits.
 */
final class IndexBarrier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexBarrier.class);
    /** Between two questions to Kafka while somebody waits. The group commits every half second. */
    private static final long ASK_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long CLOSE_TIMEOUT_MILLIS = 10_000;

    private final IndexProgress progress;
    private final GroupOffsets group;
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean forgetting;
    /** What sources that were opened no later had sent before is applied. */
    private volatile long settledOpening;

    private Question question;
    private long askedNanos = System.nanoTime() - ASK_INTERVAL_NANOS;

    private record Waiter(Map<Integer, Long> offsets, CompletableFuture<Void> future) {}

    /** What Kafka said, and how many sources had been opened before it was asked. */
    private record Question(GroupOffsets.Snapshot offsets, long openings) {}

    IndexBarrier(IndexProgress progress, GroupOffsets group, String threadName) {
        this.progress = progress;
        this.group = group;
        this.thread = new Thread(this::run, threadName);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Completes when everything before these offsets of the mutations topic is in the index. It may never do so: whoever
     * waits has a limit, and cancels.
     *
     * @param offsets by partition
     */
    CompletableFuture<Void> whenApplied(Map<Integer, Long> offsets) {
        if (progress.hasApplied(offsets, settledOpening)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (closed) {
            future.cancel(false);
            return future;
        }
        waiters.add(new Waiter(Map.copyOf(offsets), future));
        progress.signal();
        return future;
    }

    /** Lets go of all who wait, and of what Kafka said: the topics may be other ones from now on. They may ask again. */
    void forget() {
        forgetting = true;
        waiters.forEach(waiter -> waiter.future().cancel(false));
        progress.signal();
    }

    private void run() {
        try {
            while (!closed) {
                if (forgetting) {
                    forgetting = false;
                    question = null;
                }
                boolean waiting = !waiters.isEmpty();
                progress.watch(waiting);
                if (waiting) {
                    completeThoseThatAreThere();
                    askIfNeeded();
                }
                progress.awaitChange(waiters.isEmpty() ? IDLE_NANOS : ASK_INTERVAL_NANOS);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("The barrier of the indexes ends", stopped);
        } finally {
            closed = true;
            waiters.forEach(waiter -> waiter.future().cancel(false));
            group.close();
        }
    }

    private void completeThoseThatAreThere() {
        List<Waiter> done = new ArrayList<>();
        boolean settled = question != null && progress.settle(question.offsets());
        if (settled) {
            settledOpening = Math.max(settledOpening, question.openings());
        }
        for (Waiter waiter : waiters) {
            boolean there = settled && question.offsets().coversMutations(waiter.offsets())
                    || progress.hasApplied(waiter.offsets(), settledOpening);
            if (there || waiter.future().isDone()) {
                done.add(waiter);
            }
        }
        if (settled) {
            question = null;
        }
        waiters.removeAll(done);
        done.forEach(waiter -> waiter.future().complete(null));
    }

    /** Asks Kafka when looking did not help for a while, and after the question is answered not again at once. */
    private void askIfNeeded() throws InterruptedException {
        long now = System.nanoTime();
        if (waiters.isEmpty() || now - askedNanos < ASK_INTERVAL_NANOS) {
            return;
        }
        askedNanos = now;
        long openings = progress.openings();
        try {
            GroupOffsets.Snapshot offsets = group.read();
            if (forgetting) {
                return;
            }
            offsets.mutations().forEach(progress::committed);
            question = question == null
                    ? new Question(offsets, openings)
                    : new Question(question.offsets().withUpdates(offsets.updates()), question.openings());
            completeThoseThatAreThere();
        } catch (ExecutionException | KafkaException away) {
            LOG.debug("Kafka does not say how far the indexes are", away);
        }
    }

    @Override
    public void close() {
        closed = true;
        progress.signal();
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
