package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and answers of transactions, member for member. */
final class TransactionsTest {
    @TempDir
    private static Path folder;

    private static ApiFixture api;

    @BeforeAll
    static void start() throws IOException {
        api = new ApiFixture(folder);
        ok(
                "CreateTable",
                "{\"TableName\":\"Txns\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                        + "{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}],"
                        + "\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}]}");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String ok(String operation, String body) throws IOException {
        Response response = api.call(operation, body);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return response.text();
    }

    private static String refused(String operation, String body) throws IOException {
        Response response = api.call(operation, body);
        assertThat(response.status()).as(response.text()).isEqualTo(400);
        return response.text();
    }

    private static String get(String key, String more) {
        return "{\"Get\":{\"TableName\":\"Txns\",\"Key\":{\"k\":{\"S\":\"" + key + "\"}}" + more + "}}";
    }

    @Test
    void itemsAreReadTogether() throws IOException {
        ok(
                "PutItem",
                "{\"TableName\":\"Txns\",\"Item\":{\"k\":{\"S\":\"read\"},\"a\":{\"N\":\"1\"},\"b\":{\"N\":\"2\"}}}");
        assertThat(ok(
                        "TransactGetItems",
                        "{\"TransactItems\":["
                                + get(
                                        "read",
                                        ",\"ProjectionExpression\":\"#b\",\"ExpressionAttributeNames\":{\"#b\":\"b\"}")
                                + "," + get("none", "") + "],\"ReturnConsumedCapacity\":\"TOTAL\"}"))
                .isEqualTo(
                        "{\"Responses\":[{\"Item\":{\"b\":{\"N\":\"2\"}}},{}],\"ConsumedCapacity\":[{\"TableName\":\"Txns\","
                                + "\"CapacityUnits\":4.0,\"ReadCapacityUnits\":4.0}]}");
    }

    @Test
    void aMalformedKeyIsRefused() throws IOException {
        assertThat(refused(
                        "TransactGetItems",
                        "{\"TransactItems\":[{\"Get\":{\"TableName\":\"Txns\",\"Key\":{\"k\":{\"N\":\"x\"}}}}]}"))
                .contains("#ValidationException", "cannot be converted to a numeric value");
        assertThat(refused("TransactGetItems", "{\"TransactItems\":{}}")).contains("#SerializationException");
    }

    private static String action(String kind, String key, String more) {
        return "{\"" + kind + "\":{\"TableName\":\"Txns\",\"Key\":{\"k\":{\"S\":\"" + key + "\"}}" + more + "}}";
    }

    private static String put(String key) {
        return "{\"Put\":{\"TableName\":\"Txns\",\"Item\":{\"k\":{\"S\":\"" + key + "\"},\"v\":{\"N\":\"1\"}}}}";
    }

    @Test
    void allFourActionsAreCarriedOut() throws IOException {
        ok("PutItem", "{\"TableName\":\"Txns\",\"Item\":{\"k\":{\"S\":\"gone\"}}}");
        assertThat(ok(
                        "TransactWriteItems",
                        "{\"TransactItems\":[" + put("w1") + ","
                                + action("Delete", "gone", "") + ","
                                + action(
                                        "Update",
                                        "w2",
                                        ",\"UpdateExpression\":\"SET #v = :v\",\"ExpressionAttributeNames\":{\"#v\":\"v\"},"
                                                + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"2\"}}")
                                + ","
                                + action("ConditionCheck", "w3", ",\"ConditionExpression\":\"attribute_not_exists(k)\"")
                                + "],\"ReturnConsumedCapacity\":\"TOTAL\"}"))
                .isEqualTo("{\"ConsumedCapacity\":[{\"TableName\":\"Txns\",\"CapacityUnits\":8.0,"
                        + "\"WriteCapacityUnits\":8.0}]}");
        assertThat(ok(
                        "TransactGetItems",
                        "{\"TransactItems\":[" + get("w1", "") + "," + get("w2", "") + "," + get("gone", "") + "]}"))
                .isEqualTo("{\"Responses\":[{\"Item\":{\"k\":{\"S\":\"w1\"},\"v\":{\"N\":\"1\"}}},"
                        + "{\"Item\":{\"k\":{\"S\":\"w2\"},\"v\":{\"N\":\"2\"}}},{}]}");
    }

    @Test
    void aCancelledTransactionSaysWhy() throws IOException {
        ok("PutItem", "{\"TableName\":\"Txns\",\"Item\":{\"k\":{\"S\":\"there\"}}}");
        assertThat(refused(
                        "TransactWriteItems",
                        "{\"TransactItems\":["
                                + action(
                                        "ConditionCheck",
                                        "there",
                                        ",\"ConditionExpression\":\"attribute_not_exists(k)\","
                                                + "\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"")
                                + "," + put("not there") + "]}"))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\",\"Message\":"
                        + "\"Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[ConditionalCheckFailed, None]\",\"CancellationReasons\":[{\"Code\":\"ConditionalCheckFailed\","
                        + "\"Message\":\"The conditional request failed\",\"Item\":{\"k\":{\"S\":\"there\"}}},"
                        + "{\"Code\":\"None\"}]}");
        assertThat(ok("TransactGetItems", "{\"TransactItems\":[" + get("not there", "") + "]}"))
                .isEqualTo("{\"Responses\":[{}]}");
    }

    @Test
    void aTokenIsForOneRequest() throws IOException {
        String add = "{\"ClientRequestToken\":\"t1\",\"ReturnConsumedCapacity\":\"TOTAL\",\"TransactItems\":["
                + action(
                        "Update",
                        "counter",
                        ",\"UpdateExpression\":\"ADD n :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}}")
                + "]}";
        assertThat(ok("TransactWriteItems", add)).contains("\"WriteCapacityUnits\":2.0");
        assertThat(ok("TransactWriteItems", add)).contains("\"ReadCapacityUnits\":2.0");
        assertThat(refused("TransactWriteItems", add.replace("counter", "other")))
                .startsWith(
                        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException\",\"Message\":");
        assertThat(ok("TransactGetItems", "{\"TransactItems\":[" + get("counter", "") + "]}"))
                .contains("\"n\":{\"N\":\"1\"}");
    }

    @Test
    void malformedValuesAreReportedWhereTheyStand() throws IOException {
        assertThat(refused(
                        "TransactWriteItems",
                        "{\"TransactItems\":["
                                + action(
                                        "Update",
                                        "m",
                                        ",\"UpdateExpression\":\"SET v = :v\","
                                                + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"x\"}}")
                                + "]}"))
                .contains("#ValidationException", "ExpressionAttributeValues contains invalid value");
        assertThat(
                        refused(
                                "TransactWriteItems",
                                "{\"TransactItems\":[{\"Put\":{\"TableName\":\"Txns\",\"Item\":{\"k\":{\"S\":\"m\"},\"v\":{\"SS\":[]}}}}]}"))
                .contains("#ValidationException")
                .doesNotContain("ExpressionAttributeValues");
    }
}
