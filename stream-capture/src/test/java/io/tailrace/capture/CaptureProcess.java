package io.tailrace.capture;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An engine with one table, its capture and its consumer of commands, in a process of its own or in the test's. */
final class CaptureProcess implements AutoCloseable {
    static final String REGION = "killed";
    static final String TABLE = "Events";
    static final TopicSettings TOPICS = TopicSettings.DEFAULT
            .withPartitions(2)
            .withStreams(StreamOptions.DEFAULT.withPartitions(2).withTombstones(true));

    private static final int KEYS = 50;
    /** Enough to be in the middle of something at any moment, and no more than a test can compare. */
    private static final int LARGEST_LAG = 100;

    final TableEngine engine;
    final StreamCapture capture;
    final CommandConsumer commands;

    CaptureProcess(Path dir, String bootstrapServers) {
        CaptureConfig config = CaptureConfig.of(bootstrapServers, REGION, dir.resolve("checkpoint"))
                .withTopics(TOPICS)
                .withFlow(new CaptureConfig.Flow(
                        1_000, 1 << 20, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofMillis(500)));
        engine = TableEngine.open(
                EngineConfig.of(dir.resolve("engine"), REGION).withDurability(Durability.PROCESS),
                EngineDependencies.system(new SimpleMeterRegistry()));
        createTable(engine).join();
        capture = new StreamCapture(engine, config, new SimpleMeterRegistry());
        engine.allowJournalRemoval(capture::notedSequence);
        commands = new CommandConsumer(engine, config, new SimpleMeterRegistry());
        capture.start();
        commands.start();
    }

    /** The child's entry point: directory and Kafka's address. Writes until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        try (CaptureProcess process = new CaptureProcess(Path.of(arguments[0]), arguments[1])) {
            ChildProcess.sayReady("");
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                if (i % 3 == 2) {
                    delete(process.engine, "own-" + (i - 1) % KEYS).join();
                } else {
                    put(process.engine, "own-" + i % KEYS, i).join();
                }
                process.capture.await(process.engine.appliedSequence() - LARGEST_LAG);
            }
        }
    }

    static CompletableFuture<Boolean> createTable(TableEngine engine) {
        KeyAttribute key = new KeyAttribute("Pk", AttributeType.S);
        return engine.write(context -> new Plan<>(
                context.table(TABLE).isPresent()
                        ? List.of()
                        : List.of(new CatalogMutation(
                                Action.CREATE_TABLE,
                                new TableDefinition(
                                        context.newId(),
                                        context.newUuid().toString(),
                                        TABLE,
                                        KeySchema.simple(key),
                                        Map.of(key.name(), key.type()),
                                        List.of(),
                                        List.of(),
                                        BillingMode.PAY_PER_REQUEST,
                                        null,
                                        new StreamDefinition(StreamViewType.NEW_AND_OLD_IMAGES, "label"),
                                        null,
                                        false,
                                        Map.of(),
                                        Instant.EPOCH))),
                true));
    }

    static CompletableFuture<Boolean> put(TableEngine engine, String key, int value) {
        Item item = Item.builder().set("Pk", key).set("Value", value).build();
        return engine.write(context -> {
            TableDefinition table = context.table(TABLE).orElseThrow();
            Item keyItem = table.key().keyOf(item);
            StoredItem old = context.item(table, keyItem);
            return new Plan<>(List.of(new ItemMutation(table, keyItem, old, item)), true);
        });
    }

    static CompletableFuture<Boolean> delete(TableEngine engine, String key) {
        return engine.write(context -> {
            TableDefinition table = context.table(TABLE).orElseThrow();
            Item keyItem = Item.builder().set("Pk", key).build();
            StoredItem old = context.item(table, keyItem);
            return new Plan<>(old == null ? List.of() : List.of(new ItemMutation(table, keyItem, old, null)), true);
        });
    }

    /** All that the engine's journal holds. */
    static List<JournalEntry> entries(TableEngine engine) {
        List<JournalEntry> entries = new ArrayList<>();
        try (JournalReader reader = engine.journal().openReader()) {
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public void close() {
        commands.close();
        capture.close();
        engine.close();
    }
}
