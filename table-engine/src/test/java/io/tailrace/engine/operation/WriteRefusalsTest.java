package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Writes are refused in DynamoDB's order of checks and in its words. Each test begins with a request that is wrong in many
 * ways and mends one after the other, so that every step shows that one check comes before the next.
 */
class WriteRefusalsTest {
    private static final String EMPTY_KEY = "One or more parameter values are not valid. "
            + "The AttributeValue for a key attribute cannot contain an empty string value. Key: p";
    private static final String NO_MATCH = "The provided key element does not match the schema";

    private final Api api = new Api(new InMemoryEngine("eu-west-1"));

    /** What the service puts before a single fault of PutItem, DeleteItem and UpdateItem that it finds without tables. */
    private static final String ONE = "1 validation error detected: ";

    @BeforeEach
    void createTable() {
        api.createTable(ItemOperationsKit.MUSIC);
    }

    @Test
    void putItem() {
        assertPut(
                "5 validation errors detected: Value 'hi' at 'returnConsumedCapacity' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'a;' at 'tableName' failed to "
                        + "satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value 'a;' "
                        + "at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3; "
                        + "Value null at 'item' failed to satisfy constraint: Member must not be null; Value 'hi' at "
                        + "'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, "
                        + "UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]",
                "{'TableName': 'a;', 'ReturnConsumedCapacity': 'hi', 'ReturnValues': 'hi'}");
        String item = "'TableName': 'nope', 'Item': {'p': {'S': ''}}, ";
        String big = item.replace("{'S': ''}", "{'S': '" + "x".repeat(410_000) + "'}");
        assertPut(
                ONE
                        + "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                        + "{Expected} Expression parameters: {ConditionExpression}",
                "{" + big + "'Expected': {}, 'ConditionExpression': '', 'ExpressionAttributeNames': {}}");
        assertPut(
                ONE + "ExpressionAttributeNames can only be specified when using expressions",
                "{" + big
                        + "'ExpressionAttributeNames': {}, 'ExpressionAttributeValues': {}, 'ReturnValues': 'ALL_NEW'}");
        assertPut(
                ONE + "ExpressionAttributeValues can only be specified when using expressions",
                "{" + big + "'ExpressionAttributeValues': {}, 'ReturnValues': 'ALL_NEW'}");
        assertPut(ONE + "ReturnValues can only be ALL_OLD or NONE", "{" + big + "'ReturnValues': 'ALL_NEW'}");
        assertPut(
                ONE + "Item size has exceeded the maximum allowed size",
                "{" + big + "'ConditionExpression': '', 'ExpressionAttributeNames': {}}");
        assertPut(
                ONE + "ExpressionAttributeNames must not be empty",
                "{" + item + "'ConditionExpression': '', 'ExpressionAttributeNames': {}}");
        assertPut(
                ONE + "Invalid ConditionExpression: The expression can not be empty;",
                "{" + item + "'ConditionExpression': ''}");
        assertPut(
                ONE + "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
                "{" + item + "'ConditionExpression': 'attribute_exists(p.q)',"
                        + "'ExpressionAttributeValues': {':v': {'S': 'x'}}}");
        String condition = "'ConditionExpression': 'attribute_exists(p.q)'}";
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found",
                () -> api.putItem("{" + item + condition));
        String music = item.replace("nope", "Music");
        assertPut(EMPTY_KEY, "{" + music + condition);
        assertPut(
                "One or more parameter values were invalid: Missing the key s in the item",
                "{" + music.replace("''", "'a'") + condition);
        assertPut(
                "One or more parameter values were invalid: Type mismatch for key s expected: N actual: S",
                "{" + music.replace("{'S': ''}", "{'S': 'a'}, 's': {'S': '1'}, 'g': {'N': '1'}") + condition);
        assertPut(
                "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N "
                        + "IndexName: byG",
                "{" + music.replace("{'S': ''}", "{'S': 'a'}, 's': {'N': '1'}, 'g': {'N': '1'}") + condition);
        assertPut(
                "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
                        + "The AttributeValue for a key attribute cannot contain an empty string value. "
                        + "IndexName: byL, IndexKey: l",
                "{" + music.replace("{'S': ''}", "{'S': 'a'}, 's': {'N': '1'}, 'l': {'S': ''}") + condition);
        String good = music.replace("{'S': ''}", "{'S': 'a'}, 's': {'N': '1'}");
        assertPut(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: p",
                "{" + good + condition);
        Api.assertRefused(
                ErrorType.CONDITIONAL_CHECK_FAILED,
                "The conditional request failed",
                () -> api.putItem("{" + good + "'ConditionExpression': 'attribute_exists(p)'}"));
    }

    @Test
    void keysAndItemsHaveTheirSizes() {
        assertPut(
                "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes",
                "{'TableName': 'Music', 'Item': {'p': {'S': '" + "x".repeat(2049) + "'}, 's': {'N': '1'}}}");
        api.putItem("{'TableName': 'Music', 'Item': {'p': {'S': '" + "x".repeat(2048) + "'}, 's': {'N': '1'}}}");
        assertPut(
                "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit "
                        + "of 1024 bytes",
                "{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}, 'l': {'S': '" + "x".repeat(1025)
                        + "'}}}");
        String fits = "{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}, 'x': {'S': '%s'}}}";
        int room = 400 * 1024 - "pasx".length() - 2;
        api.putItem(String.format(fits, "x".repeat(room)));
        assertPut(ONE + "Item size has exceeded the maximum allowed size", String.format(fits, "x".repeat(room + 1)));
    }

    @Test
    void valuesNestThirtyTwoLevelsDeep() {
        api.write(new PutItemOperation(
                put(Requests.item("{'p': {'S': 'a'}, 's': {'N': '1'}}").with("x", nested(31)))));
        Api.assertInvalid(
                ONE + "Nesting Levels have exceeded supported limits: "
                        + "Attributes in the item have nested levels beyond supported limit",
                () -> new PutItemOperation(put(Item.EMPTY.with("x", nested(32)))));
        assertUpdate(
                "Nesting Levels have exceeded supported limits: "
                        + "Attributes in the item have nested levels beyond supported limit",
                "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                        + "'UpdateExpression': 'SET y = :l', 'ExpressionAttributeValues': {':l': {'L': [{'N': '1'}]}}}"
                                .replace("SET y = :l", "SET x" + "[0]".repeat(31) + " = :l"));
    }

    private static AttributeValue nested(int lists) {
        AttributeValue value = AttributeValue.string("x");
        for (int i = 0; i < lists; i++) {
            value = new AttributeValue.L(List.of(value));
        }
        return value;
    }

    private static PutItemRequest put(Item item) {
        return new PutItemRequest("Music", item, null, null, null, null, null, null, null, null, null, List.of());
    }

    @Test
    void malformedValuesAreReportedInTheirTurn() {
        PutItemRequest request = new PutItemRequest(
                "nope",
                Item.EMPTY,
                null,
                null,
                null,
                null,
                null,
                "ALL_NEW",
                null,
                null,
                null,
                List.of(new MalformedValue("Item", "a", "An empty set")));
        Api.assertInvalid(ONE + "An empty set", () -> new PutItemOperation(request));
        PutItemRequest inValues = new PutItemRequest(
                "nope",
                Item.EMPTY,
                null,
                null,
                "",
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(new MalformedValue("ExpressionAttributeValues", ":b", "An empty set")));
        Api.assertInvalid(ONE + "An empty set", () -> new PutItemOperation(inValues));
    }

    @Test
    void malformedValuesThatAreAllThereIsDoNotPassForNone() {
        PutItemRequest request = new PutItemRequest(
                "nope",
                Item.EMPTY,
                null,
                null,
                "a = :b",
                null,
                Map.of(),
                null,
                null,
                null,
                null,
                List.of(new MalformedValue("ExpressionAttributeValues", ":b", "An empty set")));
        Api.assertInvalid(ONE + "An empty set", () -> new PutItemOperation(request));
    }

    @Test
    void noPathLeadsIntoAnIndexKeyNotEvenWhereAValueIsRead() {
        assertUpdate(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g",
                "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}, 'UpdateExpression': 'SET q = g.x'}");
    }

    @Test
    void updateItem() {
        assertUpdate(
                "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be "
                        + "null; Value null at 'key' failed to satisfy constraint: Member must not be null",
                "{}");
        String nope = "{'TableName': 'nope', 'Key': {}, ";
        assertUpdate(
                ONE
                        + "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                        + "{AttributeUpdates, Expected} Expression parameters: {UpdateExpression, ConditionExpression}",
                nope + "'AttributeUpdates': {}, 'Expected': {}, 'UpdateExpression': '', 'ConditionExpression': ''}");
        assertUpdate(
                ONE + "ExpressionAttributeValues can only be specified when using expressions",
                nope + "'ExpressionAttributeValues': {}}");
        assertUpdate(
                ONE + "Invalid UpdateExpression: The expression can not be empty;",
                nope + "'UpdateExpression': '', 'ConditionExpression': ''}");
        assertUpdate(
                ONE + "Invalid ConditionExpression: The expression can not be empty;",
                nope + "'UpdateExpression': 'SET p = g', 'ConditionExpression': ''}");
        String rest = "'UpdateExpression': 'SET p = :n, g = :n', 'ConditionExpression': 'attribute_exists(g.x)',"
                + "'ExpressionAttributeValues': {':n': {'N': '1'}}}";
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found", () -> api.updateItem(nope + rest));
        assertUpdate(NO_MATCH, nope.replace("nope", "Music") + rest);
        String key = "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}, ";
        assertUpdate(
                "One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key",
                key + rest);
        assertUpdate(
                "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N "
                        + "IndexName: byG",
                key + rest.replace("p = :n", "q = :n"));
        assertUpdate(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: g",
                key + rest.replace("p = :n, g = :n", "q = nope.x + :n"));
        Api.assertRefused(
                ErrorType.CONDITIONAL_CHECK_FAILED,
                "The conditional request failed",
                () -> api.updateItem(key
                        + rest.replace("p = :n, g = :n", "q.r = nope.x + :n").replace("g.x", "p")));
        assertUpdate(
                "The provided expression refers to an attribute that does not exist in the item",
                key + "'UpdateExpression': 'SET q = nope'}");
        assertUpdate(
                "The update expression attempted to update the secondary index key to unsupported type",
                key + "'UpdateExpression': 'SET g = if_not_exists(nope, :n)',"
                        + "'ExpressionAttributeValues': {':n': {'N': '1'}}}");
        assertUpdate(
                "One or more parameter values are not valid. The update expression attempted to update a secondary index "
                        + "key to a value that is not supported. The AttributeValue for a key attribute cannot contain an "
                        + "empty string value.",
                key + "'UpdateExpression': 'SET g = :e', 'ExpressionAttributeValues': {':e': {'S': ''}}}");
        assertUpdate(
                "Item size to update has exceeded the maximum allowed size",
                key + "'UpdateExpression': 'SET x = :x', 'ExpressionAttributeValues': {':x': {'S': '"
                        + "x".repeat(409_600) + "'}}}");
    }

    @Test
    void deleteItem() {
        assertDelete(
                "2 validation errors detected: Value 'a' at 'tableName' failed to satisfy constraint: Member must have "
                        + "length greater than or equal to 3; Value null at 'key' failed to satisfy constraint: Member must "
                        + "not be null",
                "{'TableName': 'a'}");
        String nope = "{'TableName': 'nope', 'Key': {'p': {'S': 'a'}}, ";
        assertDelete(
                ONE + "ExpressionAttributeNames can only be specified when using expressions",
                nope + "'ExpressionAttributeNames': {}, 'ReturnValues': 'ALL_NEW'}");
        assertDelete(
                ONE + "ReturnValues can only be ALL_OLD or NONE",
                nope + "'ConditionExpression': '', 'ReturnValues': 'UPDATED_NEW'}");
        assertDelete(
                ONE + "Invalid ConditionExpression: The expression can not be empty;",
                nope + "'ConditionExpression': '', 'ReturnValues': 'NONE'}");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found",
                () -> api.deleteItem(nope + "'ReturnValues': 'NONE'}"));
        assertDelete(NO_MATCH, "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'S': '1'}}}");
        assertDelete(
                EMPTY_KEY,
                "{'TableName': 'Music', 'Key': {'p': {'S': ''}, 's': {'N': '1'}},"
                        + "'ConditionExpression': 'attribute_exists(p)'}");
        Api.assertRefused(
                ErrorType.CONDITIONAL_CHECK_FAILED,
                "The conditional request failed",
                () -> api.deleteItem("{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}},"
                        + "'ConditionExpression': 'attribute_exists(p)'}"));
    }

    @Test
    void batchWriteItem() {
        assertBatch(
                "1 validation error detected: Value null at 'requestItems' failed to satisfy constraint: "
                        + "Member must not be null",
                "{}");
        assertBatch(
                "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1",
                "{'RequestItems': {}}");
        assertBatch(
                "2 validation errors detected: "
                        + "Value null at 'requestItems.abc.member.1.member.deleteRequest.key' failed to satisfy constraint: "
                        + "Member must not be null; "
                        + "Value null at 'requestItems.abc.member.1.member.putRequest.item' failed to satisfy constraint: "
                        + "Member must not be null",
                "{'RequestItems': {'abc': [{'PutRequest': {}, 'DeleteRequest': {}}]}}");
        assertBatch(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
                        + "datatypes",
                "{'RequestItems': {'abc': [{}]}}");
        assertBatch(
                "Item size has exceeded the maximum allowed size",
                "{'RequestItems': {'abc': [{'PutRequest': {'Item': {'x': {'S': '" + "x".repeat(409_600) + "'}}}}]}}");
        StringBuilder writes = new StringBuilder();
        for (int i = 0; i < 13; i++) {
            writes.append(i == 0 ? "" : ",")
                    .append("{'DeleteRequest': {'Key': {'p': {'S': '")
                    .append(i)
                    .append("'}}}}");
        }
        assertBatch(
                "Too many items requested for the BatchWriteItem call",
                "{'RequestItems': {'abc': [" + writes + "], 'abd': [" + writes + "]}}");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                "Requested resource not found",
                () -> api.batchWriteItem("{'RequestItems': {'abc': [" + writes + "]}}"));
        assertBatch(NO_MATCH, "{'RequestItems': {'Music': [{'PutRequest': {'Item': {'p': {'S': 'a'}}}}]}}");
        String put = "{'PutRequest': {'Item': {'p': {'S': 'a'}, 's': {'N': '1000'}}}}";
        String delete = "{'DeleteRequest': {'Key': {'p': {'S': 'a'}, 's': {'N': '1e3'}}}}";
        assertBatch(
                "Provided list of item keys contains duplicates",
                "{'RequestItems': {'Music': [" + put + "," + delete + "]}}");
        assertBatch(
                "One or more parameter values were invalid: Type mismatch for Index Key l Expected: S Actual: N "
                        + "IndexName: byL",
                "{'RequestItems': {'Music': [" + put + ","
                        + "{'PutRequest': {'Item': {'p': {'S': 'b'}, 's': {'N': '1'}, 'l': {'N': '1'}}}}]}}");
        assertThat(api.scan("{'TableName': 'Music'}").count()).isZero();
    }

    @Test
    void membersAreReportedInTheNewerWords() {
        String returnValues = "Failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]";
        String capacity = "Value 'x' at 'returnConsumedCapacity' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]";
        String metrics = "Value 'x' at 'returnItemCollectionMetrics' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [SIZE, NONE]";
        String emptyName = ONE
                + "Value at 'TableName' failed to satisfy constraint: Member must have length greater than or equal to 1";
        String enums = "'ReturnConsumedCapacity': 'x', 'ReturnItemCollectionMetrics': 'x', 'ReturnValues': 'x'}";
        assertPut(emptyName, "{'TableName': '', 'Item': {}, " + enums);
        assertDelete(emptyName, "{'TableName': '', 'Key': {}, " + enums);
        assertUpdate(emptyName, "{'TableName': '', 'Key': {}, " + enums);
        assertPut(
                "3 validation errors detected: " + capacity + "; " + returnValues + "; " + metrics,
                "{'TableName': 'nope', 'Item': {}, " + enums);
        assertDelete(
                "3 validation errors detected: " + capacity + "; " + metrics + "; " + returnValues,
                "{'TableName': 'nope', 'Key': {}, " + enums);
        assertUpdate(ONE + returnValues, "{'TableName': 'nope', 'Key': {}, " + enums);
        String operator = ONE + "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]";
        assertPut(operator, "{'TableName': 'nope', 'Item': {}, 'ConditionalOperator': 'XOR'}");
        assertDelete(operator, "{'TableName': 'nope', 'Key': {}, 'ConditionalOperator': 'XOR'}");
        assertUpdate(operator, "{'TableName': 'nope', 'Key': {}, 'ConditionalOperator': 'XOR'}");
    }

    @Test
    void withoutARequiredMemberAllAreReportedInTheOlderWords() {
        String name =
                "Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal "
                        + "to 1; ";
        String returnValues =
                "Value 'x' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value "
                        + "set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; ";
        String operator = "Value 'x' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum "
                + "value set: [OR, AND]; ";
        String key = "Value null at 'key' failed to satisfy constraint: Member must not be null";
        String request = "{'TableName': '', 'ReturnValues': 'x', 'ConditionalOperator': 'x'}";
        assertUpdate("4 validation errors detected: " + name + returnValues + operator + key, request);
        assertDelete("4 validation errors detected: " + name + returnValues + operator + key, request);
    }

    @Test
    void attributesHaveNames() {
        String nameless = "{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}, %s}}";
        assertPut(ONE + "Empty attribute name", String.format(nameless, "'': {'S': 'x'}"));
        assertPut(ONE + "Empty attribute name", String.format(nameless, "'m': {'L': [{'M': {'': {'S': 'x'}}}]}"));
        assertBatch("Empty attribute name", "{'RequestItems': {'nope': [{'PutRequest': {'Item': {'': {'S': 'x'}}}}]}}");
    }

    @Test
    void batchesAreShownAsTheServicePrintsThem() {
        assertBatch(
                ONE + "Value '{no!=[WriteRequest(putRequest=PutRequest(item={p=AttributeValue(s=a, n=null, b=null, "
                        + "iNT=null, dECIMAL=null, dOUBLE=null, sS=null, nS=null, bS=null, iNTSET=null, dECIMALSET=null, "
                        + "dOUBLESET=null, m=null, l=null, nULL=null, bOOL=null)}, workloadProfileName=null), "
                        + "deleteRequest=null)]}' at 'requestItems' failed to satisfy constraint: Map keys must satisfy "
                        + "constraint: [Member must have length less than or equal to 255, Member must have length greater "
                        + "than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]",
                "{'RequestItems': {'no!': [{'PutRequest': {'Item': {'p': {'S': 'a'}}}}]}}");
        assertBatch(
                ONE
                        + "Value '{nope=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: "
                        + "[Member must have length less than or equal to 25, Member must have length greater than or equal "
                        + "to 1]",
                "{'RequestItems': {'nope': []}}");
        assertBatch(
                ONE
                        + "Value 'x' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value "
                        + "set: [INDEXES, TOTAL, NONE]",
                "{'RequestItems': {'no!': []}, 'ReturnConsumedCapacity': 'x'}");
    }

    private void assertPut(String message, String json) {
        Api.assertInvalid(message, () -> api.putItem(json));
    }

    private void assertUpdate(String message, String json) {
        Api.assertInvalid(message, () -> api.updateItem(json));
    }

    private void assertDelete(String message, String json) {
        Api.assertInvalid(message, () -> api.deleteItem(json));
    }

    private void assertBatch(String message, String json) {
        Api.assertInvalid(message, () -> api.batchWriteItem(json));
    }
}
