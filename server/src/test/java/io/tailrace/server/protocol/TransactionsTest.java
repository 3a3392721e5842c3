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
}
