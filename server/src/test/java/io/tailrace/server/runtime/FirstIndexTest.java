package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.StreamCapture;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.operation.AttributeDefinition;
import io.tailrace.engine.operation.CreateTableOperation;
import io.tailrace.engine.operation.CreateTableRequest;
import io.tailrace.engine.operation.GlobalSecondaryIndex;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.engine.operation.ProjectionSpecification;
import io.tailrace.processors.gsi.GsiQueries;
import io.tailrace.processors.gsi.IndexReads;
import io.tailrace.server.settings.RegionConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits for indexes while there are none, and the first is not read before its processor has caught up. */
final class FirstIndexTest {
    @TempDir
    private Path folder;

    private final Indexes indexes = new Indexes();
    private TableEngine engine;
    private GlobalIndexes reader;

    /** Idle ones, which nothing may be read of. */
    private static final class Indexes implements IndexReads {
        private boolean idle = true;

        @Override
        public GsiQueries queries() {
            throw new AssertionError("read too early");
        }

        @Override
        public CompletableFuture<Void> whenApplied(Map<Integer, Long> mutationOffsets) {
            return new CompletableFuture<>();
        }

        @Override
        public boolean isIdle() {
            return idle;
        }

        @Override
        public CompletableFuture<Void> pause() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void resume() {
            // it never paused
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @BeforeEach
    void open() {
        RegionConfig config = ServerFixture.config(folder, Map.of()).region("us-east-1");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        engine = TableEngine.open(
                EngineConfig.of(folder.resolve("engine"), config.name()), EngineDependencies.system(meters));
        // It is never started, so nothing is ever captured.
        StreamCapture capture =
                new StreamCapture(engine, config.kafka().captureConfig("127.0.0.1:1", config.name()), meters);
        reader = new GlobalIndexes(indexes, capture, engine::catalog, Duration.ofMillis(50));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void withoutAnIndexThereIsNothingToWaitFor() {
        create("Plain", List.of());
        reader.catchUp(engine.catalog(), engine.appliedSequence());

        assertThat(reader.whenApplied(engine.appliedSequence())).isCompleted();
        indexes.idle = false;
        assertThat(reader.whenApplied(engine.appliedSequence())).isNotDone();
    }

    @Test
    void theFirstIsNotReadBeforeItsProcessorHasCaughtUp() {
        create("Indexed", List.of("Group"));
        reader.catchUp(engine.catalog(), engine.appliedSequence());
        indexes.idle = false;

        assertThatThrownBy(() -> reader.read(1, new byte[0], new byte[0], true, 1, 1))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        refusal -> assertThat(refusal.type().retryable()).isTrue())
                .hasMessage("Global secondary indexes are not available yet; please retry");
        assertThat(reader.whenApplied(engine.appliedSequence())).isNotDone();
    }

    private void create(String name, List<String> indexed) {
        List<AttributeDefinition> attributes = Stream.concat(Stream.of("Id"), indexed.stream())
                .map(attribute -> new AttributeDefinition(attribute, "S"))
                .toList();
        List<GlobalSecondaryIndex> all = indexed.stream()
                .map(attribute -> new GlobalSecondaryIndex(
                        "by" + attribute,
                        List.of(new KeySchemaElement(attribute, "HASH")),
                        new ProjectionSpecification("ALL", null),
                        null,
                        null,
                        null))
                .toList();
        engine.write(new CreateTableOperation(new CreateTableRequest(
                        name,
                        attributes,
                        List.of(new KeySchemaElement("Id", "HASH")),
                        null,
                        all.isEmpty() ? null : all,
                        "PAY_PER_REQUEST",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false)))
                .join();
    }
}
