package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When time to live is switched on for a filled table, every item is told again as it then is, also when the engine is stopped
 * on the way or an index of the table needs the same; switching it off ends that.
 */
class TimeToLiveBackfillTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final BackfillLimits FAST = new BackfillLimits(1_000_000, 7, 1 << 20);
    private static final BackfillLimits SLOW = new BackfillLimits(100, 5, 1 << 20);
    private static final int ITEMS = 60;
    private static final int SOME = 10;

    @TempDir
    private Path folder;

    private TableEngine engine;
    private Api api;

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
        api = new Api(engine);
    }

    private void reopen(BackfillLimits limits) {
        engine.close();
        open(limits);
    }

    @Test
    void everyItemIsToldAsItIsWhileWritesGoOn() {
        fill(200);
        switchTimeToLive(true);
        for (int i = 0; i < 200; i += 3) {
            put(i, 2);
            api.deleteItem("{'TableName': 'Things', 'Key': {'p': {'S': 'item" + (i + 1) + "'}}}");
        }
        awaitEnd();

        assertThat(api.describeTable("{'TableName': 'Things'}").table().itemCount())
                .isEqualTo(JournaledChanges.assertEachItemIsToldAsItIs(engine));
    }

    @Test
    void descriptionsDoNotTellOfIt() {
        TableDescription before = api.describeTable("{'TableName': 'Things'}").table();
        fill(ITEMS);
        reopen(SLOW);
        switchTimeToLive(true);
        assertThat(isBackfilling()).isTrue();
        assertThat(api.describeTimeToLive("{'TableName': 'Things'}"))
                .isEqualTo(new DescribeTimeToLiveResponse("ENABLED", "expires"));
        TableDescription during = api.describeTable("{'TableName': 'Things'}").table();
        assertThat(during)
                .usingRecursiveComparison()
                .ignoringFields("itemCount", "tableSizeBytes")
                .isEqualTo(before);
        reopen(FAST);
        awaitEnd();
        assertThat(api.describeTable("{'TableName': 'Things'}").table()).isEqualTo(during);
        assertThat(api.describeTimeToLive("{'TableName': 'Things'}"))
                .isEqualTo(new DescribeTimeToLiveResponse("ENABLED", "expires"));
    }

    @Test
    void goesOnWhereItWasAfterARestart() {
        fill(ITEMS);
        reopen(SLOW);
        switchTimeToLive(true);
        await("some items are told", () -> backfills().size() >= SOME);
        reopen(FAST);
        awaitEnd();

        assertThat(backfills()).hasSize(ITEMS).doesNotHaveDuplicates();
    }

    @Test
    void switchingOffEndsItAndOnStartsItAnew() {
        fill(ITEMS);
        reopen(SLOW);
        switchTimeToLive(true);
        await("some items are told", () -> backfills().size() >= SOME);
        switchTimeToLive(false);
        assertThat(isBackfilling()).isFalse();
        assertThat(backfills()).hasSizeBetween(SOME, ITEMS - 1);
        fill(SOME);
        reopen(FAST);
        fill(SOME);
        switchTimeToLive(true);
        awaitEnd();

        List<Change> changes = JournaledChanges.of(engine);
        int off = indexOf(changes, 0, table -> table.details().timeToLive() != null && table.ttlAttribute() == null);
        int onAgain = indexOf(changes, off, table -> table.ttlAttribute() != null);
        assertThat(told(changes.subList(off, onAgain))).isEmpty();
        assertThat(told(changes.subList(onAgain, changes.size())))
                .hasSize(ITEMS)
                .doesNotHaveDuplicates();
    }

    @Test
    void waitsUntilAnIndexKnowsAll() {
        fill(ITEMS);
        reopen(SLOW);
        createIndex();
        await("some items are told", () -> backfills().size() >= SOME);
        switchTimeToLive(true);
        assertThat(indexStatus()).isEqualTo(IndexStatus.BACKFILLING);
        reopen(FAST);
        awaitEnd();

        List<Change> changes = JournaledChanges.of(engine);
        int indexed = indexOf(changes, 0, TimeToLiveBackfillTest::isCatchingUp);
        assertThat(told(changes.subList(0, indexed))).hasSize(ITEMS).doesNotHaveDuplicates();
        assertThat(told(changes.subList(indexed, changes.size())))
                .hasSize(ITEMS)
                .doesNotHaveDuplicates();
    }

    @Test
    void lettingAnIndexGoFirstNeitherMissesAnItem() {
        fill(ITEMS);
        reopen(SLOW);
        switchTimeToLive(true);
        await("some items are told", () -> backfills().size() >= SOME);
        createIndex();
        await("some more are told", () -> backfills().size() >= 3 * SOME);
        reopen(FAST);
        awaitEnd();

        List<Change> changes = JournaledChanges.of(engine);
        int created =
                indexOf(changes, 0, table -> !table.globalSecondaryIndexes().isEmpty());
        int indexed = indexOf(changes, created, TimeToLiveBackfillTest::isCatchingUp);
        assertThat(told(changes.subList(0, created))).hasSizeBetween(SOME, ITEMS - 1);
        assertThat(told(changes.subList(created, indexed))).hasSize(ITEMS).doesNotHaveDuplicates();
        List<Item> last = told(changes.subList(indexed, changes.size()));
        assertThat(last).isNotEmpty().doesNotHaveDuplicates();
        Set<Item> forTimeToLive = new HashSet<>(told(changes.subList(0, created)));
        forTimeToLive.addAll(last);
        assertThat(forTimeToLive).hasSize(ITEMS);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            put(i, 1);
        }
    }

    private void put(int number, int expires) {
        api.putItem("{'TableName': 'Things', 'Item': {'p': {'S': 'item" + number + "'}, 'expires': {'N': '" + expires
                + "'}, 'g': {'S': 'x'}}}");
    }

    private void switchTimeToLive(boolean on) {
        api.updateTimeToLive("{'TableName': 'Things', 'TimeToLiveSpecification': {'AttributeName': 'expires',"
                + "'Enabled': " + on + "}}");
    }

    private void createIndex() {
        api.updateTable(
                "{'TableName': 'Things', 'AttributeDefinitions': [{'AttributeName': 'g', 'AttributeType': 'S'}],"
                        + "'GlobalSecondaryIndexUpdates': [{'Create': {'IndexName': 'byG',"
                        + "'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'ALL'}}}]}");
    }

    private TableDefinition table() {
        return engine.catalog().table("Things").orElseThrow();
    }

    private IndexStatus indexStatus() {
        return table().globalSecondaryIndex("byG").orElseThrow().status();
    }

    private boolean isBackfilling() {
        return table().details().isTimeToLiveBackfilling();
    }

    private void awaitEnd() {
        await("all is told", () -> !isBackfilling());
    }

    private List<Item> backfills() {
        return told(List.copyOf(JournaledChanges.ofItems(engine)));
    }

    private static List<Item> told(List<Change> changes) {
        List<Item> keys = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof ItemChange item && item.isBackfill()) {
                keys.add(item.keys());
            }
        }
        return keys;
    }

    private static boolean isCatchingUp(TableDefinition table) {
        return table.globalSecondaryIndexes().stream().anyMatch(index -> index.status() == IndexStatus.CATCHING_UP);
    }

    /** Of the first change of the catalog that fits. */
    private static int indexOf(List<Change> changes, int from, Predicate<TableDefinition> condition) {
        for (int i = from; i < changes.size(); i++) {
            if (changes.get(i) instanceof CatalogChange change && condition.test(change.table())) {
                return i;
            }
        }
        throw new AssertionError("no such change");
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
