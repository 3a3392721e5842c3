package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows what has happened, under each durability setting, before a write is acknowledged and visible. */
class DurabilityTest {
    private static final Item KEY = TestTables.key("a", 1);

    @TempDir
    Path dir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Lets sequence numbers pass one by one. */
    private static final class HandBarrier implements ReplicationBarrier {
        private final LinkedBlockingQueue<Long> asked = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Long> passed = new LinkedBlockingQueue<>();

        @Override
        public void await(long sequence) throws InterruptedException {
            asked.add(sequence);
            passed.take();
        }

        long awaitAsked() throws InterruptedException {
            Long sequence = asked.poll(90, TimeUnit.SECONDS);
            assertThat(sequence).isNotNull();
            return sequence;
        }

        void pass() {
            passed.add(0L);
        }
    }

    @Test
    void processDoesNotForce() {
        try (TableEngine engine = open(Durability.PROCESS)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            TestEngines.write(engine, TestWrites.put("T", KEY));
            assertThat(forced()).isZero();
            assertThat(engine.journal().readableSequence()).isEqualTo(2);
        }
        // Closing does, so that the next start knows.
        assertThat(forced()).isEqualTo(1);
    }

    @Test
    void diskForcesEveryBatchBeforeItIsSeenByAnyone() {
        try (TableEngine engine = TableEngine.open(
                TestEngines.config(dir).withDurability(Durability.DISK),
                dependencies(),
                log -> new InterceptedLog(log) {
                    @Override
                    public void makeDurable(long sequence) throws IOException, InterruptedException {
                        assertThat(forced()).isEqualTo(sequence - 1);
                        super.makeDurable(sequence);
                        assertThat(forced()).isEqualTo(sequence);
                    }
                })) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            TestEngines.write(engine, TestWrites.put("T", KEY));
            assertThat(forced()).isEqualTo(2);
            TestEngines.write(engine, TestWrites.put("T", KEY));
            assertThat(forced()).isEqualTo(2);
            assertThat(engine.health().writable()).isTrue();
        }
    }

    @Test
    void replicatedWaitsForTheBarrierWhichReadsTheJournal() throws Exception {
        HandBarrier barrier = new HandBarrier();
        try (TableEngine engine = open(Durability.REPLICATED);
                JournalReader reader = engine.journal().openReader()) {
            CompletableFuture<?> created = engine.write(TestWrites.createTable("T"));
            assertThat(engine.journal().awaitReadable(0, Duration.ofSeconds(90)))
                    .isTrue();
            assertThat(created).isNotDone();
            engine.setReplicationBarrier(barrier);
            assertThat(barrier.awaitAsked()).isEqualTo(1);
            assertThat(reader.next().sequence()).isEqualTo(1);
            assertThat(engine.catalog().table("T")).isEmpty();
            barrier.pass();
            created.get(90, TimeUnit.SECONDS);

            CompletableFuture<Item> put = engine.write(TestWrites.put("T", KEY));
            assertThat(barrier.awaitAsked()).isEqualTo(2);
            assertThat(put).isNotDone();
            assertThat(TestEngines.item(engine, "T", KEY)).isNull();
            assertThat(forced()).isEqualTo(2);
            assertThat(reader.next().sequence()).isEqualTo(2);
            barrier.pass();
            put.get(90, TimeUnit.SECONDS);
            assertThat(TestEngines.item(engine, "T", KEY)).isEqualTo(KEY);
        }
    }

    @Test
    void closingDoesNotWaitForAReplicationThatNeverComes() {
        CompletableFuture<?> created;
        CountDownLatch never = new CountDownLatch(1);
        try (TableEngine engine = open(Durability.REPLICATED)) {
            engine.setReplicationBarrier(sequence -> never.await());
            created = engine.write(TestWrites.createTable("T"));
        }
        assertThatThrownBy(created::join).hasCauseInstanceOf(DynamoException.class);
        try (TableEngine engine = TestEngines.open(dir)) {
            assertThat(engine.catalog().table("T")).isPresent();
        }
    }

    private TableEngine open(Durability durability) {
        return TableEngine.open(TestEngines.config(dir).withDurability(durability), dependencies());
    }

    private EngineDependencies dependencies() {
        return new EngineDependencies(Clock.systemUTC(), meters, UUID::randomUUID);
    }

    private long forced() {
        return meters.get("tailrace.journal.sync").timer().count();
    }
}
