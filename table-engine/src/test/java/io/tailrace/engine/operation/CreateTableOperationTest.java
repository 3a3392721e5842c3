package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CreateTable refuses what DynamoDB refuses, in its order and words, and describes what it created. */
class CreateTableOperationTest {
    private static final String HASH_ONLY = "'AttributeDefinitions': [{'AttributeName': 'a', 'AttributeType': 'S'}],"
            + "'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}],";
    private static final String A_AND_B = "'AttributeDefinitions': [{'AttributeName': 'a', 'AttributeType': 'S'},"
            + "{'AttributeName': 'b', 'AttributeType': 'S'}],"
            + "'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}, {'AttributeName': 'b', 'KeyType': 'RANGE'}],";
    private static final String ON_DEMAND = "'BillingMode': 'PAY_PER_REQUEST'}";

    private final InMemoryEngine engine = new InMemoryEngine("eu-west-1");
    private final Api api = new Api(engine);

    @Test
    void theTableNameComesBeforeAllElse() {
        assertInvalid("The parameter 'TableName' is required but was not present in the request", "{}");
        assertInvalid(
                "TableName must be at least 3 characters long and at most 255 characters long", "{'TableName': 'a;'}");
        assertInvalid(
                "TableName must be at least 3 characters long and at most 255 characters long",
                "{'TableName': '" + "a".repeat(256) + "'}");
    }

    @Test
    void constraintsAreReportedTogether() {
        assertInvalid(
                "3 validation errors detected: "
                        + "Value null at 'attributeDefinitions' failed to satisfy constraint: Member must not be null; "
                        + "Value 'abc;' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                        + "Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
                "{'TableName': 'abc;'}");
        assertInvalid(
                "4 validation errors detected: "
                        + "Value 'A' at 'billingMode' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]; "
                        + "Value '-1' at 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1; "
                        + "Value null at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: "
                        + "Member must not be null; "
                        + "Value '[]' at 'keySchema' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1",
                "{'TableName': 'abc', 'AttributeDefinitions': [], 'KeySchema': [],"
                        + "'ProvisionedThroughput': {'WriteCapacityUnits': -1}, 'BillingMode': 'A'}");
    }

    @Test
    void noMoreThanTenViolationsAreReported() {
        assertThat(Api.refusal(
                                ErrorType.VALIDATION,
                                () -> api.createTable("{'TableName': 'abc', " + HASH_ONLY
                                        + "'LocalSecondaryIndexes': [{},{},{},{}]}"))
                        .getMessage())
                .startsWith("10 validation errors detected: Value null at 'localSecondaryIndexes.1.member.projection'")
                .endsWith("Value null at 'localSecondaryIndexes.4.member.projection' failed to satisfy constraint: "
                        + "Member must not be null");
    }

    @Test
    void structuresAreShownAsTheServiceShowsThem() {
        assertInvalid(
                "1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), "
                        + "KeySchemaElement(attributeName=b, keyType=RANGE), "
                        + "KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 2",
                table("abc", "a HASH,b RANGE,c RANGE"));
    }

    @Test
    void keySchemaMembersAreCheckedOneByOne() {
        assertInvalid(
                "3 validation errors detected: "
                        + "Value 'SS' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [B, N, S]; "
                        + "Value null at 'keySchema.1.member.attributeName' failed to satisfy constraint: "
                        + "Member must not be null; "
                        + "Value 'Woop' at 'keySchema.1.member.keyType' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [HASH, RANGE]",
                "{'TableName': 'abc', 'AttributeDefinitions': [{'AttributeName': 'b', 'AttributeType': 'SS'}],"
                        + "'KeySchema': [{'KeyType': 'Woop'}]}");
    }

    @Test
    void unsupportedMembersAreRefusedByName() {
        assertInvalid(
                "One or more parameter values were invalid: Unsupported parameter: ResourcePolicy",
                "{'TableName': 'abc', " + HASH_ONLY + "'ResourcePolicy': '{}', 'OnDemandThroughput': {}, " + ON_DEMAND);
        assertInvalid(
                "One or more parameter values were invalid: Unsupported parameter: SSESpecification with a key of your own",
                "{'TableName': 'abc', " + HASH_ONLY + "'SSESpecification': {'Enabled': true}, " + ON_DEMAND);
    }

    @Test
    void billingComesBeforeTheKeySchema() {
        String badKey = "'AttributeDefinitions': [], 'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}]";
        assertInvalid(
                "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be "
                        + "specified when BillingMode is PROVISIONED",
                "{'TableName': 'abc', " + badKey + "}");
        assertInvalid(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                        + "specified when BillingMode is PAY_PER_REQUEST",
                "{'TableName': 'abc', 'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1},"
                        + badKey + "," + ON_DEMAND);
        assertInvalid(
                "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
                "{'TableName': 'abc', 'ProvisionedThroughput': {'ReadCapacityUnits': 1000000000001,"
                        + "'WriteCapacityUnits': 1000000000001}," + badKey + "}");
        assertInvalid(
                "Invalid KeySchema: Some index key attribute have no definition",
                "{'TableName': 'abc', " + badKey + "," + ON_DEMAND);
    }

