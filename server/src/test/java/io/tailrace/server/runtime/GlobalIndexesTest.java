package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.admin.PartState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A whole server with the embedded broker: indexes are added to filled tables while writes go on and taken away again, and
 * reads that wait for the indexes see what was acknowledged before them.
 */
final class GlobalIndexesTest {
    private static final String WAIT = "x-tailrace-wait-for-indexes";
    private static final int ITEMS = 500;

    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static DynamoDbClient client;

    @BeforeAll
    static void start() {
        server = ServerFixture.start(folder, Map.of());
        client = server.client();
        server.awaitPart("gsi", PartState.RUNNING);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static void createTable(String name) {
        client.createTable(r -> r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string("Id"))
                .keySchema(key("Id", KeyType.HASH)));
    }

    private static void fill(String table) {
        for (int first = 0; first < ITEMS; first += 25) {
            List<WriteRequest> batch = new ArrayList<>();
            for (int i = first; i < first + 25; i++) {
                PutRequest put = PutRequest.builder().item(item(i, "old")).build();
                batch.add(WriteRequest.builder().putRequest(put).build());
            }
            client.batchWriteItem(r -> r.requestItems(Map.of(table, batch)));
        }
    }

    private static Map<String, AttributeValue> item(int number, String state) {
        return Map.of(
                "Id", AttributeValue.fromS("id" + number),
                "State", AttributeValue.fromS(state),
                "Group", AttributeValue.fromS("group" + number % 7),
                "Size", AttributeValue.fromN(Integer.toString(number)));
    }

    private static void addIndex(String table, String name, KeySchemaElement... key) {
        GlobalSecondaryIndexUpdate create = GlobalSecondaryIndexUpdate.builder()
                .create(c -> c.indexName(name).keySchema(key).projection(p -> p.projectionType(ProjectionType.ALL)))
                .build();
        client.updateTable(r -> r.tableName(table)
                .attributeDefinitions(string("Id"), string("State"), string("Group"), number("Size"))
                .globalSecondaryIndexUpdates(create));
    }

