package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Requests and answers of each operation, member for member. */
final class OperationsTest {
    private static final String VALIDATION = "com.amazon.coral.validate#ValidationException";
    private static final String ITEM =
            "{\"k\":{\"S\":\"a\"},\"r\":{\"N\":\"1\"},\"string\":{\"S\":\"\\u00e9\\u4e16\\ud83d"
                    + "\\ude00\"},\"number\":{\"N\":\"123456789012345678901234567890.12345678\"},\"binary\":{\"B\":\"AAEC/w==\"},"
                    + "\"yes\":{\"BOOL\":true},\"nothing\":{\"NULL\":true},\"list\":{\"L\":[{\"S\":\"x\"},{\"L\":[]}]},"
                    + "\"map\":{\"M\":{\"in\":{\"M\":{}}}},\"ss\":{\"SS\":[\"a\",\"b\"]},\"ns\":{\"NS\":[\"1\",\"2\"]},"
                    + "\"bs\":{\"BS\":[\"AQ==\"]}}";

    @TempDir
    private static Path folder;

    private static ApiFixture api;

    @BeforeAll
    static void start() throws IOException {
        api = new ApiFixture(folder);
        ok(
                "CreateTable",
                "{\"TableName\":\"Things\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                        + "{\"AttributeName\":\"k\",\"AttributeType\":\"S\"},"
                        + "{\"AttributeName\":\"r\",\"AttributeType\":\"N\"},"
                        + "{\"AttributeName\":\"l\",\"AttributeType\":\"S\"}],"
                        + "\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"},"
                        + "{\"AttributeName\":\"r\",\"KeyType\":\"RANGE\"}],"
                        + "\"LocalSecondaryIndexes\":[{\"IndexName\":\"ByL\",\"KeySchema\":["
                        + "{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"l\",\"KeyType\":\"RANGE\"}],"
                        + "\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"x\"]}}],"
                        + "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"GByL\",\"KeySchema\":["
                        + "{\"AttributeName\":\"l\",\"KeyType\":\"HASH\"}],"
                        + "\"Projection\":{\"ProjectionType\":\"ALL\"}}],"
                        + "\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}");
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

    private static String key(String partition, int sort) {
        return "{\"k\":{\"S\":\"" + partition + "\"},\"r\":{\"N\":\"" + sort + "\"}}";
    }

    @Test
    void everyOperationOfTheSdkIsKnown() {
        assertThat(names(DynamoDbClient.class)).isEqualTo(union(ApiOperations.names(), ApiOperations.LATER));
        assertThat(names(DynamoDbStreamsClient.class)).isEqualTo(new TreeSet<>(StreamOperations.names()));
    }

    private static Set<String> names(Class<?> client) {
        Set<String> names = new TreeSet<>();
        for (Method method : client.getMethods()) {
            boolean takesRequest =
                    method.getParameterCount() == 1 && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
            if (takesRequest && !method.getName().endsWith("Paginator")) {
                names.add(method.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                        + method.getName().substring(1));
            }
        }
        return names;
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }

    @Test
    void itemsComeBackAsTheyWent() throws IOException {
        assertThat(ok("PutItem", "{\"TableName\":\"Things\",\"Item\":" + ITEM + "}"))
                .isEqualTo("{}");
        String back = ok("GetItem", "{\"TableName\":\"Things\",\"Key\":" + key("a", 1) + ",\"ConsistentRead\":true}");
        String item = ITEM.replace("\\u00e9\\u4e16\\ud83d\\ude00", "\u00e9\u4e16\ud83d\ude00");
        assertThat(back).isEqualTo("{\"Item\":" + item + "}");
    }

    @Test
    void nothingHasNoItem() throws IOException {
        assertThat(ok(
                        "GetItem",
                        "{\"TableName\":\"Things\",\"Key\":" + key("none", 1)
                                + ",\"ReturnConsumedCapacity\":\"TOTAL\"}"))
                .isEqualTo("{\"ConsumedCapacity\":{\"TableName\":\"Things\",\"CapacityUnits\":0.5}}");
    }

    @Test
    void updatesAndDeletesReturnWhatIsAskedFor() throws IOException {
        String update = "{\"TableName\":\"Things\",\"Key\":" + key("u", 1)
                + ",\"UpdateExpression\":\"SET #n = :v\",\"ExpressionAttributeNames\":{\"#n\":\"n\"},"
                + "\"ExpressionAttributeValues\":{\":v\":{\"N\":\"5\"}},\"ReturnValues\":\"UPDATED_NEW\"}";
        assertThat(ok("UpdateItem", update)).isEqualTo("{\"Attributes\":{\"n\":{\"N\":\"5\"}}}");
        String delete = "{\"TableName\":\"Things\",\"Key\":" + key("u", 1) + ",\"ReturnValues\":\"ALL_OLD\"}";
        assertThat(ok("DeleteItem", delete)).startsWith("{\"Attributes\":{").contains("\"n\":{\"N\":\"5\"}");
        assertThat(ok("DeleteItem", delete)).isEqualTo("{}");
    }

    @Test
    void aFailedConditionCarriesTheItemWhenAsked() throws IOException {
        String put = "{\"TableName\":\"Things\",\"Item\":" + key("c", 1)
                + ",\"ConditionExpression\":\"attribute_not_exists(k)\","
                + "\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"}";
        ok("PutItem", put);
        assertThat(refused("PutItem", put))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                        + "\"message\":\"The conditional request failed\",\"Item\":" + key("c", 1) + "}");
    }

    @Test
    void pagesHaveCountsAndAKeyToGoOnFrom() throws IOException {
        for (int i = 1; i <= 3; i++) {
            ok("PutItem", "{\"TableName\":\"Things\",\"Item\":" + key("q", i) + "}");
        }
        String query = "{\"TableName\":\"Things\",\"KeyConditionExpression\":\"k = :k\","
                + "\"ExpressionAttributeValues\":{\":k\":{\"S\":\"q\"}}";
        assertThat(ok("Query", query + ",\"Limit\":2}"))
                .isEqualTo("{\"Items\":[" + key("q", 1) + "," + key("q", 2) + "],\"Count\":2,\"ScannedCount\":2,"
                        + "\"LastEvaluatedKey\":" + key("q", 2) + "}");
        assertThat(ok("Query", query + ",\"ExclusiveStartKey\":" + key("q", 2) + "}"))
                .isEqualTo("{\"Items\":[" + key("q", 3) + "],\"Count\":1,\"ScannedCount\":1}");
        assertThat(ok("Query", query + ",\"Select\":\"COUNT\"}")).isEqualTo("{\"Count\":3,\"ScannedCount\":3}");
        assertThat(ok(
                        "Scan",
                        "{\"TableName\":\"Things\",\"FilterExpression\":\"k = :k\","
                                + "\"ExpressionAttributeValues\":{\":k\":{\"S\":\"q\"}},\"Select\":\"COUNT\"}"))
                .startsWith("{\"Count\":3,\"ScannedCount\":");
    }

    @Test
    void batchesAnswerPerTable() throws IOException {
        assertThat(ok(
                        "BatchWriteItem",
                        "{\"RequestItems\":{\"Things\":[{\"PutRequest\":{\"Item\":" + key("b", 1)
                                + "}},{\"DeleteRequest\":{\"Key\":" + key("b", 2) + "}}]}}"))
                .isEqualTo("{\"UnprocessedItems\":{}}");
        assertThat(ok(
                        "BatchGetItem",
                        "{\"RequestItems\":{\"Things\":{\"Keys\":[" + key("b", 1) + "," + key("b", 2) + "]}}}"))
                .isEqualTo("{\"Responses\":{\"Things\":[" + key("b", 1) + "]},\"UnprocessedKeys\":{}}");
    }

    @Test
    void aTableIsDescribedInFull() throws IOException {
        String description = ok("DescribeTable", "{\"TableName\":\"Things\"}");
        assertThat(description)
                .startsWith("{\"Table\":{\"AttributeDefinitions\":[{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}")
                .contains("\"TableStatus\":\"ACTIVE\"")
                .contains("\"TableArn\":\"arn:aws:dynamodb:us-east-1:")
                .contains("\"BillingModeSummary\":{\"BillingMode\":\"PAY_PER_REQUEST\"")
                .contains("\"LocalSecondaryIndexes\":[{\"IndexName\":\"ByL\"")
                .contains("\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"x\"]}")
                .contains("\"GlobalSecondaryIndexes\":[{\"IndexName\":\"GByL\"")
                .contains("\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}")
                .contains("\"LatestStreamArn\":\"arn:aws:dynamodb:")
                .containsPattern("\"CreationDateTime\":\\d{10}\\.\\d{3},");
    }

    @Test
    void tablesThatAreNotThereAreNamed() throws IOException {
        assertThat(refused("DescribeTable", "{\"TableName\":\"Nowhere\"}"))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":"
                        + "\"Requested resource not found: Table: Nowhere not found\"}");
        assertThat(refused("PutItem", "{\"TableName\":\"Nowhere\",\"Item\":" + key("x", 1) + "}"))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":"
                        + "\"Requested resource not found\"}");
    }

    @Test
    void timeToLiveIsSwitchedAndDescribed() throws IOException {
        assertThat(ok("DescribeTimeToLive", "{\"TableName\":\"Things\"}"))
                .isEqualTo("{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"DISABLED\"}}");
        assertThat(ok(
                        "UpdateTimeToLive",
                        "{\"TableName\":\"Things\",\"TimeToLiveSpecification\":{\"AttributeName\":\"e\","
                                + "\"Enabled\":true}}"))
                .isEqualTo("{\"TimeToLiveSpecification\":{\"AttributeName\":\"e\",\"Enabled\":true}}");
        assertThat(ok("DescribeTimeToLive", "{\"TableName\":\"Things\"}")).contains("\"AttributeName\":\"e\"");
    }

    @Test
    void invalidValuesAreValidationErrors() throws IOException {
        assertThat(
                        refused(
                                "PutItem",
                                "{\"TableName\":\"Things\",\"Item\":{\"k\":{\"S\":\"v\"},\"r\":{\"N\":\"x\"},\"e\":{\"SS\":[]}}}"))
                .startsWith("{\"__type\":\"" + VALIDATION + "\"");
        assertThat(refused("PutItem", "{\"TableName\":\"Things\",\"Item\":{\"k\":{},\"r\":{\"N\":\"1\"}}}"))
                .contains("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        assertThat(refused("PutItem", "{\"TableName\":\"Things\",\"Item\":{\"k\":null,\"r\":{\"N\":\"1\"}}}"))
                .startsWith("{\"__type\":\"" + VALIDATION + "\"");
    }

    @Test
    void aGlobalIndexThatIsNotThereYetIsARetryableError() throws IOException {
        Response response = api.call(
                "Query",
                "{\"TableName\":\"Things\",\"IndexName\":\"GByL\",\"KeyConditionExpression\":\"l = :l\","
                        + "\"ExpressionAttributeValues\":{\":l\":{\"S\":\"x\"}}}");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).contains("InternalServerError").contains("not available yet");
    }
}
