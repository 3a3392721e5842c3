package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import org.junit.jupiter.api.Test;

/** Describing, listing and deleting tables and their time to live answer and refuse as DynamoDB does. */
class TableOperationsTest {
    private final Api api = new Api(new InMemoryEngine("eu-west-1"));

    @Test
    void describeTableChecksTheNameThenWhetherThereIsATable() {
        Api.assertInvalid(
                "The parameter 'TableName' is required but was not present in the request",
                () -> api.describeTable("{}"));
        Api.assertInvalid(
                "1 validation error detected: Value 'abc;' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
                () -> api.describeTable("{'TableName': 'abc;'}"));
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found: Table: abc not found",
                () -> api.describeTable("{'TableName': 'abc'}"));
    }

    @Test
    void aTableMayBeGivenByItsArn() {
        create("abc", "");
        String arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/abc";
        assertThat(api.describeTable("{'TableName': '" + arn + "'}").table().tableName())
                .isEqualTo("abc");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found: Table: abc not found",
                () -> api.describeTable("{'TableName': '" + arn.replace("eu-west-1", "eu-west-2") + "'}"));
    }

    @Test
    void listsNamesInPages() {
        for (String name : new String[] {"bbb", "aaa", "ccc"}) {
            create(name, "");
        }
        ListTablesResponse first = api.listTables("{'Limit': 2}");
        assertThat(first.tableNames()).containsExactly("aaa", "bbb");
        assertThat(first.lastEvaluatedTableName()).isEqualTo("bbb");
        ListTablesResponse second = api.listTables("{'Limit': 2, 'ExclusiveStartTableName': 'bbb'}");
        assertThat(second.tableNames()).containsExactly("ccc");
        assertThat(second.lastEvaluatedTableName()).isNull();
        assertThat(api.listTables("{'Limit': 3}").lastEvaluatedTableName()).isNull();
        Api.assertInvalid(
                "2 validation errors detected: Value 'a' at 'exclusiveStartTableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3; Value '101' at 'limit' failed to satisfy "
                        + "constraint: Member must have value less than or equal to 100",
                () -> api.listTables("{'Limit': 101, 'ExclusiveStartTableName': 'a'}"));
    }

    @Test
    void deletesUnlessProtected() {
        create("abc", "'DeletionProtectionEnabled': true, ");
        Api.assertInvalid(
                "Resource cannot be deleted as it is currently protected against deletion. "
                        + "Disable deletion protection first.",
                () -> api.deleteTable("{'TableName': 'abc'}"));
        create("def", "");
        assertThat(api.deleteTable("{'TableName': 'def'}").table().tableStatus())
                .isEqualTo("DELETING");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found: Table: def not found",
                () -> api.deleteTable("{'TableName': 'def'}"));
    }

    @Test
    void timeToLiveIsSwitchedOnAndOffOnce() {
        create("abc", "");
        Api.assertInvalid(
                "1 validation error detected: Value null at 'timeToLiveSpecification' failed to satisfy constraint: "
                        + "Member must not be null",
                () -> api.updateTimeToLive("{'TableName': 'abc'}"));
        Api.assertInvalid(
                "TimeToLiveSpecification.AttributeName must be non empty",
                () -> api.updateTimeToLive(timeToLive("", true)));
        Api.assertInvalid("TimeToLive is already disabled", () -> api.updateTimeToLive(timeToLive("x", false)));
        assertThat(api.updateTimeToLive(timeToLive("x", true)).timeToLiveSpecification())
                .isEqualTo(new TimeToLiveSpecification("x", true));
        assertThat(api.describeTimeToLive("{'TableName': 'abc'}"))
                .isEqualTo(new DescribeTimeToLiveResponse("ENABLED", "x"));
        Api.assertInvalid("TimeToLive is already enabled", () -> api.updateTimeToLive(timeToLive("x", true)));
        Api.assertInvalid(
                "TimeToLive is active on a different AttributeName: current AttributeName is x",
                () -> api.updateTimeToLive(timeToLive("y", false)));
        api.updateTimeToLive(timeToLive("x", false));
        assertThat(api.describeTimeToLive("{'TableName': 'abc'}"))
                .isEqualTo(new DescribeTimeToLiveResponse("DISABLED", null));
    }

    private static String timeToLive(String attribute, boolean enabled) {
        return "{'TableName': 'abc', 'TimeToLiveSpecification': {'AttributeName': '" + attribute + "', 'Enabled': "
                + enabled + "}}";
    }

    private void create(String name, String more) {
        api.createTable("{'TableName': '" + name + "', " + more
                + "'AttributeDefinitions': [{'AttributeName': 'a', 'AttributeType': 'S'}],"
                + "'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}], 'BillingMode': 'PAY_PER_REQUEST'}");
    }
}
