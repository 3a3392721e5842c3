package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.engine.operation.TellTableOperation.Told;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table that is told again has the indexes that it had, under new ids and built anew in one walk, and its items are told to
 * time to live; what it is otherwise stays, and nothing at all is told of one that is gone.
 */
class TellTableTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int ITEMS = 40;
    private static final String TABLE =
            "{'TableName': '%s', 'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'}, "
                    + "{'AttributeName': 'g', 'AttributeType': 'S'}, {'AttributeName': 'h', 'AttributeType': 'S'}],"
                    + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}], 'BillingMode': 'PAY_PER_REQUEST',"
                    + "'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'NEW_IMAGE'},"
                    + "'GlobalSecondaryIndexes': [{'IndexName': 'byG', 'KeySchema': [{'AttributeName': 'g',"
                    + "'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'ALL'}}, {'IndexName': 'byH', 'KeySchema':"
                    + "[{'AttributeName': 'h', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'KEYS_ONLY'},"
                    + "'OnDemandThroughput': {'MaxReadRequestUnits': 7}}]}";

    @TempDir
    private Path folder;

    private TableEngine engine;
    private Api api;

    @BeforeEach
    void open() {
        engine = TableEngine.open(
                TestEngines.config(folder).withBackfill(new BackfillLimits(1_000_000, 7, 1 << 20)),
                TestEngines.dependencies());
        api = new Api(engine);
        api.createTable(TABLE.formatted("Things"));
        for (int i = 0; i < ITEMS; i++) {
            api.putItem("{'TableName': 'Things', 'Item': {'p': {'S': 'item" + i + "'}, 'g': {'S': 'x'}}}");
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void indexesAreBuiltAnewUnderNewIds() {
        engine.setGlobalIndexReader(new Indexes());
        api.updateTimeToLive(
                "{'TableName': 'Things', 'TimeToLiveSpecification': {'AttributeName': 'expires', 'Enabled': true}}");
        await("time to live knows all", () -> !table().details().isTimeToLiveBackfilling());
        TableDescription described = described();
        TableDefinition before = table();

        assertThat(tell(before)).isEqualTo(new Told(List.of("byG", "byH"), true));
        await(
                "all is told",
                () -> !table().details().isTimeToLiveBackfilling()
                        && table().globalSecondaryIndexes().stream()
                                .allMatch(index -> index.status() == IndexStatus.ACTIVE));

        assertThat(described()).isEqualTo(described);
        Set<Integer> ids = new HashSet<>();
        before.globalSecondaryIndexes().forEach(index -> ids.add(index.id()));
        table().globalSecondaryIndexes().forEach(index -> ids.add(index.id()));
        assertThat(ids).hasSize(4);
        assertThat(table().stream()).isEqualTo(before.stream());
        assertThat(engine.streams().all()).hasSize(1);
        assertThat(toldItems(table().globalSecondaryIndexes().get(1).id()))
                .as("in one walk for both indexes, and one for time to live")
                .isEqualTo(2 * ITEMS);
    }

    @Test
    void untilThenTheyCannotBeRead() {
        assertThat(tell(table()).timeToLive()).isFalse();
        assertThat(table().globalSecondaryIndexes())
                .extracting(IndexDefinition::status)
                .doesNotContain(IndexStatus.ACTIVE);
        Api.assertInvalid(
                "Cannot read from backfilling global secondary index: byG",
                () -> api.scan("{'TableName': 'Things', 'IndexName': 'byG'}"));
    }

    /** One walk tells for both; when one of them goes, another walk begins for the one that is left. */
    @Test
    void anIndexThatGoesMeanwhileLeavesTheOtherOne() {
        engine.close();
        engine = TableEngine.open(
                TestEngines.config(folder).withBackfill(new BackfillLimits(100, 5, 1 << 20)),
                TestEngines.dependencies());
        api = new Api(engine);
        engine.setGlobalIndexReader(new Indexes());
        tell(table());
        int kept = table().globalSecondaryIndexes().get(0).id();
        int going = table().globalSecondaryIndexes().get(1).id();
        engine.write(new IndexStatusOperation(
                        table(), going, IndexStatus.BACKFILLING, Optional.of(IndexStatus.DELETING)))
                .join();
        await(
                "the other one is active",
                () -> table().globalSecondaryIndexes().stream()
                        .allMatch(index -> index.id() == kept && index.status() == IndexStatus.ACTIVE));
        assertThat(toldItems(kept)).isGreaterThanOrEqualTo(ITEMS);
    }

    @Test
    void nothingIsToldOfATableThatIsGone() {
        TableDefinition gone = table();
        api.deleteTable("{'TableName': 'Things'}");
        api.createTable(TABLE.formatted("Things"));
        assertThat(tell(gone)).isEqualTo(new Told(List.of(), false));
        assertThat(table().globalSecondaryIndexes())
                .extracting(IndexDefinition::status)
                .containsOnly(IndexStatus.ACTIVE);
    }

    private Told tell(TableDefinition table) {
        return engine.write(new TellTableOperation(table)).join();
    }

    private TableDefinition table() {
        return engine.catalog().table("Things").orElseThrow();
    }

    private TableDescription described() {
        return api.describeTable("{'TableName': 'Things'}").table();
    }

    /** Behind the commit that gave the index its id. */
    private long toldItems(int indexId) {
        boolean[] began = new boolean[1];
        return JournaledChanges.of(engine).stream()
                .filter(change -> {
                    if (change instanceof CatalogChange catalog) {
                        began[0] |= catalog.table().globalSecondaryIndexes().stream()
                                .anyMatch(index -> index.id() == indexId);
                    }
                    return began[0] && change instanceof ItemChange item && item.isBackfill();
                })
                .count();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Indexes that have applied everything, and are empty. */
    private static final class Indexes implements GlobalIndexReader {
        @Override
        public IndexPage read(int indexId, byte[] from, byte[] to, boolean forward, int maxEntries, long maxBytes) {
            return new IndexPage(List.of(), false);
        }

        @Override
        public TableStatistics statistics(int indexId) {
            return new TableStatistics(0, 0);
        }

        @Override
        public CompletableFuture<Void> whenApplied(long sequence) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
