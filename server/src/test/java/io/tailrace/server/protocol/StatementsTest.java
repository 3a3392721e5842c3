package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests and answers of statements of PartiQL, member for member. */
final class StatementsTest {
    @TempDir
    private static Path folder;

    private static ApiFixture api;

    @BeforeAll
    static void start() throws IOException {
        api = new ApiFixture(folder);
        ok(
                "CreateTable",
                "{\"TableName\":\"Songs\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
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

    private static String statement(String text, String more) {
        return "{\"Statement\":\"" + text + "\"" + more + "}";
    }

    @Test
    void aStatementIsExecuted() throws IOException {
        assertThat(
                        ok(
                                "ExecuteStatement",
                                statement(
                                        "INSERT INTO Songs VALUE {'k': ?, 'a': ?}",
                                        ",\"Parameters\":[{\"S\":\"one\"},{\"N\":\"1\"}],\"ReturnConsumedCapacity\":\"TOTAL\"")))
                .isEqualTo("{\"Items\":[],\"ConsumedCapacity\":{\"TableName\":\"Songs\",\"CapacityUnits\":1.0}}");
        String page = ok(
                "ExecuteStatement",
                statement("SELECT * FROM Songs WHERE a = 1", ",\"Limit\":1,\"ConsistentRead\":true"));
        assertThat(page).contains("\"NextToken\":\"", "\"LastEvaluatedKey\":{\"k\":{\"S\":");
        assertThat(refused("ExecuteStatement", statement("INSERT INTO Songs VALUE {'k': 'one'}", "")))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#DuplicateItemException\","
                        + "\"message\":\"Duplicate primary key exists in table\"}");
        assertThat(refused(
                        "ExecuteStatement",
                        statement(
                                "UPDATE Songs SET a = 2 WHERE k = 'one' AND a = 7",
                                ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"")))
                .contains("#ConditionalCheckFailedException", "\"Item\":{\"k\":{\"S\":\"one\"},\"a\":{\"N\":\"1\"}}");
    }

    @Test
    void malformedRequestsAreRefused() throws IOException {
        assertThat(refused("ExecuteStatement", statement("SELEC", "")))
                .contains("com.amazon.coral.validate#ValidationException", "Unsupported operation: SELEC");
        assertThat(refused("ExecuteStatement", "{}")).contains("Value null at 'statement' failed");
        assertThat(refused(
                        "ExecuteStatement",
                        statement("SELECT * FROM Songs WHERE k = ?", ",\"Parameters\":[{\"N\":\"x\"}]")))
                .contains("#ValidationException", "cannot be converted to a numeric value");
        assertThat(refused("ExecuteStatement", statement("SELECT * FROM Songs", ",\"Parameters\":{}")))
                .contains("#SerializationException");
        assertThat(refused("ExecuteStatement", statement("SELECT * FROM Songs", ",\"Limit\":0")))
                .contains("Value '0' at 'limit' failed");
    }

    @Test
    void aBatchSaysWhatBecameOfEachStatement() throws IOException {
        assertThat(ok(
                        "BatchExecuteStatement",
                        "{\"Statements\":[" + statement("INSERT INTO Songs VALUE {'k': 'b1'}", "") + ","
                                + statement("DELETE FROM Songs WHERE a = 1", "") + ","
                                + statement(
                                        "UPDATE Songs SET a = ? WHERE k = 'none'", ",\"Parameters\":[{\"N\":\"1\"}]")
                                + "]}"))
                .isEqualTo("{\"Responses\":[{\"TableName\":\"Songs\"},{\"Error\":{\"Code\":\"ValidationError\","
                        + "\"Message\":\"Where clause does not contain a mandatory equality on all key attributes\"},"
                        + "\"TableName\":\"Songs\"},{\"Error\":{\"Code\":\"ConditionalCheckFailed\","
                        + "\"Message\":\"The conditional request failed\"},\"TableName\":\"Songs\"}]}");
        assertThat(ok(
                        "BatchExecuteStatement",
                        "{\"Statements\":[" + statement("SELECT * FROM Songs WHERE k = 'b1'", "") + "]}"))
                .isEqualTo("{\"Responses\":[{\"TableName\":\"Songs\",\"Item\":{\"k\":{\"S\":\"b1\"}}}]}");
    }

    @Test
    void aTransactionIsDoneOrCancelled() throws IOException {
        assertThat(ok(
                        "ExecuteTransaction",
                        "{\"ClientRequestToken\":\"once\",\"TransactStatements\":["
                                + statement("INSERT INTO Songs VALUE {'k': 't1'}", "") + "]}"))
                .isEqualTo("{\"Responses\":[]}");
        assertThat(ok(
                        "ExecuteTransaction",
                        "{\"TransactStatements\":[" + statement("SELECT * FROM Songs WHERE k = 't1'", "") + ","
                                + statement("SELECT * FROM Songs WHERE k = 't2'", "") + "]}"))
                .isEqualTo("{\"Responses\":[{\"Item\":{\"k\":{\"S\":\"t1\"}}},{}]}");
        assertThat(refused(
                        "ExecuteTransaction",
                        "{\"TransactStatements\":[" + statement("INSERT INTO Songs VALUE {'k': 't1'}", "") + ","
                                + statement("INSERT INTO Songs VALUE {'k': 't2'}", "") + "]}"))
                .contains(
                        "#TransactionCanceledException",
                        "specific reasons [DuplicateItem, None]",
                        "\"CancellationReasons\":[{\"Code\":\"DuplicateItem\","
                                + "\"Message\":\"Duplicate primary key exists in table\"},{\"Code\":\"None\"}]");
    }
}
