package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation refuses attribute values in the words of that way of the two in which the service validates it. */
final class ValueRefusalsTest {
    private static final String ONE = "1 validation error detected: ";
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String NESTING =
            "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

    @TempDir
    private static Path folder;

    private static ApiFixture api;

    @BeforeAll
    static void start() throws IOException {
        api = new ApiFixture(folder);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    /** The newer way, and the writes of single items put every fault into the words for faults of the model. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PutItem    | {"TableName":"nope","Item":{"k":VALUE}}
            PutItem    | {"TableName":"nope","Item":{"k":{"M":{"x":{"L":[VALUE]}}}}}
            PutItem    | {"TableName":"nope","Item":{},"ConditionExpression":"a = :v","ExpressionAttributeValues":{":v":VALUE}}
            PutItem    | {"TableName":"nope","Item":{},"Expected":{"a":{"Value":VALUE}}}
            UpdateItem | {"TableName":"nope","Key":{"k":VALUE}}
            UpdateItem | {"TableName":"nope","Key":{},"AttributeUpdates":{"a":{"Value":VALUE}}}
            UpdateItem | {"TableName":"nope","Key":{},"UpdateExpression":"SET a = :v","ExpressionAttributeValues":{":v":VALUE}}
            DeleteItem | {"TableName":"nope","Key":{"k":VALUE}}
            """)
    void writesOfSingleItems(String operation, String request) throws IOException {
        assertNewer(operation, request, ONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GetItem      | {"TableName":"nope","Key":{"k":VALUE}}
            BatchGetItem | {"RequestItems":{"nope":{"Keys":[{"k":VALUE}]}}}
            Query        | {"TableName":"nope","KeyConditionExpression":"a = :v","ExpressionAttributeValues":{":v":VALUE}}
            Query        | {"TableName":"nope","KeyConditions":{},"ExclusiveStartKey":{"k":VALUE}}
            Query        | {"TableName":"nope","QueryFilter":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[VALUE]}}}
            """)
    void readsInTheNewerWay(String operation, String request) throws IOException {
        assertNewer(operation, request, "");
    }

    private static void assertNewer(String operation, String request, String before) throws IOException {
        assertRefused(
                operation, request, "{\"N\":\"\"}", before + "The parameter cannot be converted to a numeric value: ");
        assertRefused(
                operation,
                request,
                "{\"SS\":[\"b\",\"a\",\"b\"]}",
                before + INVALID + "Input collection [\\\"a\\\", \\\"b\\\", \\\"b\\\"] contains duplicates.");
        assertRefused(
                operation,
                request,
                "{\"NS\":[\"1\",\"1.0\"]}",
                before + INVALID + "Input collection contains duplicates.");
    }

    /** The older way. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BatchWriteItem     | {"RequestItems":{"nope":[{"PutRequest":{"Item":{"k":VALUE}}}]}}
            BatchWriteItem     | {"RequestItems":{"nope":[{"DeleteRequest":{"Key":{"k":VALUE}}}]}}
            TransactWriteItems | {"TransactItems":[{"Put":{"TableName":"nope","Item":{"k":VALUE}}}]}
            TransactWriteItems | {"TransactItems":[{"Delete":{"TableName":"nope","Key":{"k":VALUE}}}]}
            TransactGetItems   | {"TransactItems":[{"Get":{"TableName":"nope","Key":{"k":VALUE}}}]}
            Scan               | {"TableName":"nope","ScanFilter":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[VALUE]}}}
            ExecuteStatement   | {"Statement":"SELECT * FROM nope WHERE a = ?","Parameters":[VALUE]}
            ExecuteTransaction | {"TransactStatements":[{"Statement":"SELECT * FROM nope WHERE a = ?","Parameters":[VALUE]}]}
            """)
    void theOlderWay(String operation, String request) throws IOException {
        assertOlder(operation, request, "", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Scan               | {"TableName":"nope","FilterExpression":"a = :v","ExpressionAttributeValues":{":v":VALUE}}
            TransactWriteItems | {"TransactItems":[{"Update":{"TableName":"nope","Key":{},"UpdateExpression":"SET a = :v","ExpressionAttributeValues":{":v":VALUE}}}]}
            TransactWriteItems | {"TransactItems":[{"ConditionCheck":{"TableName":"nope","Key":{},"ConditionExpression":"a = :v","ExpressionAttributeValues":{":v":VALUE}}}]}
            """)
    void theOlderWayNamesPlaceholders(String operation, String request) throws IOException {
        assertOlder(operation, request, "ExpressionAttributeValues contains invalid value: ", " for key :v");
    }

    private static void assertOlder(String operation, String request, String before, String after) throws IOException {
        assertRefused(
                operation,
                request,
                "{\"N\":\"\"}",
                before + "The parameter cannot be converted to a numeric value" + after);
        assertRefused(
                operation,
                request,
                "{\"N\":\"1e2147483648\"}",
                before + "The parameter cannot be converted to a numeric value: 1e2147483648" + after);
        assertRefused(
                operation,
                request,
                "{\"SS\":[\"b\",\"a\",\"b\"]}",
                before + INVALID + "Input collection [b, a, b] contains duplicates." + after);
        assertRefused(
                operation,
                request,
                "{\"NS\":[\"1\",\"1.0\"]}",
                before + "Input collection contains duplicates" + after);
    }

    /** What is wrong with one statement of a batch is said in its place. */
    @Test
    void statementsOfBatches() throws IOException {
        Response response = api.call(
                "BatchExecuteStatement",
                "{\"Statements\":[{\"Statement\":\"SELECT * FROM nope WHERE k = ?\",\"Parameters\":[{\"N\":\"\"}]},"
                        + "{\"Statement\":\"SELECT * FROM nope WHERE k = 'a'\"}]}");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text())
                .contains(
                        "\"Code\":\"ValidationError\",\"Message\":\"The parameter cannot be converted to a numeric value\"",
                        "\"Code\":\"ResourceNotFound\"");
    }

    /** Beyond 62 levels the service goes back to the older words for the whole request. */
    @ParameterizedTest
    @ValueSource(ints = {33, 40, 63, 100})
    void deepRequests(int levels) throws IOException {
        String deep = "{\"M\":{\"n\":".repeat(levels) + "{\"S\":\"leaf\"}" + "}}".repeat(levels);
        boolean older = levels > 62;
        String request = "{\"TableName\":\"nope\",\"Key\":{\"k\":VALUE}";
        assertRefused("DeleteItem", request + "}", deep, (older ? "" : ONE) + NESTING);
        assertRefused(
                "DeleteItem",
                request + ",\"ReturnValues\":\"X\"}",
                deep,
                older
                        ? ONE
                                + "Value 'X' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: "
                                + "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"
                        : ONE + "Failed to satisfy constraint: Member must satisfy enum value set: "
                                + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]");
    }

    private static void assertRefused(String operation, String request, String value, String message)
            throws IOException {
        Response response = api.call(operation, request.replace("VALUE", value));
        assertThat(response.text())
                .isEqualTo("{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"" + message
                        + "\"}");
    }
}
