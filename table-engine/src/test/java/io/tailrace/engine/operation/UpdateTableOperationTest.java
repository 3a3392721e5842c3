package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UpdateTable changes what it is asked to change, keeps the rest, and refuses in DynamoDB's order and words. */
class UpdateTableOperationTest {
    private static final String TWO_UNITS = "{'ReadCapacityUnits': 2, 'WriteCapacityUnits': 2}";
    private static final String OF_INDEX =
            "[{'Update': {'IndexName': 'byG', 'ProvisionedThroughput': " + TWO_UNITS + "}}]";

    private final Api api = new Api(new InMemoryEngine("eu-west-1"));

    @BeforeEach
    void createTable() {
        api.createTable(ItemOperationsKit.MUSIC);
    }

    @Test
    void theRequestIsCheckedBeforeTheTable() {
        assertInvalid("The parameter 'TableName' is required but was not present in the request", "{}");
        assertInvalid(
                "2 validation errors detected: Value 'x' at 'billingMode' failed to satisfy constraint: Member must satisfy "
                        + "enum value set: [PROVISIONED, PAY_PER_REQUEST]; Value null at 'streamSpecification.streamEnabled' "
                        + "failed to satisfy constraint: Member must not be null",
                "{'TableName': 'nope', 'BillingMode': 'x', 'StreamSpecification': {}}");
        assertInvalid(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                        + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                        + "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or "
                        + "TableClass is required",
                "{'TableName': 'nope'}");
        assertInvalid(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                        + "specified when BillingMode is PAY_PER_REQUEST",
                "{'TableName': 'nope', 'BillingMode': 'PAY_PER_REQUEST', 'ProvisionedThroughput': " + TWO_UNITS + "}");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found: Table: nope not found",
                () -> api.updateTable("{'TableName': 'nope', 'DeletionProtectionEnabled': true}"));
    }

    @Test
    void changesTheBillingModeWithTheIndexes() {
        assertInvalid(
                "One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is "
                        + "PROVISIONED",
                "{'TableName': 'Music', 'BillingMode': 'PROVISIONED'}");
        assertInvalid(
                "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: byG",
                "{'TableName': 'Music', 'BillingMode': 'PROVISIONED', 'ProvisionedThroughput': " + TWO_UNITS + "}");
        TableDescription table = api.updateTable(
                        "{'TableName': 'Music', 'BillingMode': 'PROVISIONED'," + "'ProvisionedThroughput': " + TWO_UNITS
                                + ", 'GlobalSecondaryIndexUpdates': " + OF_INDEX + "}")
                .tableDescription();
        assertThat(table.tableStatus()).isEqualTo("UPDATING");
        assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(2);
        assertThat(table.globalSecondaryIndexes().get(0).provisionedThroughput().writeCapacityUnits())
                .isEqualTo(2);
        assertThat(table.localSecondaryIndexes()).hasSize(2);
        assertInvalid(
                "The provisioned throughput for the table will not change. The requested value equals the current value. "
                        + "Current ReadCapacityUnits provisioned for the table: 2. Requested ReadCapacityUnits: 2. Current "
                        + "WriteCapacityUnits provisioned for the table: 2. Requested WriteCapacityUnits: 2. Refer to the "
                        + "Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
                "{'TableName': 'Music', 'ProvisionedThroughput': " + TWO_UNITS + "}");
        api.updateTable("{'TableName': 'Music', 'BillingMode': 'PAY_PER_REQUEST'}");
        TableDescription now = api.describeTable("{'TableName': 'Music'}").table();
        assertThat(now.billingModeSummary().billingMode()).isEqualTo("PAY_PER_REQUEST");
        assertThat(now.globalSecondaryIndexes().get(0).provisionedThroughput().readCapacityUnits())
                .isZero();
    }

    @Test
    void switchesTheStreamWithANewLabelEachTime() {
        assertInvalid(
                "Table has no stream to disable: TableName: Music",
                "{'TableName': 'Music', 'StreamSpecification': {'StreamEnabled': false}}");
        String on =
                "{'TableName': 'Music', 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}}";
        String first = api.updateTable(on).tableDescription().latestStreamLabel();
        assertInvalid("Table already has an enabled stream: TableName: Music", on);
        assertThat(api.updateTable("{'TableName': 'Music', 'StreamSpecification': {'StreamEnabled': false}}")
                        .tableDescription()
                        .streamSpecification())
                .isNull();
        assertThat(api.updateTable(on).tableDescription().latestStreamLabel()).isGreaterThan(first);
    }

    @Test
    void deletionProtectionCanBeLifted() {
        api.updateTable("{'TableName': 'Music', 'DeletionProtectionEnabled': true}");
        Api.refusal(ErrorType.VALIDATION, () -> api.deleteTable("{'TableName': 'Music'}"));
        api.updateTable("{'TableName': 'Music', 'DeletionProtectionEnabled': false}");
        api.deleteTable("{'TableName': 'Music'}");
    }

    @Test
    void tagsAreAddedListedAndRemoved() {
        String arn = "'ResourceArn': 'arn:aws:dynamodb:eu-west-1:000000000000:table/Music'";
        api.tagResource("{" + arn + ", 'Tags': [{'Key': 'a', 'Value': '1'}, {'Key': 'b', 'Value': ''}]}");
        api.tagResource("{" + arn + ", 'Tags': [{'Key': 'a', 'Value': '2'}]}");
        assertThat(api.listTagsOfResource("{" + arn + "}").tags())
                .containsExactlyInAnyOrder(new Tag("a", "2"), new Tag("b", ""));
        api.untagResource("{" + arn + ", 'TagKeys': ['a', 'nope']}");
        assertThat(api.listTagsOfResource("{" + arn + "}").tags()).containsExactly(new Tag("b", ""));
    }

    @Test
    void operationsOnTagsAreCheckedInTheirTurn() {
        Api.assertInvalid("Invalid TableArn", () -> api.tagResource("{}"));
        Api.assertInvalid(
                "1 validation error detected: Value null at 'tags' failed to satisfy constraint: Member must not be null",
                () -> api.tagResource("{'ResourceArn': 'x'}"));
        Api.assertInvalid(
                "Invalid TableArn: Invalid ResourceArn provided as input x",
                () -> api.tagResource("{'ResourceArn': 'x', 'Tags': []}"));
        String arn = "'ResourceArn': 'arn:aws:dynamodb:eu-west-1:000000000000:table/nope'";
        Api.assertInvalid(
                "Atleast one Tag needs to be provided as Input.", () -> api.tagResource("{" + arn + ", 'Tags': []}"));
        Api.assertInvalid(
                "Atleast one Tag Key needs to be provided as Input.",
                () -> api.untagResource("{" + arn + ", 'TagKeys': []}"));
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found: ResourcArn: arn:aws:dynamodb:eu-west-1:000000000000:table/nope not found",
                () -> api.listTagsOfResource("{" + arn + "}"));
    }

    private void assertInvalid(String message, String json) {
        Api.assertInvalid(message, () -> api.updateTable(json));
    }
}
