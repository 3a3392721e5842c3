package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UpdateTable and the operations on tags reach the engine with all their members, and answer as the service does. */
final class TableSettingsTest {
    private static final String TABLE = "{\"TableName\":\"Settings\"";
    private static final String ARN = "{\"ResourceArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/Settings\"";

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

    @BeforeEach
    void createTable() throws IOException {
        api.call("DeleteTable", TABLE + "}");
        ok(
                "CreateTable",
                TABLE + ",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                        + "{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}],"
                        + "\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}]}");
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

    @Test
    void aTableIsUpdated() throws IOException {
        assertThat(ok(
                        "UpdateTable",
                        TABLE + ",\"BillingMode\":\"PROVISIONED\",\"ProvisionedThroughput\":"
                                + "{\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":6}}"))
                .startsWith("{\"TableDescription\":{")
                .contains("\"TableStatus\":\"UPDATING\"");
        assertThat(ok("UpdateTable", TABLE + ",\"DeletionProtectionEnabled\":true}"))
                .contains("\"TableStatus\":\"ACTIVE\"");
        ok(
                "UpdateTable",
                TABLE + ",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"KEYS_ONLY\"}}");
        ok("UpdateTable", TABLE + ",\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"}");
        ok("UpdateTable", TABLE + ",\"WarmThroughput\":{\"ReadUnitsPerSecond\":13000}}");
        assertThat(ok("DescribeTable", TABLE + "}"))
                .contains("\"TableStatus\":\"ACTIVE\"")
                .contains("\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":6")
                .contains("\"DeletionProtectionEnabled\":true")
                .contains("\"StreamViewType\":\"KEYS_ONLY\"")
                .contains(
                        "\"TableClassSummary\":{\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\",\"LastUpdateDateTime\":")
                .contains("\"WarmThroughput\":{\"ReadUnitsPerSecond\":13000,\"WriteUnitsPerSecond\":4000,"
                        + "\"Status\":\"ACTIVE\"}")
                .contains("\"BillingModeSummary\":{\"BillingMode\":\"PROVISIONED\","
                        + "\"LastUpdateToPayPerRequestDateTime\":");
        assertThat(refused("DeleteTable", TABLE + "}")).contains("deletion protection");
        ok("UpdateTable", TABLE + ",\"DeletionProtectionEnabled\":false}");
    }

    @Test
    void whatAnUpdateCannotDoIsRefusedByName() throws IOException {
        assertThat(refused("UpdateTable", TABLE + "}")).contains("#ValidationException");
        assertThat(refused(
                        "UpdateTable",
                        TABLE + ",\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"ByNothing\"}}]}"))
                .contains("#ResourceNotFoundException");
        assertThat(refused(
                        "UpdateTable",
                        TABLE + ",\"GlobalSecondaryIndexUpdates\":[{\"Create\":{\"IndexName\":\"ByK\",\"KeySchema\":"
                                + "[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}],"
                                + "\"Projection\":{\"ProjectionType\":\"ALL\"}}}]}"))
                .contains("AttributeDefinitions is not specified for index: ByK");
        assertThat(refused("UpdateTable", TABLE + ",\"ReplicaUpdates\":[{\"Create\":{\"RegionName\":\"eu-west-1\"}}]}"))
                .contains("Region eu-west-1 is not supported.");
    }

    @Test
    void tagsComeAndGo() throws IOException {
        assertThat(ok("ListTagsOfResource", ARN + "}")).isEqualTo("{\"Tags\":[]}");
        assertThat(ok(
                        "TagResource",
                        ARN + ",\"Tags\":[{\"Key\":\"team\",\"Value\":\"a\"},{\"Key\":\"cost\",\"Value\":\"\"}]}"))
                .isEmpty();
        assertThat(ok("ListTagsOfResource", ARN + "}"))
                .contains("{\"Key\":\"team\",\"Value\":\"a\"}")
                .contains("{\"Key\":\"cost\",\"Value\":\"\"}");
        assertThat(ok("UntagResource", ARN + ",\"TagKeys\":[\"team\"]}")).isEmpty();
        assertThat(ok("ListTagsOfResource", ARN + "}")).isEqualTo("{\"Tags\":[{\"Key\":\"cost\",\"Value\":\"\"}]}");
        assertThat(refused("TagResource", "{\"ResourceArn\":\"nonsense\",\"Tags\":[]}"))
                .contains("#ValidationException");
    }

    @Test
    void ownTagsAreChecked() throws IOException {
        assertThat(ok("TagResource", ARN + ",\"Tags\":[{\"Key\":\"tailrace:stream.format\",\"Value\":\"json\"}]}"))
                .isEmpty();
        assertThat(refused("TagResource", ARN + ",\"Tags\":[{\"Key\":\"tailrace:stream.format\",\"Value\":\"xml\"}]}"))
                .contains("#ValidationException")
                .contains("The tag tailrace:stream.format cannot have the value 'xml': allowed is avro or json");
        assertThat(refused("TagResource", ARN + ",\"Tags\":[{\"Key\":\"tailrace:format\",\"Value\":\"json\"}]}"))
                .contains("#ValidationException")
                .contains("Unknown tag tailrace:format: the tags that begin with tailrace: are tailrace:stream.format, "
                        + "tailrace:stream.tombstones, tailrace:stream.partitions, tailrace:stream.retention");
        assertThat(ok("ListTagsOfResource", ARN + "}"))
                .isEqualTo("{\"Tags\":[{\"Key\":\"tailrace:stream.format\",\"Value\":\"json\"}]}");
        assertThat(refused(
                        "CreateTable",
                        "{\"TableName\":\"Tagged\",\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}],"
                                + "\"AttributeDefinitions\":[{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}],"
                                + "\"BillingMode\":\"PAY_PER_REQUEST\","
                                + "\"Tags\":[{\"Key\":\"tailrace:stream.partitions\",\"Value\":\"0\"}]}"))
                .contains("The tag tailrace:stream.partitions cannot have the value '0'")
                .contains("a whole number from 1 to 1024");
        assertThat(ok("UntagResource", ARN + ",\"TagKeys\":[\"tailrace:stream.format\"]}"))
                .isEmpty();
    }

    @Test
    void whatToolsAskInPassingIsAnswered() throws IOException {
        assertThat(ok("DescribeContinuousBackups", TABLE + "}"))
                .isEqualTo("{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                        + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":\"DISABLED\"}}}");
        assertThat(refused("DescribeContinuousBackups", "{\"TableName\":\"Nowhere\"}"))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#TableNotFoundException\","
                        + "\"message\":\"Table not found: Nowhere\"}");
        assertThat(ok("DescribeLimits", "{}"))
                .isEqualTo("{\"AccountMaxReadCapacityUnits\":1000000000000,\"AccountMaxWriteCapacityUnits\":"
                        + "1000000000000,\"TableMaxReadCapacityUnits\":1000000000000,"
                        + "\"TableMaxWriteCapacityUnits\":1000000000000}");
        assertThat(ok("DescribeEndpoints", "{}"))
                .isEqualTo("{\"Endpoints\":[{\"Address\":\"localhost\",\"CachePeriodInMinutes\":1440}]}");
    }
}