    private static GlobalSecondaryIndexDescription index(String table, String name) {
        return client.describeTable(r -> r.tableName(table)).table().globalSecondaryIndexes().stream()
                .filter(index -> index.indexName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static void awaitActive(String table, String name) {
        ServerFixture.await(
                "index " + name + " is active", () -> index(table, name).indexStatus() == IndexStatus.ACTIVE);
    }

    private static Set<Map<String, AttributeValue>> scan(String table, String index) {
        Set<Map<String, AttributeValue>> items = new HashSet<>();
        client.scanPaginator(r -> r.tableName(table)
                        .indexName(index)
                        .limit(100)
                        .overrideConfiguration(o -> o.putHeader(WAIT, "true")))
                .items()
                .forEach(items::add);
        return items;
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static AttributeDefinition number(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.N)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @Test
    void anIndexIsAddedToAFilledTableWhileWritesGoOnAndTakenAwayAgain() {
        createTable("Filled");
        fill("Filled");
        AtomicBoolean active = new AtomicBoolean();
        CompletableFuture<Integer> writes = CompletableFuture.supplyAsync(() -> {
            int written = 0;
            while (!active.get() || written < 50) {
                int number = written * 37 % (ITEMS + 100);
                if (number % 5 == 0) {
                    client.deleteItem(
                            r -> r.tableName("Filled").key(Map.of("Id", AttributeValue.fromS("id" + number))));
                } else {
                    String state = "new" + written % 3;
                    client.putItem(r -> r.tableName("Filled").item(item(number, state)));
                }
                written++;
            }
            return written;
        });
        addIndex("Filled", "byState", key("State", KeyType.HASH), key("Size", KeyType.RANGE));
        assertThatThrownBy(() -> addIndex("Filled", "other", key("State", KeyType.HASH)))
                .isInstanceOf(DynamoDbException.class);
        awaitActive("Filled", "byState");
        active.set(true);
        assertThat(writes.join()).isPositive();

        Set<Map<String, AttributeValue>> table = scan("Filled", null);
        assertThat(scan("Filled", "byState")).isEqualTo(table);
        assertThat(index("Filled", "byState").itemCount()).isEqualTo(table.size());
        assertThat(index("Filled", "byState").indexSizeBytes())
                .isEqualTo(
                        client.describeTable(r -> r.tableName("Filled")).table().tableSizeBytes());

        GlobalSecondaryIndexUpdate delete = GlobalSecondaryIndexUpdate.builder()
                .delete(d -> d.indexName("byState"))
                .build();
        client.updateTable(r -> r.tableName("Filled").globalSecondaryIndexUpdates(delete));
        assertThatThrownBy(() -> scan("Filled", "byState"))
                .hasMessageContaining("The table does not have the specified index: byState");
        ServerFixture.await("the index is gone", () -> index("Filled", "byState") == null);
        addIndex("Filled", "byState", key("Group", KeyType.HASH));
        awaitActive("Filled", "byState");
        assertThat(scan("Filled", "byState")).isEqualTo(table);
    }

    @Test
    void readsThatWaitForTheIndexesSeeWhatWasWrittenBefore() {
        createTable("Awaited");
        addIndex("Awaited", "byState", key("State", KeyType.HASH));
        awaitActive("Awaited", "byState");
        for (int i = 0; i < 40; i++) {
            String state = "state" + i;
            int number = i;
            client.putItem(r -> r.tableName("Awaited").item(item(number % 3, state)));
            assertThat(client.query(r -> r.tableName("Awaited")
                                    .indexName("byState")
                                    .select(Select.COUNT)
                                    .keyConditionExpression("#s = :s")
                                    .expressionAttributeNames(Map.of("#s", "State"))
                                    .expressionAttributeValues(Map.of(":s", AttributeValue.fromS(state)))
                                    .overrideConfiguration(o -> o.putHeader(WAIT, "true")))
                            .count())
                    .as(state)
                    .isEqualTo(1);
        }
        assertThat(client.executeStatement(r -> r.statement("SELECT * FROM \"Awaited\".\"byState\"")
                                .overrideConfiguration(o -> o.putHeader(WAIT, "true")))
                        .items())
                .hasSize(3);
    }

    /** Between two pages items before and behind come, go and move, and so does the one at which the last page ended. */
    @Test
    void pagesAreStableUnderWrites() {
        createTable("Paged");
        addIndex("Paged", "byState", key("State", KeyType.HASH), key("Size", KeyType.RANGE));
        awaitActive("Paged", "byState");
        fill("Paged");
        for (boolean forward : List.of(true, false)) {
            List<Integer> seen = new ArrayList<>();
            Map<String, AttributeValue> start = null;
            do {
                QueryResponse page = pageOfOld(start, forward);
                page.items()
                        .forEach(item ->
                                seen.add(Integer.parseInt(item.get("Size").n())));
                if (start != null) {
                    putOld(Integer.parseInt(start.get("Size").n()));
                }
                start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
                if (start != null) {
                    disturb(start, forward ? 10 : -10);
                }
            } while (start != null);
            assertThat(seen)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(forward ? Comparator.naturalOrder() : Comparator.reverseOrder())
                    .containsAll(IntStream.range(0, ITEMS)
                            .filter(number -> number % 10 != 0)
                            .boxed()
                            .toList());
        }
    }

    private static QueryResponse pageOfOld(Map<String, AttributeValue> start, boolean forward) {
        return client.query(r -> r.tableName("Paged")
                .indexName("byState")
                .keyConditionExpression("#s = :s")
                .expressionAttributeNames(Map.of("#s", "State"))
                .expressionAttributeValues(Map.of(":s", AttributeValue.fromS("old")))
                .scanIndexForward(forward)
                .limit(17)
                .exclusiveStartKey(start)
                .overrideConfiguration(o -> o.putHeader(WAIT, "true")));
    }

    /** Items whose numbers end in a 0 come, go and move; the last one of the page goes until the next page was read. */
    private static void disturb(Map<String, AttributeValue> lastKey, int step) {
        int last = Integer.parseInt(lastKey.get("Size").n());
        int tens = last / 10 * 10;
        client.putItem(r -> r.tableName("Paged").item(item(Math.floorMod(tens - step, ITEMS), "moved")));
        delete(Math.floorMod(tens + 2 * step, ITEMS));
        putOld(Math.floorMod(tens + 3 * step, ITEMS));
        delete(last);
    }

    private static void putOld(int number) {
        client.putItem(r -> r.tableName("Paged").item(item(number, "old")));
    }

    private static void delete(int number) {
        client.deleteItem(r -> r.tableName("Paged").key(Map.of("Id", AttributeValue.fromS("id" + number))));
    }

    @Test
    void anIndexOverSeveralAttributesIsQueriedByThem() {
        createTable("Several");
        fill("Several");
        addIndex(
                "Several",
                "byGroupAndState",
                key("Group", KeyType.HASH),
                key("State", KeyType.HASH),
                key("Size", KeyType.RANGE),
                key("Id", KeyType.RANGE));
        awaitActive("Several", "byGroupAndState");
        assertThat(client.query(r -> r.tableName("Several")
                                .indexName("byGroupAndState")
                                .keyConditionExpression("#g = :g AND #s = :s AND #z < :z")
                                .expressionAttributeNames(Map.of("#g", "Group", "#s", "State", "#z", "Size"))
                                .expressionAttributeValues(Map.of(
                                        ":g", AttributeValue.fromS("group3"),
                                        ":s", AttributeValue.fromS("old"),
                                        ":z", AttributeValue.fromN("25"))))
                        .items())
                .extracting(item -> item.get("Size").n())
                .containsExactly("3", "10", "17", "24");
    }
}
