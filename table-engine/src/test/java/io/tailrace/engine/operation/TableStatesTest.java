package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.MutableClock;
import io.tailrace.engine.writer.PlanSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are created, updated and deleted in a time that is set, by the engine's clock, and over restarts. */
class TableStatesTest {
    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final String IN_USE = "Attempt to change a resource which is still in use: ";
    private static final String MUSIC = "{'TableName': 'Music'}";
    private static final String ITEM = "{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}}}";

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-21T10:00:00Z"));
    private TableEngine engine;
    private Api api;

    @BeforeEach
    void open() {
        engine = TableEngine.open(
                TestEngines.config(directory).withPlans(PlanSettings.DEFAULT.withTableTransition(DELAY)),
                new EngineDependencies(clock, new SimpleMeterRegistry(), UUID::randomUUID));
        api = new Api(engine);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aTableThatIsBeingCreatedIsNotThereForItems() {
        assertThat(api.createTable(ItemOperationsKit.MUSIC).table().tableStatus())
                .isEqualTo("CREATING");
        assertThat(status()).isEqualTo("CREATING");
        restart();
        assertThat(status()).isEqualTo("CREATING");
        assertThat(api.describeTable(MUSIC)
                        .table()
                        .globalSecondaryIndexes()
                        .get(0)
                        .indexStatus())
                .isEqualTo("CREATING");
        Supplier<?> put = () -> api.putItem(ITEM);
        Api.assertRefused(ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found", put);
        Api.refusal(ErrorType.RESOURCE_NOT_FOUND, () -> api.scan(MUSIC));
        Api.refusal(
                ErrorType.RESOURCE_NOT_FOUND,
                () -> api.getItem("{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}}"));
        inUse("Table is being created: Music", () -> api.createTable(ItemOperationsKit.MUSIC));
        inUse("Table is being created: Music", () -> api.deleteTable(MUSIC));
        inUse("Table is being created: Music", this::protect);
        inUse("Table is being created: Music", this::tag);
        inUse(
                "Table is being created: Music",
                () -> api.updateTimeToLive("{'TableName': 'Music', 'TimeToLiveSpecification': {'Enabled': true, "
                        + "'AttributeName': 'ttl'}}"));
        clock.advance(DELAY.minusMillis(1));
        assertThat(status()).isEqualTo("CREATING");
        clock.advance(Duration.ofMillis(1));
        assertThat(status()).isEqualTo("ACTIVE");
        api.putItem(ITEM);
    }

    @Test
    void aTableThatIsBeingUpdatedServesItemsAndProtection() {
        create();
        assertThat(api.updateTable("{'TableName': 'Music', 'TableClass': 'STANDARD_INFREQUENT_ACCESS'}")
                        .tableDescription()
                        .tableStatus())
                .isEqualTo("UPDATING");
        restart();
        assertThat(status()).isEqualTo("UPDATING");
        api.putItem(ITEM);
        protect();
        tag();
        inUse("Table is being updated: Music", this::disableStream);
        inUse("Table: Music is in the process of being updated.", () -> api.deleteTable(MUSIC));
        Api.assertRefused(
                ErrorType.RESOURCE_IN_USE,
                "Table already exists: Music",
                () -> api.createTable(ItemOperationsKit.MUSIC));
        clock.advance(DELAY);
        assertThat(status()).isEqualTo("ACTIVE");
    }

    @Test
    void warmThroughputIsPreparedWhileTheTableIsActive() {
        create();
        api.updateTable("{'TableName': 'Music', 'WarmThroughput': {'WriteUnitsPerSecond': 5000}}");
        assertThat(status()).isEqualTo("ACTIVE");
        assertThat(api.describeTable(MUSIC).table().warmThroughput())
                .isEqualTo(new WarmThroughputDescription(12_000, 5_000, "UPDATING"));
        clock.advance(DELAY);
        assertThat(api.describeTable(MUSIC).table().warmThroughput())
                .isEqualTo(new WarmThroughputDescription(12_000, 5_000, "ACTIVE"));
    }

    @Test
    void aTableThatIsBeingDeletedGoesByItself() throws InterruptedException {
        create();
        api.putItem(ITEM);
        int id = engine.catalog().table("Music").orElseThrow().id();
        assertThat(api.deleteTable(MUSIC).table().tableStatus()).isEqualTo("DELETING");
        restart();
        assertThat(status()).isEqualTo("DELETING");
        assertThat(api.scan(MUSIC).count()).isEqualTo(1);
        inUse("Table is being deleted: Music", () -> api.deleteTable(MUSIC));
        inUse("Table is being deleted: Music", this::protect);
        Api.assertRefused(
                ErrorType.RESOURCE_IN_USE,
                "Table already exists: Music",
                () -> api.createTable(ItemOperationsKit.MUSIC));
        long beforeTheEnd = engine.appliedSequence();
        clock.advance(DELAY);
        Api.refusal(ErrorType.RESOURCE_NOT_FOUND, () -> api.describeTable(MUSIC));
        assertThat(api.listTables("{}").tableNames()).isEmpty();
        assertThat(engine.journal().awaitReadable(beforeTheEnd, Duration.ofSeconds(90)))
                .isTrue();
        restart();
        assertThat(engine.catalog().table(id)).isEmpty();
    }

    @Test
    void itsNameIsFreeAtThatMoment() {
        create();
        api.putItem(ITEM);
        api.deleteTable(MUSIC);
        clock.advance(DELAY);
        api.createTable(ItemOperationsKit.MUSIC);
        clock.advance(DELAY);
        assertThat(api.scan(MUSIC).count()).isZero();
        restart();
        assertThat(status()).isEqualTo("ACTIVE");
        assertThat(engine.catalog().tables()).hasSize(1);
    }

    private void create() {
        api.createTable(ItemOperationsKit.MUSIC);
        clock.advance(DELAY);
    }

    private void restart() {
        engine.close();
        open();
    }

    private String status() {
        return api.describeTable(MUSIC).table().tableStatus();
    }

    private Object protect() {
        return api.updateTable("{'TableName': 'Music', 'DeletionProtectionEnabled': false}");
    }

    private Object disableStream() {
        return api.updateTable("{'TableName': 'Music', 'StreamSpecification': {'StreamEnabled': false}}");
    }

    private Object tag() {
        return api.tagResource("{'ResourceArn': 'arn:aws:dynamodb:" + TestEngines.REGION
                + ":000000000000:table/Music', 'Tags': [{'Key': 'a', 'Value': 'b'}]}");
    }

    private static void inUse(String message, Supplier<?> call) {
        Api.assertRefused(ErrorType.RESOURCE_IN_USE, IN_USE + message, call);
    }
}
