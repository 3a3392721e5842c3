package io.tailrace.processors.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proves that whoever waits for the index is released when it holds everything, not before, with few questions to Kafka. */
class IndexBarrierTest {
    private static final int PARTITIONS = 2;
    private static final long LIMIT_SECONDS = 60;

    private final IndexProgress progress = new IndexProgress(PARTITIONS);
    private final Group group = new Group();
    private final IndexBarrier barrier = new IndexBarrier(progress, group, "barrier-test");

    /** Kafka, which says what the test lets it say. */
    private static final class Group implements GroupOffsets {
        private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of(), Map.of(0, 0L, 1, 0L));
        private final AtomicInteger reads = new AtomicInteger();
        private volatile CountDownLatch nextReads = new CountDownLatch(0);

        @Override
        public Snapshot read() {
            reads.incrementAndGet();
            nextReads.countDown();
            return snapshot;
        }

        void awaitReads(int count) throws InterruptedException {
            nextReads = new CountDownLatch(count);
            assertThat(nextReads.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            snapshot = null;
        }
    }

    @AfterEach
    void close() {
        barrier.close();
    }

    private IndexProgress.Source[] openSources() {
        return new IndexProgress.Source[] {progress.openSource(0), progress.openSource(1)};
    }

    private IndexProgress.Target[] openTargets() {
        return new IndexProgress.Target[] {progress.openTarget(0), progress.openTarget(1)};
    }

    /** Sends an update to partition 1 of the index; what it carries. */
    private static RecordHeaders send(IndexProgress.Source source, long offset) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(IndexProgress.SOURCE_HEADER, source.sending(List.of(1), offset));
        return headers;
    }

    private static void await(CompletableFuture<Void> future) throws Exception {
        future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Both sides open, nothing there, and known to be settled. */
    private void settle() throws Exception {
        barrier.start();
        await(barrier.whenApplied(Map.of(0, 0L, 1, 0L)));
    }

    @Test
    void anUpdateOnItsWayIsWaitedForAndIdlePartitionsAreNot() throws Exception {
        IndexProgress.Source source = openSources()[0];
        IndexProgress.Target target = openTargets()[1];
        settle();
        int reads = group.reads.get();
        group.snapshot = new GroupOffsets.Snapshot(Map.of(), Map.of(), Map.of(1, 99L));

        CompletableFuture<Void> wait = barrier.whenApplied(Map.of(0, 1L));
        RecordHeaders first = send(source, 0);
        RecordHeaders second = send(source, 0);
        assertThat(wait).isNotDone();
        source.processed(0);
        assertThat(barrier.whenApplied(Map.of(0, 1L))).isNotDone();
        target.applied(first, 17);
        assertThat(barrier.whenApplied(Map.of(0, 1L)))
                .as("the second update of the same record is still on its way")
                .isNotDone();
        target.applied(second, 18);
        await(wait);

        assertThat(barrier.whenApplied(Map.of(0, 1L)))
                .as("what is there is known at once")
                .isDone();
        assertThat(group.reads.get() - reads).as("questions to Kafka").isLessThan(50);
    }

    @Test
    void recordsThatCauseNothingAreThereWhenTheyAreProcessed() throws Exception {
        IndexProgress.Source source = openSources()[1];
        openTargets();
        settle();
        CompletableFuture<Void> wait = barrier.whenApplied(Map.of(1, 5L));
        source.processed(4);
        await(wait);
    }

    @Test
    void afterAStartKafkaSaysWhatWasSentBefore() throws Exception {
        openSources();
        IndexProgress.Target target = openTargets()[0];
        group.snapshot = new GroupOffsets.Snapshot(Map.of(0, 7L), Map.of(0, 3L), Map.of(0, 5L, 1, 0L));
        barrier.start();
        CompletableFuture<Void> wait = barrier.whenApplied(Map.of(0, 7L));
        group.awaitReads(3);
        assertThat(wait).as("two updates are in the topic and not in the index").isNotDone();
        target.applied(new RecordHeaders(), 4);
        await(wait);
    }

    @Test
    void withoutThePartitionsHereTheGroupsOffsetsTell() throws Exception {
        group.snapshot = new GroupOffsets.Snapshot(Map.of(0, 6L), Map.of(0, 3L), Map.of(0, 5L));
        barrier.start();
        CompletableFuture<Void> wait = barrier.whenApplied(Map.of(0, 7L));
        group.awaitReads(2);
        group.snapshot = new GroupOffsets.Snapshot(Map.of(0, 7L), Map.of(0, 4L), Map.of(0, 5L));
        group.awaitReads(3);
        assertThat(wait).isNotDone();
        group.snapshot = new GroupOffsets.Snapshot(Map.of(0, 7L), Map.of(0, 5L), Map.of(0, 5L));
        await(wait);
    }

    @Test
    void aReopenedSourceIsNotTrustedBeforeItIsSettled() throws Exception {
        openSources();
        openTargets();
        settle();
        IndexProgress.Source again = progress.openSource(0);
        group.snapshot = new GroupOffsets.Snapshot(Map.of(0, 2L), Map.of(), Map.of(0, 1L, 1, 0L));
        again.processed(2);
        assertThat(barrier.whenApplied(Map.of(0, 3L))).isNotDone();
    }

    @Test
    void whoeverWaitsWhenItIsClosedIsTold() throws Exception {
        barrier.start();
        CompletableFuture<Void> wait = barrier.whenApplied(Map.of(0, 7L));
        barrier.close();
        assertThat(wait).isCancelled();
        assertThat(barrier.whenApplied(Map.of(0, 7L))).isCancelled();
    }
}
