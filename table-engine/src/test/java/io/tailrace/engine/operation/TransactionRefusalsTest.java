package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.ErrorType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions are refused or cancelled in DynamoDB's order of checks and in its words. */
class TransactionRefusalsTest {
    private static final String PUT = "{'Put': {'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}}}}";

    private final Api api = new Api(new InMemoryEngine("eu-west-1"));

    @BeforeEach
    void createTable() {
        api.createTable(ItemOperationsKit.MUSIC);
    }

    @Test
    void theRequestIsCheckedBeforeItsTables() {
        assertInvalid(
                "2 validation errors detected: Value '' at 'clientRequestToken' failed to satisfy constraint: Member must "
                        + "have length greater than or equal to 1; Value '[]' at 'transactItems' failed to satisfy "
                        + "constraint: Member must have length greater than or equal to 1",
                "{'ClientRequestToken': '', 'TransactItems': []}");
        assertInvalid(
                "2 validation errors detected: Value null at 'transactItems.1.member.conditionCheck.key' failed to satisfy "
                        + "constraint: Member must not be null; Value null at "
                        + "'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy constraint: Member "
                        + "must not be null",
                "{'TransactItems': [{'ConditionCheck': {'TableName': 'Music'}}]}");
        assertInvalid(
                "TransactItems can only contain one of Check, Put, Update or Delete",
                "{'TransactItems': [{'Put': {'TableName': 'nope', 'Item': {}, 'ConditionExpression': ''}}, {}]}");
        assertInvalid(
                "Invalid ConditionExpression: The expression can not be empty;",
                "{'TransactItems': [{'Put': {'TableName': 'nope', 'Item': {}, 'ConditionExpression': ''}}]}");
        StringBuilder large = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            large.append(i == 0 ? "" : ",")
                    .append("{'Put': {'TableName': 'nope', 'Item': {'x': {'S': '")
                    .append("x".repeat(400_000))
                    .append("'}}}}");
        }
        assertInvalid(
                "Transaction payload size cannot exceed 4MB. Payload Size: 4400011",
                "{'TransactItems': [" + large + "]}");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found",
                () -> api.transactWriteItems(
                        "{'TransactItems': [" + PUT + "," + "{'Put': {'TableName': 'nope', 'Item': {}}}]}"));
        assertInvalid(
                "Transaction request cannot include multiple operations on one item",
                "{'TransactItems': [" + PUT + "," + PUT.replace("'1'", "'1e0'") + "]}");
    }

    /** An empty value for a key refuses the request, of the table's key as of an index's. */
    @Test
    void emptyKeysAreNoReasonsOfCancelledTransactions() {
        String key =
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                        + "empty string value. Key: p";
        String empty = "{'TableName': 'Music', 'Key': {'p': {'S': ''}, 's': {'N': '1'}}";
        assertInvalid(key, "{'TransactItems': [" + PUT + "," + PUT.replace("'a'", "''") + "]}");
        assertInvalid(key, "{'TransactItems': [{'Delete': " + empty + "}}]}");
        assertInvalid(key, "{'TransactItems': [{'Update': " + empty + ", 'UpdateExpression': 'REMOVE x'}}]}");
        assertInvalid(
                key,
                "{'TransactItems': [{'ConditionCheck': " + empty
                        + ", 'ConditionExpression': 'attribute_exists(p)'}}]}");
        Api.assertInvalid(key, () -> api.transactGetItems("{'TransactItems': [{'Get': " + empty + "}}]}"));
        assertInvalid(
                "One or more parameter values are not valid. The update expression attempted to update a secondary index "
                        + "key to a value that is not supported. The AttributeValue for a key attribute cannot contain an "
                        + "empty string value.",
                "{'TransactItems': [{'Update': {'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                        + "'UpdateExpression': 'SET g = :e', 'ExpressionAttributeValues': {':e': {'S': ''}}}}]}");
    }

    /** DynamoDB validates action by action: the first fault is reported, whatever comes after it. */
    @Test
    void actionsAreValidatedInTheirOrder() {
        String nameless = "{'Put': {'TableName': 'nope', 'Item': {'': {'S': 'x'}}}}";
        String syntax = "{'Delete': {'TableName': 'nope', 'Key': {}, 'ConditionExpression': 'a = = b'}}";
        assertInvalid("Empty attribute name", "{'TransactItems': [" + nameless + "," + syntax + "]}");
        assertInvalid(
                "Invalid ConditionExpression: Syntax error; token: \"=\", near: \"= = b\"",
                "{'TransactItems': [" + syntax + "," + nameless + "]}");
        assertInvalid(
                "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;",
                "{'TransactItems': [{'Update': {'TableName': 'nope', 'Key': {}, 'UpdateExpression': 'REMOVE a"
                        + ", a".repeat(2000) + "'}}," + syntax + "]}");
    }

    @Test
    void theFirstInvalidActionCancelsAlone() {
        var cancelled = Api.refusal(
                ErrorType.TRANSACTION_CANCELED,
                () -> api.transactWriteItems("{'TransactItems': ["
                        + PUT.replace("}}}}", "}}, 'ConditionExpression': 'attribute_exists(p)'}}") + ","
                        + "{'Delete': {'TableName': 'Music', 'Key': {'p': {'N': '1'}, 's': {'N': '1'}}}},"
                        + "{'Put': {'TableName': 'Music', 'Item': {}}}]}"));
        assertThat(cancelled.cancellationReasons())
                .containsExactly(
                        CancellationReason.NONE,
                        CancellationReason.validationError("The provided key element does not match the schema"),
                        CancellationReason.NONE);
    }

    @Test
    void anUpdateThatCannotBeAppliedCancels() {
        var cancelled = Api.refusal(
                ErrorType.TRANSACTION_CANCELED,
                () -> api.transactWriteItems("{'TransactItems': [" + PUT + ",{'Update': {'TableName': 'Music',"
                        + "'Key': {'p': {'S': 'b'}, 's': {'N': '1'}}, 'UpdateExpression': 'SET x = nope'}}]}"));
        assertThat(cancelled)
                .hasMessage("Transaction cancelled, please refer cancellation reasons for specific reasons "
                        + "[None, ValidationError]");
    }

    @Test
    void readsAreCheckedLikewise() {
        Api.assertInvalid(
                "1 validation error detected: Value null at 'transactItems.1.member.get' failed to satisfy constraint: "
                        + "Member must not be null",
                () -> api.transactGetItems("{'TransactItems': [{}]}"));
        String get = "{'Get': {'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}}}";
        Api.assertInvalid(
                "Transaction request cannot include multiple operations on one item",
                () -> api.transactGetItems("{'TransactItems': [" + get + "," + get + "]}"));
        Api.refusal(
                ErrorType.TRANSACTION_CANCELED,
                () -> api.transactGetItems("{'TransactItems': [" + get + ","
                        + "{'Get': {'TableName': 'Music', 'Key': {'p': {'S': 'a'}}}}]}"));
    }

    private void assertInvalid(String message, String json) {
        Api.assertInvalid(message, () -> api.transactWriteItems(json));
    }
}
