package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.UserIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What operations on items do, over any engine. The table {@code Music} has the partition key {@code p} (S), the sort key
 * {@code s} (N), the local indexes {@code byL} (keys only) and {@code byLAll}, and the global index {@code byG} that includes
 * {@code x}.
 */
abstract class ItemOperationsKit {
    static final String MUSIC = "{'TableName': 'Music', 'AttributeDefinitions': ["
            + "{'AttributeName': 'p', 'AttributeType': 'S'}, {'AttributeName': 's', 'AttributeType': 'N'},"
            + "{'AttributeName': 'l', 'AttributeType': 'S'}, {'AttributeName': 'g', 'AttributeType': 'S'}],"
            + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}, {'AttributeName': 's', 'KeyType': 'RANGE'}],"
            + "'LocalSecondaryIndexes': [{'IndexName': 'byL', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'},"
            + "{'AttributeName': 'l', 'KeyType': 'RANGE'}], 'Projection': {'ProjectionType': 'KEYS_ONLY'}},"
            + "{'IndexName': 'byLAll', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'},"
            + "{'AttributeName': 'l', 'KeyType': 'RANGE'}], 'Projection': {'ProjectionType': 'ALL'}}],"
            + "'GlobalSecondaryIndexes': [{'IndexName': 'byG', 'KeySchema': [{'AttributeName': 'g', 'KeyType': 'HASH'}],"
            + "'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['x']}}],"
            + "'BillingMode': 'PAY_PER_REQUEST'}";

    Api api;

    /** A new engine without tables. */
    abstract OperationExecutor newEngine();

    @BeforeEach
    void createTable() {
        api = new Api(newEngine());
        api.createTable(MUSIC);
    }

    @Test
    void putsAndGetsAnItem() {
        put("{'p': {'S': 'a'}, 's': {'N': '1.0'}, 'x': {'L': [{'NULL': true}, {'M': {}}]}}");
        assertThat(get("{'p': {'S': 'a'}, 's': {'N': '1e0'}}"))
                .isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'L': [{'NULL': true}, {'M': {}}]}}"));
        assertThat(get("{'p': {'S': 'a'}, 's': {'N': '2'}}")).isNull();
    }

    @Test
    void getsWhatTheProjectionSelects() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'M': {'y': {'L': [{'N': '7'}, {'N': '8'}]}, 'z': {'S': 'w'}}}}");
        String key = "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}, ";
        assertThat(api.getItem(key + "'ProjectionExpression': 'x.y[1], #p', 'ExpressionAttributeNames': {'#p': 'p'}}")
                        .item())
                .isEqualTo(item("{'x': {'M': {'y': {'L': [{'N': '8'}]}}}, 'p': {'S': 'a'}}"));
        assertThat(api.getItem(key + "'AttributesToGet': ['s', 'nope']}").item())
                .isEqualTo(item("{'s': {'N': '1'}}"));
        assertThat(api.getItem(key + "'ProjectionExpression': 'nope'}").item()).isEqualTo(Item.EMPTY);
    }

    @Test
    void putReturnsTheOldItemWhenAsked() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'old'}}");
        String request =
                "{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}}, 'ReturnValues': 'ALL_OLD'}";
        assertThat(api.putItem(request).attributes())
                .isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'old'}}"));
        assertThat(api.putItem(request.replace("'1'", "'2'")).attributes()).isNull();
    }

    @Test
    void aFailedConditionChangesNothingAndShowsTheItemWhenAsked() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'old'}}");
        String request = "{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                + "'ConditionExpression': 'attribute_not_exists(p)'";
        DynamoException silent = Api.refusal(ErrorType.CONDITIONAL_CHECK_FAILED, () -> api.putItem(request + "}"));
        assertThat(silent).hasMessage("The conditional request failed");
        assertThat(silent.item()).isEmpty();
        DynamoException telling = Api.refusal(
                ErrorType.CONDITIONAL_CHECK_FAILED,
                () -> api.putItem(request + ", 'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'}"));
        assertThat(telling.item()).contains(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'old'}}"));
        assertThat(get("{'p': {'S': 'a'}, 's': {'N': '1'}}").has("x")).isTrue();
    }

    @Test
    void updatesAndReturnsAsAsked() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'N': '1'}, 'm': {'M': {'k': {'N': '1'}, 'l': {'N': '2'}}}}");
        String update = "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                + "'UpdateExpression': 'SET x = x + :one, m.k = :one REMOVE nope',"
                + "'ExpressionAttributeValues': {':one': {'N': '5'}}, 'ReturnValues': '%s'}";
        assertThat(api.updateItem(String.format(update, "UPDATED_OLD")).attributes())
                .isEqualTo(item("{'x': {'N': '1'}, 'm': {'M': {'k': {'N': '1'}}}}"));
        assertThat(api.updateItem(String.format(update, "UPDATED_NEW")).attributes())
                .isEqualTo(item("{'x': {'N': '11'}, 'm': {'M': {'k': {'N': '5'}}}}"));
        assertThat(api.updateItem(String.format(update, "ALL_OLD")).attributes().get("x"))
                .isEqualTo(AttributeValue.number(11));
        assertThat(api.updateItem(String.format(update, "ALL_NEW")).attributes().get("x"))
                .isEqualTo(AttributeValue.number(21));
        assertThat(api.updateItem(String.format(update, "NONE")).attributes()).isNull();
    }

    @Test
    void anUpdateWithoutExpressionMakesAnItemOfItsKey() {
        assertThat(api.updateItem("{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}}")
                        .attributes())
                .isNull();
        assertThat(get("{'p': {'S': 'a'}, 's': {'N': '1'}}")).isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}}"));
    }

    @Test
    void deletesAndReturnsTheOldItem() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'old'}}");
        String request = "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}, 'ReturnValues': 'ALL_OLD'}";
        assertThat(api.deleteItem(request).attributes().get("x")).isEqualTo(AttributeValue.string("old"));
        assertThat(api.deleteItem(request).attributes()).isNull();
        assertThat(get("{'p': {'S': 'a'}, 's': {'N': '1'}}")).isNull();
    }

    @Test
    void writesReportTheCapacityOfTableAndIndexes() {
        String request = "{'TableName': 'Music', 'ReturnConsumedCapacity': 'INDEXES', 'Item': {'p': {'S': 'a'},"
                + "'s': {'N': '1'}, 'l': {'S': '%s'}, 'g': {'S': 'g'}, 'x': {'S': '%s'}}}";
        ConsumedCapacity first = api.putItem(String.format(request, "l", "x")).consumedCapacity();
        assertThat(first)
                .isEqualTo(new ConsumedCapacity(
                        "Music",
                        4.0,
                        null,
                        null,
                        units(1.0),
                        Map.of("byL", units(1.0), "byLAll", units(1.0)),
                        Map.of("byG", units(1.0))));
        ConsumedCapacity grown =
                api.putItem(String.format(request, "l", "x".repeat(3000))).consumedCapacity();
        assertThat(grown.table()).isEqualTo(units(3.0));
        assertThat(grown.localSecondaryIndexes()).isEqualTo(Map.of("byLAll", units(3.0)));
        assertThat(grown.globalSecondaryIndexes()).isEqualTo(Map.of("byG", units(3.0)));
        ConsumedCapacity moved =
                api.putItem(String.format(request, "m", "x".repeat(3000))).consumedCapacity();
        assertThat(moved.localSecondaryIndexes()).isEqualTo(Map.of("byL", units(2.0), "byLAll", units(6.0)));
        assertThat(moved.globalSecondaryIndexes()).isNull();
        String delete = "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                + "'ReturnConsumedCapacity': 'TOTAL'}";
        assertThat(api.deleteItem(delete).consumedCapacity())
                .isEqualTo(new ConsumedCapacity("Music", 10.0, null, null, null, null, null));
        assertThat(api.deleteItem(delete).consumedCapacity().capacityUnits()).isEqualTo(1.0);
    }

    @Test
    void readsReportCapacityToTheHalfUnit() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': '" + "x".repeat(4090) + "'}}");
        String get = "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '%s'}},"
                + "'ReturnConsumedCapacity': 'TOTAL', 'ConsistentRead': %s}";
        assertThat(api.getItem(String.format(get, "1", true)).consumedCapacity().capacityUnits())
                .isEqualTo(1.0);
        assertThat(api.getItem(String.format(get, "1", false))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(0.5);
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': '" + "x".repeat(4091) + "'}}");
        assertThat(api.getItem(String.format(get, "1", false))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1.0);
        assertThat(api.getItem(String.format(get, "2", false))
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(0.5);
    }

    @Test
    void collectionMetricsAreOfTablesWithLocalIndexes() {
        String request = "{'TableName': 'Music', 'ReturnItemCollectionMetrics': 'SIZE',"
                + "'Item': {'p': {'S': 'a'}, 's': {'N': '1'}}}";
        assertThat(api.putItem(request).itemCollectionMetrics())
                .isEqualTo(new ItemCollectionMetrics(item("{'p': {'S': 'a'}}"), List.of(0.0, 1.0)));
        assertThat(api.putItem(request.replace("SIZE", "NONE")).itemCollectionMetrics())
                .isNull();
    }

    @Test
    void queriesByRangesOfTheSortKey() {
        for (int s = -3; s <= 12; s++) {
            put("{'p': {'S': 'a'}, 's': {'N': '" + s + "'}}");
        }
        put("{'p': {'S': 'b'}, 's': {'N': '0'}}");
        assertThat(sortKeys("p = :p AND s < :s", "0")).containsExactly(-3L, -2L, -1L);
        assertThat(sortKeys("p = :p AND s <= :s", "-2")).containsExactly(-3L, -2L);
        assertThat(sortKeys("p = :p AND :s < s", "10")).containsExactly(11L, 12L);
        assertThat(sortKeys("p = :p AND s >= :s", "12.0")).containsExactly(12L);
        assertThat(sortKeys("p = :p AND s = :s", "2")).containsExactly(2L);
        assertThat(sortKeys("p = :p AND s BETWEEN :s AND :t", "-1", "1")).containsExactly(-1L, 0L, 1L);
        assertThat(sortKeys("p = :p AND s > :s", "99")).isEmpty();
    }

    @Test
    void queriesBackwardsInPages() {
        for (int s = 1; s <= 5; s++) {
            put("{'p': {'S': 'a'}, 's': {'N': '" + s + "'}}");
        }
        List<Long> seen = new ArrayList<>();
        String start = "";
        int pages = 0;
        while (start != null) {
            QueryResponse page = api.query("{'TableName': 'Music', 'KeyConditionExpression': 'p = :p',"
                    + "'ExpressionAttributeValues': {':p': {'S': 'a'}}, 'ScanIndexForward': false, 'Limit': 2" + start
                    + "}");
            page.items().forEach(item -> seen.add(number(item, "s")));
            start = page.lastEvaluatedKey() == null
                    ? null
                    : ", 'ExclusiveStartKey': {'p': {'S': 'a'}, 's': {'N': '" + number(page.lastEvaluatedKey(), "s")
                            + "'}}";
            pages++;
        }
        assertThat(seen).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void aPageThatEndsAtTheLimitHasAKeyToGoOnAfter() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': 'no'}}");
        QueryResponse page = api.query("{'TableName': 'Music', 'KeyConditionExpression': 'p = :p', 'Limit': 1,"
                + "'FilterExpression': 'x = :x', 'ExpressionAttributeValues': {':p': {'S': 'a'}, ':x': {'S': 'x'}}}");
        assertThat(page.items()).isEmpty();
        assertThat(page.scannedCount()).isEqualTo(1);
        assertThat(page.lastEvaluatedKey()).isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}}"));
    }

    @Test
    void aPageEndsAtOneMegabyte() {
        for (int s = 1; s <= 4; s++) {
            put("{'p': {'S': 'a'}, 's': {'N': '" + s + "'}, 'x': {'S': '" + "x".repeat(390_000) + "'}}");
        }
        ScanResponse page = api.scan("{'TableName': 'Music', 'ReturnConsumedCapacity': 'TOTAL'}");
        assertThat(page.count()).isEqualTo(3);
        assertThat(page.lastEvaluatedKey()).isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '3'}}"));
        assertThat(page.consumedCapacity().capacityUnits()).isEqualTo(143.0);
    }

    @Test
    void countsWithoutItems() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}}");
        ScanResponse count = api.scan("{'TableName': 'Music', 'Select': 'COUNT'}");
        assertThat(count.items()).isNull();
        assertThat(count.count()).isEqualTo(1);
    }

    @Test
    void queriesLocalIndexesAndFetchesWhatTheyLack() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'l': {'S': 'z'}, 'x': {'S': 'x1'}}");
        put("{'p': {'S': 'a'}, 's': {'N': '2'}, 'l': {'S': 'y'}, 'x': {'S': 'x2'}}");
        put("{'p': {'S': 'a'}, 's': {'N': '3'}}");
        String query = "{'TableName': 'Music', 'IndexName': 'byL', 'KeyConditionExpression': 'p = :p',"
                + "'ExpressionAttributeValues': {':p': {'S': 'a'}}, 'ReturnConsumedCapacity': 'INDEXES',"
                + "'ConsistentRead': true";
        QueryResponse keys = api.query(query + "}");
        assertThat(keys.items())
                .containsExactly(
                        item("{'p': {'S': 'a'}, 's': {'N': '2'}, 'l': {'S': 'y'}}"),
                        item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'l': {'S': 'z'}}"));
        assertThat(keys.consumedCapacity().table()).isEqualTo(units(0.0));
        QueryResponse whole = api.query(query + ", 'ProjectionExpression': 'x'}");
        assertThat(whole.items()).containsExactly(item("{'x': {'S': 'x2'}}"), item("{'x': {'S': 'x1'}}"));
        assertThat(whole.consumedCapacity())
                .isEqualTo(new ConsumedCapacity("Music", 3.0, null, null, units(2.0), Map.of("byL", units(1.0)), null));
        assertThat(api.query(query + ", 'Select': 'ALL_ATTRIBUTES', 'Limit': 1}")
                        .items())
                .containsExactly(item("{'p': {'S': 'a'}, 's': {'N': '2'}, 'l': {'S': 'y'}, 'x': {'S': 'x2'}}"));
        assertThat(api.query(query.replace("byL", "byLAll") + ", 'Limit': 1}")
                        .items()
                        .get(0)
                        .has("x"))
                .isTrue();
    }

    @Test
    void localIndexesFollowUpdatesAndDeletes() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'l': {'S': 'z'}}");
        api.updateItem("{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                + "'UpdateExpression': 'SET l = :l', 'ExpressionAttributeValues': {':l': {'S': 'k'}}}");
        String query =
                "{'TableName': 'Music', 'IndexName': 'byL', 'KeyConditionExpression': 'p = :p AND begins_with(l, :l)',"
                        + "'ExpressionAttributeValues': {':p': {'S': 'a'}, ':l': {'S': '%s'}}}";
        assertThat(api.query(String.format(query, "z")).count()).isZero();
        assertThat(api.query(String.format(query, "k")).count()).isEqualTo(1);
        api.deleteItem("{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}}");
        assertThat(api.query(String.format(query, "k")).count()).isZero();
    }

    @Test
    void parallelScansAreDisjointAndComplete() {
        Set<Item> all = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            String key = "{'p': {'S': 'k" + i + "'}, 's': {'N': '1'}}";
            put(key);
            all.add(item(key));
        }
        List<Item> seen = new ArrayList<>();
        for (int segment = 0; segment < 5; segment++) {
            seen.addAll(api.scan("{'TableName': 'Music', 'Segment': " + segment + ", 'TotalSegments': 5}")
                    .items());
        }
        assertThat(seen).hasSize(40);
        assertThat(new HashSet<>(seen)).isEqualTo(all);
    }

    @Test
    void aScanGoesOnAfterItsKeyEvenWhenThatIsGone() {
        for (int i = 0; i < 10; i++) {
            put("{'p': {'S': 'k" + i + "'}, 's': {'N': '1'}}");
        }
        Set<Item> seen = new HashSet<>();
        String start = "";
        while (start != null) {
            ScanResponse page = api.scan("{'TableName': 'Music', 'Limit': 3" + start + "}");
            seen.addAll(page.items());
            start = null;
            if (page.lastEvaluatedKey() != null) {
                String key = "{'p': {'S': '"
                        + ((AttributeValue.S) page.lastEvaluatedKey().get("p")).value() + "'}, 's': {'N': '1'}}";
                api.deleteItem("{'TableName': 'Music', 'Key': " + key + "}");
                start = ", 'ExclusiveStartKey': " + key;
            }
        }
        assertThat(seen).hasSize(10);
    }

    @Test
    void writesAndGetsInBatches() {
        BatchWriteItemResponse written = api.batchWriteItem("{'ReturnConsumedCapacity': 'TOTAL',"
                + "'ReturnItemCollectionMetrics': 'SIZE', 'RequestItems': {'Music': ["
                + "{'PutRequest': {'Item': {'p': {'S': 'a'}, 's': {'N': '1'}}}},"
                + "{'PutRequest': {'Item': {'p': {'S': 'a'}, 's': {'N': '2'}}}},"
                + "{'DeleteRequest': {'Key': {'p': {'S': 'a'}, 's': {'N': '3'}}}}]}}");
        assertThat(written.unprocessedItems()).isEmpty();
        assertThat(written.consumedCapacity())
                .containsExactly(new ConsumedCapacity("Music", 3.0, null, null, null, null, null));
        assertThat(written.itemCollectionMetrics().get("Music")).hasSize(1);
        BatchGetItemResponse got = api.batchGetItem("{'ReturnConsumedCapacity': 'INDEXES', 'RequestItems': {'Music': {"
                + "'Keys': [{'p': {'S': 'a'}, 's': {'N': '2'}}, {'p': {'S': 'a'}, 's': {'N': '9'}},"
                + "{'p': {'S': 'a'}, 's': {'N': '1'}}], 'ProjectionExpression': 's'}}}");
        assertThat(got.responses().get("Music"))
                .containsExactlyInAnyOrder(item("{'s': {'N': '1'}}"), item("{'s': {'N': '2'}}"));
        assertThat(got.unprocessedKeys()).isEmpty();
        assertThat(got.consumedCapacity())
                .containsExactly(new ConsumedCapacity("Music", 1.5, null, null, units(1.5), null, null));
    }

    @Test
    void batchesOfTooManyBytesLeaveKeysUnprocessed() {
        StringBuilder keys = new StringBuilder();
        for (int s = 1; s <= 45; s++) {
            put("{'p': {'S': 'a'}, 's': {'N': '" + s + "'}, 'x': {'S': '" + "x".repeat(390_000) + "'}}");
            keys.append(s == 1 ? "" : ",")
                    .append("{'p': {'S': 'a'}, 's': {'N': '")
                    .append(s)
                    .append("'}}");
        }
        BatchGetItemResponse got =
                api.batchGetItem("{'RequestItems': {'Music': {'Keys': [" + keys + "], 'ConsistentRead': true}}}");
        assertThat(got.responses().get("Music")).hasSize(43);
        KeysAndAttributes left = got.unprocessedKeys().get("Music");
        assertThat(left.keys()).hasSize(2);
        assertThat(left.consistentRead()).isTrue();
    }

    @Test
    void commandsAreDroppedWhenTheirConditionOrTableIsGone() {
        Item item = item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'N': '7'}}");
        assertThat(api.write(new CommandOperation(Command.put("c1", "test", "Music", item))))
                .isEqualTo(CommandOutcome.APPLIED);
        assertThat(api.write(new CommandOperation(Command.put("c2", "test", "Nope", item))))
                .isEqualTo(CommandOutcome.TABLE_MISSING);
        assertThat(api.write(new CommandOperation(delete("8")))).isEqualTo(CommandOutcome.CONDITION_FAILED);
        assertThat(get("{'p': {'S': 'a'}, 's': {'N': '1'}}")).isNotNull();
        assertThat(api.write(new CommandOperation(delete("7")))).isEqualTo(CommandOutcome.APPLIED);
        assertThat(get("{'p': {'S': 'a'}, 's': {'N': '1'}}")).isNull();
    }

    @Test
    void aTransactionWritesAllOrNothing() {
        put("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'N': '5'}}");
        String actions =
                "{'ReturnConsumedCapacity': 'INDEXES', 'ReturnItemCollectionMetrics': 'SIZE', 'TransactItems': ["
                        + "{'Put': {'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '2'}}}},"
                        + "{'Update': {'TableName': 'Music', 'Key': {'p': {'S': 'b'}, 's': {'N': '1'}},"
                        + "'UpdateExpression': 'ADD n :one', 'ExpressionAttributeValues': {':one': {'N': '1'}}}},"
                        + "{'ConditionCheck': {'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                        + "'ConditionExpression': 'x = :x', 'ExpressionAttributeValues': {':x': {'N': '%s'}},"
                        + "'ReturnValuesOnConditionCheckFailure': 'ALL_OLD'}},"
                        + "{'Delete': {'TableName': 'Music', 'Key': {'p': {'S': 'c'}, 's': {'N': '1'}}}}]}";
        DynamoException cancelled =
                Api.refusal(ErrorType.TRANSACTION_CANCELED, () -> api.transactWriteItems(String.format(actions, "6")));
        assertThat(cancelled)
                .hasMessage("Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[None, None, ConditionalCheckFailed, None]");
        assertThat(cancelled.cancellationReasons().get(2).item())
                .isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'N': '5'}}"));
        assertThat(api.scan("{'TableName': 'Music'}").count()).isEqualTo(1);
        TransactWriteItemsResponse done = api.transactWriteItems(String.format(actions, "5"));
        assertThat(done.consumedCapacity())
                .containsExactly(
                        new ConsumedCapacity("Music", 8.0, null, 8.0, new Capacity(8.0, null, 8.0), null, null));
        assertThat(done.itemCollectionMetrics().get("Music")).hasSize(3);
        assertThat(get("{'p': {'S': 'b'}, 's': {'N': '1'}}").get("n")).isEqualTo(AttributeValue.number(1));
        TransactGetItemsResponse got = api.transactGetItems("{'ReturnConsumedCapacity': 'TOTAL', 'TransactItems': ["
                + "{'Get': {'TableName': 'Music', 'Key': {'p': {'S': 'b'}, 's': {'N': '1'}}, 'ProjectionExpression': 'n'}},"
                + "{'Get': {'TableName': 'Music', 'Key': {'p': {'S': 'c'}, 's': {'N': '1'}}}}]}");
        assertThat(got.responses())
                .containsExactly(new ItemResponse(item("{'n': {'N': '1'}}")), new ItemResponse(null));
        assertThat(got.consumedCapacity())
                .containsExactly(new ConsumedCapacity("Music", 4.0, 4.0, null, null, null, null));
    }

    private static Command delete(String expected) {
        return new Command(
                "c3",
                "test",
                "Music",
                0,
                new Command.Delete(item("{'p': {'S': 'a'}, 's': {'N': '1'}}")),
                "#x = :x",
                Map.of("#x", "x"),
                Map.of(":x", AttributeValue.number(expected)),
                UserIdentity.TIME_TO_LIVE);
    }

    private List<Long> sortKeys(String condition, String... numbers) {
        StringBuilder values = new StringBuilder("':p': {'S': 'a'}, ':s': {'N': '" + numbers[0] + "'}");
        if (numbers.length > 1) {
            values.append(", ':t': {'N': '").append(numbers[1]).append("'}");
        }
        return api
                .query("{'TableName': 'Music', 'KeyConditionExpression': '" + condition
                        + "', 'ExpressionAttributeValues': {" + values + "}}")
                .items()
                .stream()
                .map(item -> number(item, "s"))
                .toList();
    }

    static long number(Item item, String attribute) {
        return ((AttributeValue.N) item.get(attribute)).value().toBigDecimal().longValueExact();
    }

    private static Capacity units(double units) {
        return new Capacity(units, null, null);
    }

    void put(String item) {
        api.putItem("{'TableName': 'Music', 'Item': " + item + "}");
    }

    private Item get(String key) {
        return api.getItem("{'TableName': 'Music', 'ConsistentRead': true, 'Key': " + key + "}")
                .item();
    }
}
