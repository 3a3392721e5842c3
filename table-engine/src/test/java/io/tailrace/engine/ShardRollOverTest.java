package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.journal.MutableClock;
import io.tailrace.engine.operation.RollStreamShardsOperation;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards roll over when they are old enough, are forgotten when nobody can read them, and are the same after recovery. */
class ShardRollOverTest {
    private static final Duration LIFETIME = Duration.ofHours(4);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path dir;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-05-17T10:00:00Z"));

    @Test
    void shardsRollOverByTimeAndAreForgottenAfterTheRetention() {
        TableStream after;
        try (TableEngine engine = open(dir.resolve("live"), LIFETIME)) {
            TestEngines.write(engine, table("Streamed", new StreamDefinition(StreamViewType.KEYS_ONLY, "a")));
            TestEngines.write(engine, table("Plain", null));
            for (int roll = 1; roll <= 10; roll++) {
                clock.advance(LIFETIME);
                assertThat(stream(engine).generations()).hasSizeLessThanOrEqualTo(8);
                clock.advance(Duration.ofMillis(1));
                awaitGeneration(engine, roll);
            }
            after = stream(engine);
            // Every one that ended within the last 24 hours, and the open one.
            assertThat(after.generations()).hasSize(7);
            assertThat(after.forgotten()).isEqualTo(4);
            assertThat(engine.appliedSequence()).isEqualTo(12);
            TestEngines.copy(dir.resolve("live"), dir.resolve("killed"));
        }
        for (String place : List.of("live", "killed")) {
            try (TableEngine engine = open(dir.resolve(place), Duration.ZERO)) {
                assertThat(engine.streams().all()).containsExactly(after);
                clock.advance(Duration.ofDays(2));
                assertThat(stream(engine)).isEqualTo(after);
            }
        }
    }

    @Test
    void aRollThatOthersForestalledDoesNothing() {
        try (TableEngine engine = open(dir, Duration.ZERO)) {
            TestEngines.write(engine, table("Streamed", new StreamDefinition(StreamViewType.KEYS_ONLY, "a")));
            TableStream before = stream(engine);
            assertThat(TestEngines.write(engine, RollStreamShardsOperation.of(before)))
                    .isPresent();
            assertThat(TestEngines.write(engine, RollStreamShardsOperation.of(before)))
                    .isEmpty();
            assertThat(TestEngines.write(engine, RollStreamShardsOperation.of("Streamed")))
                    .map(table -> table.details().streamShards())
                    .contains(new StreamShards(3, 2));
            TestEngines.write(engine, TestWrites.deleteTable("Streamed"));
            assertThat(TestEngines.write(engine, RollStreamShardsOperation.of(before)))
                    .isEmpty();
            assertThatThrownBy(() -> TestEngines.write(engine, RollStreamShardsOperation.of("Streamed")))
                    .isInstanceOf(DynamoException.class)
                    .hasMessage("Requested resource not found: Table: Streamed not found");
        }
    }

    private TableEngine open(Path directory, Duration shardLifetime) {
        return TableEngine.open(
                TestEngines.config(directory).withStreams(new StreamTimes(StreamOptions.DEFAULT, shardLifetime)),
                new EngineDependencies(clock, new SimpleMeterRegistry(), UUID::randomUUID));
    }

    private static TableStream stream(TableEngine engine) {
        return engine.streams().all().get(0);
    }

    private static void awaitGeneration(TableEngine engine, int generation) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (stream(engine).table().details().streamShards().generation() < generation) {
            assertThat(System.nanoTime()).as("generation " + generation).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static WriteOperation<Boolean> table(String name, StreamDefinition stream) {
        return context -> {
            TableDefinition plain = TestTables.plain(context.newId(), name);
            TableDefinition table = new TableDefinition(
                    plain.id(),
                    plain.tableUuid(),
                    name,
                    plain.key(),
                    plain.attributeTypes(),
                    List.of(),
                    List.of(),
                    plain.billingMode(),
                    null,
                    stream,
                    null,
                    false,
                    plain.tags(),
                    plain.created(),
                    plain.details().withStreamShards(stream == null ? null : new StreamShards(3, 0)));
            return new Plan<>(List.of(new CatalogMutation(Action.CREATE_TABLE, table)), true);
        };
    }
}
