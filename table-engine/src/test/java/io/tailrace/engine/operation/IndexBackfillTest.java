package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An index that is added to a filled table is told of every item as it then is, once, also when the engine is stopped on the
 * way; it becomes active when it has heard it all, and leaves when it is empty.
 */
class IndexBackfillTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final BackfillLimits FAST = new BackfillLimits(1_000_000, 7, 1 << 20);
    private static final BackfillLimits SLOW = new BackfillLimits(100, 5, 1 << 20);
    private static final String CREATE_INDEX = "{'TableName': 'Things', 'AttributeDefinitions': ["
            + "{'AttributeName': 'g', 'AttributeType': 'S'}], 'GlobalSecondaryIndexUpdates': [{'Create': {"
            + "'IndexName': 'byG', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}],"
            + "'Projection': {'ProjectionType': 'ALL'}}}]}";

    @TempDir
    private Path folder;

    private final Indexes indexes = new Indexes();
    private TableEngine engine;
    private Api api;

    /** Indexes that have applied, and hold, what the test says. */
    private static final class Indexes implements GlobalIndexReader {
        private volatile CompletableFuture<Void> applied = CompletableFuture.completedFuture(null);
        private volatile long entries;

        @Override
        public IndexPage read(int indexId, byte[] from, byte[] to, boolean forward, int maxEntries, long maxBytes) {
            return new IndexPage(List.of(), false);
        }

        @Override
        public TableStatistics statistics(int indexId) {
            return new TableStatistics(entries, 10 * entries);
        }

        @Override
        public CompletableFuture<Void> whenApplied(long sequence) {
            return applied;
        }
    }

    @BeforeEach
    void open() {
        open(FAST);
        api.createTable(
                "{'TableName': 'Things', 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}],"
                        + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'BillingMode': 'PAY_PER_REQUEST'}");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void open(BackfillLimits limits) {
        EngineConfig config = TestEngines.config(folder).withBackfill(limits);
        engine = TableEngine.open(config, TestEngines.dependencies());
        engine.setGlobalIndexReader(indexes);
        api = new Api(engine);
    }

    @Test
    void everyItemIsToldAsItIsWhileWritesGoOn() {
        for (int i = 0; i < 200; i++) {
            put(i, "old");
        }
        api.updateTable(CREATE_INDEX);
        for (int i = 0; i < 200; i += 3) {
            put(i, "new");
            api.deleteItem("{'TableName': 'Things', 'Key': {'p': {'S': 'item" + (i + 1) + "'}}}");
        }
        await("the index is active", () -> status().equals(Optional.of(IndexStatus.ACTIVE)));

        assertThat(api.describeTable("{'TableName': 'Things'}").table().itemCount())
                .isEqualTo(JournaledChanges.assertEachItemIsToldAsItIs(engine));
    }

    @Test
    void goesOnWhereItWasAfterARestart() {
        for (int i = 0; i < 60; i++) {
            put(i, "x");
        }
        engine.close();
        open(SLOW);
        api.updateTable(CREATE_INDEX);
        await("some items are told", () -> backfills().size() >= 10);
        engine.close();
        open(FAST);
        assertThat(backfills()).hasSizeBetween(10, 55);
        await("the index is active", () -> status().equals(Optional.of(IndexStatus.ACTIVE)));

        assertThat(backfills()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void isReadableWhenItHoldsEverythingAndNotBefore() {
        put(1, "x");
        indexes.applied = new CompletableFuture<>();
        GlobalSecondaryIndexDescription created =
                index(api.updateTable(CREATE_INDEX).tableDescription());
        assertThat(created.indexStatus()).isEqualTo("CREATING");
        await("all is told", () -> status().equals(Optional.of(IndexStatus.CATCHING_UP)));
        GlobalSecondaryIndexDescription described = described();
        assertThat(described.indexStatus()).isEqualTo("CREATING");
        assertThat(described.backfilling()).isTrue();
        String query = "{'TableName': 'Things', 'IndexName': 'byG', 'KeyConditionExpression': 'g = :g',"
                + "'ExpressionAttributeValues': {':g': {'S': 'x'}}}";
        Api.assertInvalid("Cannot read from backfilling global secondary index: byG", () -> api.query(query));
        Api.assertInvalid(
                "Cannot read from backfilling global secondary index: byG",
                () -> api.scan("{'TableName': 'Things', 'IndexName': 'byG'}"));
        Api.assertInvalid(
                "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N "
                        + "IndexName: byG",
                () -> api.putItem("{'TableName': 'Things', 'Item': {'p': {'S': 'a'}, 'g': {'N': '1'}}}"));
        Api.assertRefused(
                ErrorType.LIMIT_EXCEEDED,
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
                () -> api.updateTable(CREATE_INDEX.replace("byG", "other")));

        indexes.applied.complete(null);
        await("the index is active", () -> status().equals(Optional.of(IndexStatus.ACTIVE)));
        indexes.entries = 7;
        assertThat(described().backfilling()).isNull();
        assertThat(described().itemCount()).isEqualTo(7);
        assertThat(described().indexSizeBytes()).isEqualTo(70);
        assertThat(api.query(query).items()).isEmpty();
    }

    @Test
    void whoWatchesIsToldOfTheCatalogAndOfItsChanges() {
        put(1, "x");
        Queue<Integer> numbers = new ConcurrentLinkedQueue<>();
        engine.watchCatalog(catalog -> numbers.add(catalog.tables().stream()
                .mapToInt(table -> table.globalSecondaryIndexes().size())
                .sum()));
        await("it is told of what there is", () -> numbers.contains(0));

        api.updateTable(CREATE_INDEX);
        await("it is told of the index", () -> numbers.contains(1));
    }

    @Test
    void leavesTheTableWhenItsEntriesAreGone() {
        put(1, "x");
        api.updateTable(CREATE_INDEX);
        await("the index is active", () -> status().equals(Optional.of(IndexStatus.ACTIVE)));
        int firstId = definition().orElseThrow().id();
        indexes.entries = 1;
        String delete = "{'TableName': 'Things', 'GlobalSecondaryIndexUpdates': [{'Delete': {'IndexName': 'byG'}}]}";
        assertThat(index(api.updateTable(delete).tableDescription()).indexStatus())
                .isEqualTo("DELETING");
        Api.assertInvalid(
                "The table does not have the specified index: byG",
                () -> api.scan("{'TableName': 'Things', 'IndexName': 'byG'}"));
        api.putItem("{'TableName': 'Things', 'Item': {'p': {'S': 'a'}, 'g': {'N': '1'}}}");
        assertThat(described().indexStatus()).isEqualTo("DELETING");

        indexes.entries = 0;
        await("the index is gone", () -> status().isEmpty());
        TableDescription table = api.describeTable("{'TableName': 'Things'}").table();
        assertThat(table.globalSecondaryIndexes()).isNull();
        assertThat(table.attributeDefinitions()).containsExactly(new AttributeDefinition("p", "S"));
        api.updateTable(CREATE_INDEX);
        assertThat(definition().orElseThrow().id()).isGreaterThan(firstId);
    }

    @Test
    void anIndexThatIsStillBeingBuiltCanBeDeleted() {
        put(1, "x");
        indexes.applied = new CompletableFuture<>();
        api.updateTable(CREATE_INDEX);
        api.updateTable("{'TableName': 'Things', 'GlobalSecondaryIndexUpdates': [{'Delete': {'IndexName': 'byG'}}]}");
        assertThat(status()).contains(IndexStatus.DELETING);
        indexes.applied.complete(null);
        await("the index is gone", () -> status().isEmpty());
    }

    private void put(int number, String g) {
        api.putItem("{'TableName': 'Things', 'Item': {'p': {'S': 'item" + number + "'}, 'g': {'S': '" + g + "'}}}");
    }

    private Optional<IndexDefinition> definition() {
        return engine.catalog().table("Things").orElseThrow().globalSecondaryIndex("byG");
    }

    private Optional<IndexStatus> status() {
        return definition().map(IndexDefinition::status);
    }

    private GlobalSecondaryIndexDescription described() {
        return index(api.describeTable("{'TableName': 'Things'}").table());
    }

    private static GlobalSecondaryIndexDescription index(TableDescription table) {
        return table.globalSecondaryIndexes().get(0);
    }

    private List<Item> backfills() {
        return JournaledChanges.ofItems(engine).stream()
                .filter(ItemChange::isBackfill)
                .map(ItemChange::keys)
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