    @Test
    void keySchemaChecksInTheirOrder() {
        assertInvalid(
                "One or more parameter values were invalid: Some index key attributes are not defined in "
                        + "AttributeDefinitions. Keys: [a], AttributeDefinitions: [b]",
                table("b", "a HASH"));
        assertInvalid("Invalid KeySchema: Some index key attribute have no definition", table("b", "a HASH,b RANGE"));
        assertInvalid(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name",
                table("a,b", "a RANGE,a HASH"));
        assertInvalid(
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type", table("a,b", "a RANGE,b HASH"));
        assertInvalid(
                "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
                table("a,b,c", "a HASH,b HASH"));
        assertInvalid(
                "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match "
                        + "number of attributes defined in AttributeDefinitions",
                table("a,b,c", "a HASH,b RANGE"));
    }

    @Test
    void localIndexChecksInTheirOrder() {
        assertInvalid(
                "One or more parameter values were invalid: List of LocalSecondaryIndexes is empty",
                local(HASH_ONLY, ""));
        assertInvalid(
                "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required "
                        + "when specifying a LocalSecondaryIndex",
                local(HASH_ONLY, index("abc", "c RANGE", "{}")));
        assertInvalid(
                "One or more parameter values were invalid: Some index key attributes are not defined in "
                        + "AttributeDefinitions. Keys: [c, d], AttributeDefinitions: [a, b]",
                local(A_AND_B, index("abc", "c RANGE,d RANGE", "{}")));
        assertInvalid(
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
                local(A_AND_B, index("abc", "a RANGE", "{}")));
        assertInvalid(
                "One or more parameter values were invalid: Index KeySchema does not have a range key for index: abc",
                local(A_AND_B, index("abc", "b HASH", "{}")));
        assertInvalid(
                "One or more parameter values were invalid: Index KeySchema does not have the same leading hash key as "
                        + "table KeySchema for index: abc. index hash key: b, table hash key: a",
                local(A_AND_B, index("abc", "b HASH,a RANGE", "{}")));
        assertInvalid(
                "One or more parameter values were invalid: Unknown ProjectionType: null",
                local(A_AND_B, index("abc", "a HASH,b RANGE", "{'NonKeyAttributes': ['a']}")));
        assertInvalid(
                "One or more parameter values were invalid: ProjectionType is ALL, but NonKeyAttributes is specified",
                local(A_AND_B, index("abc", "a HASH,b RANGE", "{'ProjectionType': 'ALL', 'NonKeyAttributes': ['a']}")));
        String good = index("abc", "a HASH,b RANGE", "{'ProjectionType': 'ALL'}");
        assertInvalid(
                "One or more parameter values were invalid: Duplicate index name: abc",
                local(A_AND_B, good + "," + good));
        StringBuilder six = new StringBuilder(good);
        for (int i = 0; i < 5; i++) {
            six.append(',').append(index("abc" + i, "a HASH,b RANGE", "{'ProjectionType': 'ALL'}"));
        }
        assertInvalid(
                "One or more parameter values were invalid: Number of LocalSecondaryIndexes exceeds per-table limit of 5",
                local(A_AND_B, six.toString()));
    }

    @Test
    void globalIndexesNeedThroughputOnlyWhenProvisioned() {
        String index = index("abc", "b HASH", "{'ProjectionType': 'ALL'}");
        assertInvalid(
                "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: abc",
                "{'TableName': 'abc', " + A_AND_B + "'GlobalSecondaryIndexes': [" + index + "],"
                        + "'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}}");
        assertInvalid(
                "One or more parameter values were invalid: ProvisionedThroughput should not be specified for index: abc "
                        + "when BillingMode is PAY_PER_REQUEST",
                "{'TableName': 'abc', " + A_AND_B + "'GlobalSecondaryIndexes': ["
                        + index.replace(
                                "'IndexName'",
                                "'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}, 'IndexName'")
                        + "], " + ON_DEMAND);
    }

    @Test
    void unusedAttributeDefinitionsAreRefusedWithIndexesToo() {
        assertInvalid(
                "One or more parameter values were invalid: Some AttributeDefinitions are not used. "
                        + "AttributeDefinitions: [a, b, c], keys used: [a, b]",
                "{'TableName': 'abc', 'AttributeDefinitions': " + definitions("a,b,c") + ", 'KeySchema': "
                        + keySchema("a HASH") + ", 'GlobalSecondaryIndexes': ["
                        + index("abc", "b HASH", "{'ProjectionType': 'ALL'}") + "], " + ON_DEMAND);
    }

    @Test
    void describesTheTableAndItsIndexes() {
        TableDescription table = api.createTable(
                        "{'TableName': 'Music', 'AttributeDefinitions': " + definitions("a,b,c,d")
                                + ", 'KeySchema': " + keySchema("a HASH,b RANGE")
                                + ", 'LocalSecondaryIndexes': ["
                                + index("byC", "a HASH,c RANGE", "{'ProjectionType': 'KEYS_ONLY'}")
                                + "], 'GlobalSecondaryIndexes': ["
                                + index(
                                        "byD",
                                        "c HASH,d HASH,b RANGE",
                                        "{'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['x']}")
                                + "], 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'NEW_IMAGE'},"
                                + "'DeletionProtectionEnabled': true, " + ON_DEMAND)
                .table();
        assertThat(table.tableStatus()).isEqualTo("CREATING");
        TableDescription now = api.describeTable("{'TableName': 'Music'}").table();
        assertThat(now.tableStatus()).isEqualTo("ACTIVE");
        assertThat(now.tableArn()).isEqualTo("arn:aws:dynamodb:eu-west-1:000000000000:table/Music");
        assertThat(now.keySchema())
                .containsExactly(new KeySchemaElement("a", "HASH"), new KeySchemaElement("b", "RANGE"));
        assertThat(now.billingModeSummary().billingMode()).isEqualTo("PAY_PER_REQUEST");
        assertThat(now.provisionedThroughput()).isEqualTo(new ThroughputDescription(null, null, 0, 0, 0));
        assertThat(now.deletionProtectionEnabled()).isTrue();
        assertThat(now.latestStreamLabel()).startsWith("2026-11-20T10:15:30.");
        assertThat(now.latestStreamArn())
                .isEqualTo("arn:aws:dynamodb:eu-west-1:000000000000:table/Music/stream/" + now.latestStreamLabel());
        assertThat(now.localSecondaryIndexes()).singleElement().satisfies(index -> {
            assertThat(index.indexArn()).isEqualTo("arn:aws:dynamodb:eu-west-1:000000000000:table/Music/index/byC");
            assertThat(index.projection()).isEqualTo(new ProjectionSpecification("KEYS_ONLY", null));
        });
        assertThat(now.globalSecondaryIndexes()).singleElement().satisfies(index -> {
            assertThat(index.indexStatus()).isEqualTo("ACTIVE");
            assertThat(index.keySchema())
                    .containsExactly(
                            new KeySchemaElement("c", "HASH"),
                            new KeySchemaElement("d", "HASH"),
                            new KeySchemaElement("b", "RANGE"));
            assertThat(index.projection()).isEqualTo(new ProjectionSpecification("INCLUDE", List.of("x")));
        });
    }

    @Test
    void aTableNameIsUsedOnce() {
        api.createTable(table("a", "a HASH"));
        Api.assertRefused(
                ErrorType.RESOURCE_IN_USE, "Table already exists: abc", () -> api.createTable(table("a", "a HASH")));
    }

    private static String table(String attributes, String keySchema) {
        return "{'TableName': 'abc', 'AttributeDefinitions': " + definitions(attributes) + ", 'KeySchema': "
                + keySchema(keySchema) + ", " + ON_DEMAND;
    }

    private static String local(String table, String indexes) {
        return "{'TableName': 'abc', " + table + "'LocalSecondaryIndexes': [" + indexes + "], " + ON_DEMAND;
    }

    private static String index(String name, String keySchema, String projection) {
        return "{'IndexName': '" + name + "', 'KeySchema': " + keySchema(keySchema) + ", 'Projection': " + projection
                + "}";
    }

    private static String definitions(String names) {
        StringBuilder json = new StringBuilder();
        for (String name : List.of(names.split(",", -1))) {
            json.append(json.isEmpty() ? "[" : ",")
                    .append("{'AttributeName': '")
                    .append(name)
                    .append("', 'AttributeType': 'S'}");
        }
        return json.append(']').toString();
    }

    private static String keySchema(String elements) {
        StringBuilder json = new StringBuilder();
        for (String element : List.of(elements.split(",", -1))) {
            json.append(json.isEmpty() ? "[" : ",")
                    .append("{'AttributeName': '")
                    .append(element, 0, 1)
                    .append("', 'KeyType': '")
                    .append(element.substring(2))
                    .append("'}");
        }
        return json.append(']').toString();
    }

    private void assertInvalid(String message, String json) {
        Api.assertInvalid(message, () -> api.createTable(json));
    }
}
