package io.tailrace.benchmarks.data;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.operation.AttributeDefinition;
import io.tailrace.engine.operation.CreateTableOperation;
import io.tailrace.engine.operation.CreateTableRequest;
import io.tailrace.engine.operation.GlobalSecondaryIndex;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.engine.operation.ProjectionSpecification;
import io.tailrace.engine.operation.PutItemOperation;
import io.tailrace.engine.operation.PutItemRequest;
import io.tailrace.engine.operation.PutItemResponse;
import io.tailrace.engine.operation.StreamSpecification;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** An engine in this process with one table, written to as the API does it, without HTTP. */
public final class Table implements AutoCloseable {
    public static final String NAME = "Bench";
    public static final String REGION = "us-east-1";
    /** Writes that wait for the writer where many are under way. */
    private static final int FILL_PENDING = 2_000;

    private final MeterRegistry meters;
    private final TableEngine engine;

    private Table(MeterRegistry meters, TableEngine engine) {
        this.meters = meters;
        this.engine = engine;
    }

    /** Opens the engine and makes the table if it is not there. */
    public static Table open(EngineConfig config, boolean stream) {
        return open(config, create(stream, List.of()));
    }

    /** The same without a stream, with a global secondary index of whole items by {@link Items#OWNER}. */
    public static Table openIndexed(EngineConfig config) {
        return open(config, create(false, List.of(Items.OWNER)));
    }

    /** As above, with a creation of its own. */
    public static Table open(EngineConfig config, WriteOperation<?> creation) {
        MeterRegistry meters = new SimpleMeterRegistry();
        TableEngine engine = TableEngine.open(config, EngineDependencies.system(meters));
        if (engine.catalog().table(NAME).isEmpty()) {
            engine.write(creation).join();
        }
        return new Table(meters, engine);
    }

    /** @param indexed attributes that are the partition key of an index each */
    private static CreateTableOperation create(boolean stream, List<String> indexed) {
        List<AttributeDefinition> keys = Stream.concat(Stream.of(Items.KEY), indexed.stream())
                .map(attribute -> new AttributeDefinition(attribute, "S"))
                .toList();
        return new CreateTableOperation(new CreateTableRequest(
                NAME,
                keys,
                List.of(new KeySchemaElement(Items.KEY, "HASH")),
                null,
                indexed.isEmpty() ? null : indexed.stream().map(Table::index).toList(),
                "PAY_PER_REQUEST",
                null,
                stream ? new StreamSpecification(true, "NEW_AND_OLD_IMAGES") : null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false));
    }

    private static GlobalSecondaryIndex index(String attribute) {
        return new GlobalSecondaryIndex(
                "by-" + attribute,
                List.of(new KeySchemaElement(attribute, "HASH")),
                new ProjectionSpecification("ALL", null),
                null,
                null,
                null);
    }

    public TableEngine engine() {
        return engine;
    }

    /** The engine's meters. */
    public MeterRegistry meters() {
        return meters;
    }

    /** PutItem. */
    public CompletableFuture<PutItemResponse> put(Item item) {
        return engine.write(putOperation(item));
    }

    private static PutItemOperation putOperation(Item item) {
        return new PutItemOperation(
                new PutItemRequest(NAME, item, null, null, null, null, null, null, null, null, null, List.of()));
    }

    /** Puts items with the keys {@code prefix-0} and so on, and returns when all are acknowledged. */
    public void fill(Items items, String prefix, long count) {
        fill(number -> items.item(prefix + "-" + number, number), count);
    }

    /** Puts the items with the numbers from 0 on, and returns when all are acknowledged. */
    public void fill(LongFunction<Item> items, long count) {
        writeAll(number -> putOperation(items.apply(number)), count);
    }

    /** Carries out the writes with the numbers from 0 on, many under way at a time, and returns when all are acknowledged. */
    void writeAll(LongFunction<WriteOperation<?>> operations, long count) {
        Deque<CompletableFuture<?>> pending = new ArrayDeque<>();
        for (long i = 0; i < count; i++) {
            pending.add(engine.write(operations.apply(i)));
            if (pending.size() >= FILL_PENDING) {
                pending.remove().join();
            }
        }
        pending.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        engine.close();
    }
}
