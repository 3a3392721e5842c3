package io.tailrace.server.replication;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.CommandConsumer;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.TopicSettings;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.ItemMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.processors.replication.RegionKafka;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A region as a server has it: an engine, what brings its mutations into Kafka, and what brings it commands. */
final class ReplicatedEngine implements AutoCloseable {
    static final int PARTITIONS = 2;
    private static final long LIMIT_SECONDS = 110;

    private final String region;
    private final String bootstrapServers;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TableEngine engine;
    private final StreamCapture capture;
    private final CommandConsumer commands;

    ReplicatedEngine(String region, String bootstrapServers, Path directory) {
        this.region = region;
        this.bootstrapServers = bootstrapServers;
        CaptureConfig config = CaptureConfig.of(bootstrapServers, region, directory.resolve("checkpoint-" + region))
                .withTopics(TopicSettings.DEFAULT.withPartitions(PARTITIONS));
        engine = TableEngine.open(
                EngineConfig.of(directory.resolve("engine-" + region), region).withDurability(Durability.PROCESS),
                EngineDependencies.system(meters));
        capture = new StreamCapture(engine, config, meters);
        commands = new CommandConsumer(engine, config, meters);
        capture.start();
        commands.start();
    }

    RegionKafka kafka() {
        return new RegionKafka(region, Map.of("bootstrap.servers", bootstrapServers), null);
    }

    TableEngine engine() {
        return engine;
    }

    void create(TableDefinition table) {
        write(context -> new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, table)), true));
    }

    void put(String table, Item item) {
        write(context -> {
            TableDefinition definition = context.table(table).orElseThrow();
            Item key = definition.key().keyOf(item);
            StoredItem old = context.item(definition, key);
            return new Plan<>(List.of(new ItemMutation(definition, key, old, item)), true);
        });
    }

    void delete(String table, Item key) {
        write(context -> {
            TableDefinition definition = context.table(table).orElseThrow();
            StoredItem old = context.item(definition, key);
            return new Plan<>(List.of(new ItemMutation(definition, key, old, null)), true);
        });
    }

    /** The items at the keys, as texts; without those that are not there. */
    Map<String, String> items(String table, List<Item> keys) {
        return engine.read(context -> {
            Map<String, String> items = new TreeMap<>();
            TableDefinition definition = context.table(table).orElseThrow();
            for (Item key : keys) {
                StoredItem stored = context.item(definition, key);
                if (stored != null) {
                    items.put(key.toString(), stored.item().toString());
                }
            }
            return items;
        });
    }

    private <R> void write(WriteOperation<R> operation) {
        try {
            engine.write(operation).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        commands.close();
        capture.close();
        engine.close();
    }
}
