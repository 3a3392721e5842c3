package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.engine.writer.Plan;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that writes which share a batch see one another, and are acknowledged together, refused together when it fails. */
class GroupCommitTest {
    private static final Item KEY = TestTables.key("a", 1);

    @TempDir
    Path dir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Semaphore commits = new Semaphore(0);
    private final Semaphore waiting = new Semaphore(0);

    @Test
    void conditionsSeeTheEarlierWritesOfTheirBatch() {
        try (TableEngine engine = openHeld(TestEngines.config(dir))) {
            createTable(engine);
            List<CompletableFuture<Item>> puts = new ArrayList<>();
            holdCommit(engine);
            for (int i = 0; i < 10; i++) {
                puts.add(engine.write(TestWrites.putIfAbsent("T", KEY.with("value", AttributeValue.number(i)))));
            }
            CompletableFuture<Item> deleted = engine.write(TestWrites.delete("T", KEY));
            CompletableFuture<Item> again = engine.write(TestWrites.putIfAbsent("T", KEY));
            List<CompletableFuture<Item>> increments = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                increments.add(engine.write(TestWrites.increment("T", TestTables.key("counter", 1))));
            }
            assertThat(puts).noneMatch(CompletableFuture::isDone);
            commits.release(2);

            assertThat(puts.get(0).join()).isEqualTo(Item.EMPTY);
            for (CompletableFuture<Item> put : puts.subList(1, 10)) {
                assertThatThrownBy(put::join)
                        .hasCauseInstanceOf(DynamoException.class)
                        .extracting(e -> ((DynamoException) e.getCause()).type())
                        .isEqualTo(ErrorType.CONDITIONAL_CHECK_FAILED);
            }
            assertThat(deleted.join().get("value")).isEqualTo(AttributeValue.number(0));
            assertThat(again.join()).isEqualTo(Item.EMPTY);
            for (int i = 0; i < 20; i++) {
                assertThat(increments.get(i).join().get("count")).isEqualTo(AttributeValue.number(i + 1L));
            }
            assertThat(meters.get("tailrace.write.batch.size").summary().max()).isEqualTo(32);
            assertThat(engine.appliedSequence()).isEqualTo(2 + 3 + 20);
        }
    }

    @Test
    void catalogChangesAreSeenWithinTheBatch() {
        try (TableEngine engine = openHeld(TestEngines.config(dir))) {
            createTable(engine);
            holdCommit(engine);
            CompletableFuture<TableDefinition> created = engine.write(TestWrites.createTable("New"));
            CompletableFuture<Item> put = engine.write(TestWrites.put("New", KEY));
            CompletableFuture<TableDefinition> deleted = engine.write(TestWrites.deleteTable("New"));
            CompletableFuture<Item> late = engine.write(TestWrites.put("New", KEY));
            CompletableFuture<TableDefinition> recreated = engine.write(TestWrites.createTable("New"));
            CompletableFuture<Item> absent = engine.write(TestWrites.putIfAbsent("New", KEY));
            commits.release(2);
            assertThat(put.join()).isEqualTo(Item.EMPTY);
            assertThat(deleted.join().id()).isEqualTo(created.join().id());
            assertThatThrownBy(late::join).hasCauseInstanceOf(DynamoException.class);
            assertThat(recreated.join().id()).isGreaterThan(created.join().id());
            assertThat(absent.join()).isEqualTo(Item.EMPTY);
        }
    }

    @Test
    void aFullQueueIsARetryableError() {
        try (TableEngine engine = openHeld(TestEngines.config(dir).withQueueCapacity(3))) {
            createTable(engine);
            holdCommit(engine);
            List<CompletableFuture<Item>> queued = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                queued.add(engine.write(TestWrites.increment("T", KEY)));
            }
            assertThatThrownBy(() -> engine.write(TestWrites.increment("T", KEY)))
                    .isInstanceOfSatisfying(DynamoException.class, e -> {
                        assertThat(e.type().retryable()).isTrue();
                        assertThat(e.type()).isEqualTo(ErrorType.THROTTLING);
                    });
            commits.release(3);
            queued.forEach(CompletableFuture::join);
            assertThat(TestEngines.write(engine, TestWrites.increment("T", KEY)).get("count"))
                    .isEqualTo(AttributeValue.number(4));
        }
    }

    @Test
    void aPlanThatFailsUnexpectedlyFailsAlone() {
        try (TableEngine engine = openHeld(TestEngines.config(dir))) {
            createTable(engine);
            holdCommit(engine);
            CompletableFuture<Item> before = engine.write(TestWrites.increment("T", KEY));
            CompletableFuture<Object> mistake = engine.write(context -> {
                throw new IllegalStateException("a mistake on purpose");
            });
            CompletableFuture<String> twice = engine.write(context -> {
                var mutation =
                        TestWrites.put("T", KEY).plan(context).mutations().get(0);
                return new Plan<>(List.of(mutation, mutation), "done");
            });
            CompletableFuture<Item> after = engine.write(TestWrites.increment("T", TestTables.key("b", 2)));
            commits.release(2);
            assertThat(before.join().get("count")).isEqualTo(AttributeValue.number(1));
            assertThat(after.join().get("count")).isEqualTo(AttributeValue.number(1));
            for (CompletableFuture<?> failed : List.of(mistake, twice)) {
                assertThatThrownBy(failed::join)
                        .isInstanceOf(CompletionException.class)
                        .extracting(e -> ((DynamoException) e.getCause()).type())
                        .isEqualTo(ErrorType.INTERNAL_SERVER_ERROR);
            }
            assertThat(engine.health().writable()).isTrue();
        }
    }

    @Test
    void whileTheJournalFailsNothingIsAcknowledgedAndReadsGoOn() {
        EngineConfig config = TestEngines.config(dir);
        try (TableEngine engine = TableEngine.open(config, TestEngines.dependencies(), log -> brokenAt(log, 3))) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            TestEngines.write(engine, TestWrites.put("T", KEY));
            assertThatThrownBy(() -> TestEngines.write(engine, TestWrites.delete("T", KEY)))
                    .isInstanceOfSatisfying(
                            DynamoException.class,
                            e -> assertThat(e.type()).isEqualTo(ErrorType.INTERNAL_SERVER_ERROR));
            assertThatThrownBy(() -> TestEngines.write(engine, TestWrites.delete("T", KEY)))
                    .isInstanceOf(DynamoException.class)
                    .hasMessageContaining("Writes are refused");
            assertThat(engine.health()).satisfies(health -> {
                assertThat(health.writable()).isFalse();
                assertThat(health.readable()).isTrue();
                assertThat(health.detail()).contains("no space on purpose");
            });
            assertThat(TestEngines.item(engine, "T", KEY)).isEqualTo(KEY);
        }
        try (TableEngine engine = TestEngines.open(dir)) {
            assertThat(engine.health().writable()).isTrue();
            TestEngines.write(engine, TestWrites.delete("T", KEY));
        }
    }

    @Test
    void closingLetsAcceptedWritesFinish() throws Exception {
        List<CompletableFuture<Item>> accepted = new ArrayList<>();
        try (TableEngine engine = openHeld(TestEngines.config(dir))) {
            createTable(engine);
            holdCommit(engine);
            for (int i = 0; i < 5; i++) {
                accepted.add(engine.write(TestWrites.increment("T", KEY)));
            }
            commits.release(10);
        }
        for (CompletableFuture<Item> write : accepted) {
            assertThat(write.get(90, TimeUnit.SECONDS).get("count")).isNotNull();
        }
        try (TableEngine engine = TestEngines.open(dir)) {
            assertThat(TestEngines.item(engine, "T", KEY).get("count")).isEqualTo(AttributeValue.number(5));
        }
    }

    /** Every commit waits for a permit. */
    private TableEngine openHeld(EngineConfig config) {
        return TableEngine.open(
                config,
                new EngineDependencies(Clock.systemUTC(), meters, UUID::randomUUID),
                log -> InterceptedLog.betweenAppendAndDurable(log, sequence -> {
                    waiting.release();
                    commits.acquire();
                }));
    }

    private void createTable(TableEngine engine) {
        commits.release();
        TestEngines.write(engine, TestWrites.createTable("T"));
        waiting.acquireUninterruptibly();
    }

    /** Lets the writer get stuck in a commit, so that what is written next makes up one batch. */
    private void holdCommit(TableEngine engine) {
        CompletableFuture<Item> first = engine.write(TestWrites.put("T", TestTables.item("first", 0, "x")));
        waiting.acquireUninterruptibly();
        assertThat(first).isNotDone();
    }

    private static InterceptedLog brokenAt(CommitLog log, long failing) {
        return new InterceptedLog(log) {
            @Override
            public void makeDurable(long sequence) throws IOException, InterruptedException {
                if (sequence == failing) {
                    throw new IOException("no space on purpose");
                }
                super.makeDurable(sequence);
            }

            @Override
            public void recover(int attempt) throws IOException {
                throw new IOException("no space on purpose");
            }
        };
    }
}
