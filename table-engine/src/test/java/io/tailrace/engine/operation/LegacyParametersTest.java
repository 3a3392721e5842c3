package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The parameters that expressions replaced do what they did, and are refused in their turn. */
class LegacyParametersTest {
    private static final String ONE = "1 validation error detected: ";
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String KEY = "'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}, ";

    private final Api api = new Api(new InMemoryEngine("eu-west-1"));

    @BeforeEach
    void createTable() {
        api.createTable(ItemOperationsKit.MUSIC);
        for (int s = 1; s <= 3; s++) {
            api.putItem("{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '" + s + "'}, 'x': {'S': 'x" + s
                    + "'}, 'n': {'N': '" + s + "'}}}");
        }
    }

    @Test
    void keyConditionsAndFiltersFindItems() {
        String query =
                "{'TableName': 'Music', 'KeyConditions': {'p': {'ComparisonOperator': 'EQ', 'AttributeValueList': "
                        + "[{'S': 'a'}]}, 's': {'ComparisonOperator': 'GE', 'AttributeValueList': [{'N': '2'}]}},"
                        + "'QueryFilter': {'x': {'ComparisonOperator': 'CONTAINS', 'AttributeValueList': [{'S': '3'}]}},"
                        + "'AttributesToGet': ['s']}";
        QueryResponse found = api.query(query);
        assertThat(found.items()).containsExactly(item("{'s': {'N': '3'}}"));
        assertThat(found.scannedCount()).isEqualTo(2);
        assertThat(api.scan(
                                "{'TableName': 'Music', 'ScanFilter': {'n': {'ComparisonOperator': 'LT', 'AttributeValueList': "
                                        + "[{'N': '2'}]}, 'x': {'ComparisonOperator': 'EQ', 'AttributeValueList': [{'S': 'x3'}]}},"
                                        + "'ConditionalOperator': 'OR'}")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void expectedGuardsWrites() {
        Api.assertRefused(
                ErrorType.CONDITIONAL_CHECK_FAILED,
                "The conditional request failed",
                () -> api.deleteItem("{" + KEY + "'Expected': {'x': {'Exists': false}}}"));
        assertThat(api.deleteItem("{" + KEY + "'Expected': {'x': {'Value': {'S': 'x1'}}}, 'ReturnValues': 'ALL_OLD'}")
                        .attributes())
                .isNotNull();
    }

    @Test
    void attributeUpdatesChangeItems() {
        assertThat(api.updateItem("{" + KEY + "'AttributeUpdates': {'n': {'Action': 'ADD', 'Value': {'N': '5'}},"
                                + "'x': {'Action': 'DELETE'}, 'y': {'Value': {'S': 'y'}}}, 'ReturnValues': 'ALL_NEW'}")
                        .attributes())
                .isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'n': {'N': '6'}, 'y': {'S': 'y'}}"));
    }

    @Test
    void writesAreCheckedInTheirTurn() {
        Api.assertInvalid(
                "2 validation errors detected: Value 'X' at 'expected.x.member.comparisonOperator' failed to satisfy "
                        + "constraint: Member must satisfy enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, "
                        + "NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]; Value 'X' at 'attributeUpdates.x.member.action' "
                        + "failed to satisfy constraint: Member must satisfy enum value set: [ADD, DELETE, PUT]",
                () -> api.updateItem("{" + KEY + "'AttributeUpdates': {'x': {'Action': 'X'}},"
                        + "'Expected': {'x': {'ComparisonOperator': 'X'}}}"));
        Api.assertInvalid(
                ONE + INVALID + "Only DELETE action is allowed when no attribute value is specified",
                () -> api.updateItem("{" + KEY + "'AttributeUpdates': {'x': {}}, 'Expected': {'x': {}}}"));
        Api.assertInvalid(
                ONE + INVALID + "Value must be provided when Exists is null for Attribute: x",
                () -> api.updateItem("{" + KEY.replace("Music", "nope") + "'Expected': {'x': {}}}"));
        Api.assertInvalid(
                INVALID + "Cannot update attribute p. This attribute is part of the key",
                () -> api.updateItem("{" + KEY + "'AttributeUpdates': {'p': {'Value': {'S': 'a'}}}}"));
        Api.assertInvalid(
                INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: byG",
                () -> api.updateItem("{" + KEY + "'AttributeUpdates': {'g': {'Value': {'N': '1'}}}}"));
        Api.assertInvalid(
                ONE + "ConditionalOperator cannot be used without Filter or Expected",
                () -> api.deleteItem("{" + KEY + "'ConditionalOperator': 'OR'}"));
    }

    @Test
    void queriesAreCheckedInTheirTurn() {
        String nope = "{'TableName': 'nope', ";
        Api.assertInvalid(
                "1 validation error detected: Value null at 'keyConditions.a.member.comparisonOperator' failed to satisfy "
                        + "constraint: Member must not be null",
                () -> api.query(nope + "'KeyConditions': {'a': {}}}"));
        Api.assertInvalid(
                INVALID + "Invalid number of argument(s) for the EQ ComparisonOperator",
                () -> api.query(nope + "'QueryFilter': {'a': {'ComparisonOperator': 'EQ'}}, 'KeyConditions': {}}"));
        Api.assertInvalid("Conditions can be of length 1 or 2 only", () -> api.query(nope + "'KeyConditions': {}}"));
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found",
                () -> api.query(nope + "'KeyConditions': {'z': {'ComparisonOperator': 'NULL'}}}"));
        Api.assertInvalid(
                "Query condition missed key schema element: p",
                () -> api.query("{'TableName': 'Music', 'KeyConditions': {'z': {'ComparisonOperator': 'NULL'}}}"));
        Api.assertInvalid(
                "Attempted conditional constraint is not an indexable operation",
                () -> api.query("{'TableName': 'Music', 'KeyConditions': {'p': {'ComparisonOperator': 'NULL'}}}"));
        Api.assertInvalid(
                "QueryFilter can only contain non-primary key attributes: Primary key attribute: s",
                () -> api.query("{'TableName': 'Music', 'KeyConditions': {'p': {'ComparisonOperator': 'EQ',"
                        + "'AttributeValueList': [{'S': 'a'}]}},"
                        + "'QueryFilter': {'s': {'ComparisonOperator': 'NOT_NULL'}}}"));
    }
}
