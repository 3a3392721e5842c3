package io.tailrace.benchmarks.data;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.operation.AttributeDefinition;
import io.tailrace.engine.operation.CreateTableOperation;
import io.tailrace.engine.operation.CreateTableRequest;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.engine.operation.PutItemOperation;
import io.tailrace.engine.operation.PutItemRequest;
import io.tailrace.engine.operation.PutItemResponse;
import io.tailrace.engine.operation.StreamSpecification;
import io.tailrace.schemas.model.Item;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An engine in this process with one table, written to as the API does it, without HTTP. */
public final class Table implements AutoCloseable {
    public static final String NAME = "Bench";
    public static final String REGION = "us-east-1";
    /** Writes that wait for the writer while a table is filled. */
    private static final int FILL_PENDING = 2_000;

    private final MeterRegistry meters;
    private final TableEngine engine;

    private Table(MeterRegistry meters, TableEngine engine) {
        this.meters = meters;
        this.engine = engine;
    }

    /** Opens the engine and makes the table if it is not there. */
    public static Table open(EngineConfig config, boolean stream) {
        MeterRegistry meters = new SimpleMeterRegistry();
        TableEngine engine = TableEngine.open(config, EngineDependencies.system(meters));
        if (engine.catalog().table(NAME).isEmpty()) {
            engine.write(create(stream)).join();
        }
        return new Table(meters, engine);
    }

    private static CreateTableOperation create(boolean stream) {
        return new CreateTableOperation(new CreateTableRequest(
                NAME,
                List.of(new AttributeDefinition(Items.KEY, "S")),
                List.of(new KeySchemaElement(Items.KEY, "HASH")),
                null,
                null,
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

    public TableEngine engine() {
        return engine;
    }

    /** The engine's meters. */
    public MeterRegistry meters() {
        return meters;
    }

    /** PutItem. */
    public CompletableFuture<PutItemResponse> put(Item item) {
        return engine.write(new PutItemOperation(
                new PutItemRequest(NAME, item, null, null, null, null, null, null, null, null, null, List.of())));
    }

    /** Puts items with the keys {@code prefix-0} and so on, and returns when all are acknowledged. */
    public void fill(Items items, String prefix, long count) {
        Deque<CompletableFuture<PutItemResponse>> pending = new ArrayDeque<>();
        for (long i = 0; i < count; i++) {
            pending.add(put(items.item(prefix + "-" + i, i)));
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
