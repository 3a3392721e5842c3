package io.tailrace.benchmarks.data;

import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.operation.AttributeDefinition;
import io.tailrace.engine.operation.CreateTableOperation;
import io.tailrace.engine.operation.CreateTableRequest;
import io.tailrace.engine.operation.GetItemOperation;
import io.tailrace.engine.operation.GetItemRequest;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.engine.operation.QueryOperation;
import io.tailrace.engine.operation.QueryRequest;
import io.tailrace.engine.operation.UpdateItemOperation;
import io.tailrace.engine.operation.UpdateItemRequest;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** An engine in this process with one table that has a sort key, written to and read as the API does it, without HTTP. */
public final class SortedTable implements AutoCloseable {
    private static final String SORT_KEY = "place";
    private static final String TEXT = "text";

    private final Items items;
    private final Table table;

    private SortedTable(EngineConfig config, Items items) {
        this.items = items;
        this.table = Table.open(config, create());
    }

    /** A new one, with durability {@code process}. */
    public static SortedTable open(Path directory, long seed, int itemBytes) {
        return new SortedTable(
                EngineConfig.of(directory, Table.REGION).withDurability(Durability.PROCESS),
                new Items(seed, itemBytes));
    }

    private static CreateTableOperation create() {
        return new CreateTableOperation(new CreateTableRequest(
                Table.NAME,
                List.of(new AttributeDefinition(Items.KEY, "S"), new AttributeDefinition(SORT_KEY, "S")),
                List.of(new KeySchemaElement(Items.KEY, "HASH"), new KeySchemaElement(SORT_KEY, "RANGE")),
                null,
                null,
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
                false));
    }

    public TableDefinition definition() {
        return table.engine().catalog().table(Table.NAME).orElseThrow();
    }

    public Item key(int partition, int place) {
        return Item.builder()
                .set(Items.KEY, partitionKey(partition))
                .set(SORT_KEY, sortKey(place))
                .build();
    }

    /** @param version another one than the last time, so that a put changes something */
    public Item item(int partition, int place, int version) {
        return Item.builder()
                .set(Items.KEY, partitionKey(partition))
                .set(SORT_KEY, sortKey(place))
                .set(TEXT, items.text(partition + place + version))
                .build();
    }

    private static String partitionKey(int partition) {
        return "partition-" + (100_000 + partition);
    }

    private static String sortKey(int place) {
        return "place-" + (100 + place);
    }

    /** GetItem. */
    public Item get(int partition, int place) {
        return table.engine()
                .read(new GetItemOperation(
                        new GetItemRequest(Table.NAME, key(partition, place), null, null, null, null, null, List.of())))
                .item();
    }

    /** Query of a partition's first items. */
    public List<Item> query(int partition, int limit) {
        return table.engine()
                .read(new QueryOperation(new QueryRequest(
                        Table.NAME,
                        null,
                        Items.KEY + " = :p",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(":p", new AttributeValue.S(partitionKey(partition))),
                        null,
                        limit,
                        null,
                        null,
                        null,
                        null,
                        List.of())))
                .items();
    }

    /** PutItem of all of them, many under way at a time. */
    public void fill(int partitions, int perPartition, int version) {
        put(
                number -> item((int) number / perPartition, (int) number % perPartition, version),
                (long) partitions * perPartition);
    }

    /** PutItem of the items with the numbers from 0 on, many under way at a time. */
    public void put(LongFunction<Item> numbered, long count) {
        table.fill(numbered, count);
    }

    /** UpdateItem of the first items, of each one attribute, many under way at a time. */
    public void updateAll(long count, int perPartition) {
        table.writeAll(
                number -> new UpdateItemOperation(new UpdateItemRequest(
                        Table.NAME,
                        key((int) number / perPartition, (int) number % perPartition),
                        "ADD visits :one",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of(":one", new AttributeValue.N(DynamoNumber.of(1))),
                        null,
                        null,
                        null,
                        null,
                        List.of())),
                count);
    }

    /** How much this adds to the journal. */
    public int journalBytes(Runnable writes) {
        double before = appended();
        writes.run();
        return (int) (appended() - before);
    }

    private double appended() {
        return table.meters().get("tailrace.journal.appended").counter().count();
    }

    @Override
    public void close() {
        table.close();
    }
}
