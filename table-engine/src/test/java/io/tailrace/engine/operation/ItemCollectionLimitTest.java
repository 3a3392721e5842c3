package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.PlanSettings;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Item collections of tables with local secondary indexes have exact sizes and do not outgrow their limit. */
class ItemCollectionLimitTest {
    private static final int LIMIT = 1000;
    /** Names and numbers of p, s and l: what an item takes without its x. */
    private static final int KEYS = 8;

    @TempDir
    Path directory;

    private TableEngine engine;
    private Api api;

    @BeforeEach
    void open() {
        open(LIMIT);
        createIndexed();
        createPlain();
    }

    private void createIndexed() {
        api.createTable("{'TableName': 'Indexed', 'BillingMode': 'PAY_PER_REQUEST',"
                + "'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'},"
                + "{'AttributeName': 's', 'AttributeType': 'N'}, {'AttributeName': 'l', 'AttributeType': 'N'}],"
                + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}, {'AttributeName': 's', 'KeyType': 'RANGE'}],"
                + "'LocalSecondaryIndexes': [" + index("all", "ALL") + "," + index("keys", "KEYS_ONLY") + "]}");
    }

    private void createPlain() {
        api.createTable("{'TableName': 'Plain', 'BillingMode': 'PAY_PER_REQUEST',"
                + "'AttributeDefinitions': [{'AttributeName': 'p', 'AttributeType': 'S'},"
                + "{'AttributeName': 's', 'AttributeType': 'N'}],"
                + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'},"
                + "{'AttributeName': 's', 'KeyType': 'RANGE'}]}");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theLimitCountsTheItemAndItsIndexEntries() {
        put(1, 400);
        assertThat(size()).isEqualTo(2 * (KEYS + 1 + 400) + KEYS);
        refused(() -> put(2, 200));
        assertThat(api.getItem("{'TableName': 'Indexed', 'Key': " + key(2) + "}")
                        .item())
                .isNull();
        api.putItem("{'TableName': 'Indexed', 'Item': {'p': {'S': 'q'}, 's': {'N': '1'}, 'x': {'S': '" + "x".repeat(900)
                + "'}}}");
        api.putItem("{'TableName': 'Plain', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': '" + "x".repeat(2000)
                + "'}}}");
    }

    @Test
    void whatDoesNotGrowIsAllowedBeyondTheLimit() {
        put(1, 450);
        engine.close();
        open(LIMIT / 2);
        refused(() -> put(1, 451));
        put(1, 450);
        put(1, 440);
        refused(() -> api.updateItem("{'TableName': 'Indexed', 'Key': " + key(1)
                + ", 'UpdateExpression': 'SET y = :y', 'ExpressionAttributeValues': {':y': {'S': 'y'}}}"));
        api.updateItem("{'TableName': 'Indexed', 'Key': " + key(1) + ", 'UpdateExpression': 'REMOVE l'}");
        assertThat(size()).isEqualTo(KEYS - 3 + 1 + 440);
        api.deleteItem("{'TableName': 'Indexed', 'Key': " + key(1) + "}");
        assertThat(size()).isZero();
    }

    @Test
    void aTransactionIsCancelledForTheActionThatIsTooMuch() {
        String transaction = "{'TransactItems': [{'Put': " + request(1, 200) + "}, {'Put': " + request(2, 200)
                + "}, {'Put': " + request(3, 200) + "}]}";
        DynamoException cancelled =
                Api.refusal(ErrorType.TRANSACTION_CANCELED, () -> api.transactWriteItems(transaction));
        assertThat(cancelled)
                .hasMessage("Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[None, None, ItemCollectionSizeLimitExceeded]");
        assertThat(cancelled.cancellationReasons().get(2))
                .isEqualTo(
                        new CancellationReason("ItemCollectionSizeLimitExceeded", "Collection size exceeded.", null));
        assertThat(size()).isZero();
    }

    @Test
    void batchesStatementsAndCommandsHaveTheLimitToo() {
        put(1, 400);
        refused(() -> api.batchWriteItem(
                "{'RequestItems': {'Indexed': [{'PutRequest': {'Item': " + itemJson(2, 200) + "}}]}}"));
        ExecuteStatementRequest insert = new ExecuteStatementRequest(
                "INSERT INTO Indexed VALUE {'p': 'a', 's': 2, 'l': 1, 'x': '" + "x".repeat(200) + "'}",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
        refused(() -> Api.join(new ExecuteStatementOperation(insert).execute(engine)));
        refused(() -> api.write(new CommandOperation(Command.put("id", "test", "Indexed", item(itemJson(2, 200))))));
    }

    @Test
    void metricsTellTheSizeAfterTheWriteInGigabytes() {
        engine.close();
        open(Limits.MAX_ITEM_COLLECTION_BYTES);
        String metrics = ", 'ReturnItemCollectionMetrics': 'SIZE'}";
        String put = request(1, 400);
        assertThat(api.putItem(put.substring(0, put.length() - 1) + metrics).itemCollectionMetrics())
                .isEqualTo(new ItemCollectionMetrics(item("{'p': {'S': 'a'}}"), List.of(0.0, 1.0)));
        assertThat(new ItemCollections(new InMemoryEngine("r") {
                            @Override
                            public long itemCollectionBytes(TableDefinition table, Item key) {
                                return (3L << 30) - 1;
                            }
                        })
                        .metrics(engine.catalog().table("Indexed").orElseThrow(), item(itemJson(1, 1)))
                        .sizeEstimateRangeGb())
                .containsExactly(2.0, 3.0);
    }

    @Test
    void sizesSurviveARestartAndEndWithTheTable() {
        put(1, 100);
        put(2, 50);
        long size = size();
        engine.close();
        open(LIMIT);
        assertThat(size()).isEqualTo(size);
        api.deleteTable("{'TableName': 'Indexed'}");
        createIndexed();
        assertThat(size()).isZero();
    }

    private void open(long limit) {
        engine = TableEngine.open(
                TestEngines.config(directory).withPlans(PlanSettings.DEFAULT.withMaxItemCollectionBytes(limit)),
                TestEngines.dependencies());
        api = new Api(engine);
    }

    private long size() {
        return api.write(context -> new Plan<>(
                List.of(), context.itemCollectionBytes(context.table("Indexed").orElseThrow(), item(key(1)))));
    }

    private void put(int s, int bytes) {
        api.putItem(request(s, bytes));
    }

    private static void refused(Runnable write) {
        assertThat(Api.refusal(ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, () -> {
                    write.run();
                    return null;
                }))
                .hasMessage("Collection size exceeded.");
    }

    private static String request(int s, int bytes) {
        return "{'TableName': 'Indexed', 'Item': " + itemJson(s, bytes) + "}";
    }

    private static String itemJson(int s, int bytes) {
        return "{'p': {'S': 'a'}, 's': {'N': '" + s + "'}, 'l': {'N': '1'}, 'x': {'S': '" + "x".repeat(bytes) + "'}}";
    }

    private static String key(int s) {
        return "{'p': {'S': 'a'}, 's': {'N': '" + s + "'}}";
    }

    private static String index(String name, String projection) {
        return "{'IndexName': '" + name + "', 'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'},"
                + "{'AttributeName': 'l', 'KeyType': 'RANGE'}], 'Projection': {'ProjectionType': '" + projection
                + "'}}";
    }
}
