package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads are refused in DynamoDB's order of checks and in its words. Each test begins with a request that is wrong in many
 * ways and mends one after the other, so that every step shows that one check comes before the next.
 */
class ReadRefusalsTest {
    private static final String NO_MATCH = "The provided key element does not match the schema";
    private static final String NOT_FOUND = "Requested resource not found";

    private final Api api = new Api(new InMemoryEngine("eu-west-1"));

    @BeforeEach
    void createTable() {
        api.createTable(ItemOperationsKit.MUSIC);
    }

    @Test
    void getItem() {
        assertGet(
                "3 validation errors detected: Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must "
                        + "have length greater than or equal to 1; Value null at 'tableName' failed to satisfy constraint: "
                        + "Member must not be null; Value null at 'key' failed to satisfy constraint: Member must not be "
                        + "null",
                "{'AttributesToGet': []}");
        String nope = "{'TableName': 'nope', 'Key': {}, ";
        assertGet(
                "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                        + "{AttributesToGet} Expression parameters: {ProjectionExpression}",
                nope + "'AttributesToGet': ['a', 'a'], 'ProjectionExpression': ''}");
        assertGet(
                "One or more parameter values were invalid: Duplicate value in attribute name: a",
                nope + "'AttributesToGet': ['a', 'a']}");
        assertGet(
                "Invalid ProjectionExpression: The expression can not be empty;", nope + "'ProjectionExpression': ''}");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND, NOT_FOUND, () -> api.getItem(nope + "'ProjectionExpression': 'p.x'}"));
        assertGet(NO_MATCH, nope.replace("nope", "Music") + "'ProjectionExpression': 'p.x'}");
        assertGet(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: p",
                "{'TableName': 'Music', 'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}, 'ProjectionExpression': 'p.x'}");
    }

    @Test
    void batchGetItem() {
        assertBatch(
                "1 validation error detected: Value at 'RequestItems.abc.member.Keys' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1",
                "{'RequestItems': {'abc': {'Keys': []}}}");
        assertBatch(
                "1 validation error detected: Value at 'RequestItems' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1",
                "{'RequestItems': {}}");
        assertBatch(
                "2 validation errors detected: Value '{\"no!\":{\"Keys\":[{\"p\":{\"S\":\"a\"}}]}}' at 'requestItems' failed to "
                        + "satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal "
                        + "to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression "
                        + "pattern: [a-zA-Z0-9_.-]+]; Value 'x' at 'returnConsumedCapacity' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
                "{'RequestItems': {'no!': {'Keys': [{'p': {'S': 'a'}}]}}, 'ReturnConsumedCapacity': 'x'}");
        assertBatch(
                "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                        + "{AttributesToGet} Expression parameters: {ProjectionExpression}",
                "{'RequestItems': {'abc': {'Keys': [{}], 'AttributesToGet': ['a']},"
                        + "'abd': {'Keys': [{}], 'ProjectionExpression': 'a'}}}");
        assertBatch(
                "ExpressionAttributeNames can only be specified when using expressions",
                "{'RequestItems': {'abc': {'Keys': [{}, {}], 'AttributesToGet': ['a', 'a'],"
                        + "'ExpressionAttributeNames': {}}}}");
        assertBatch(
                "One or more parameter values were invalid: Duplicate value in attribute name: a",
                "{'RequestItems': {'abc': {'Keys': [{}, {}], 'AttributesToGet': ['a', 'a']}}}");
        assertBatch(
                "Invalid ProjectionExpression: The expression can not be empty;",
                "{'RequestItems': {'abc': {'Keys': [{}, {}], 'ProjectionExpression': ''}}}");
        assertBatch(
                "Provided list of item keys contains duplicates",
                "{'RequestItems': {'abc': {'Keys': [{'a': {'N': '1'}}, {'a': {'N': '1.0'}}]}}}");
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 51; i++) {
            keys.append(i == 0 ? "" : ",").append("{'p': {'S': '").append(i).append("'}}");
        }
        assertBatch(
                "Too many items requested for the BatchGetItem call",
                "{'RequestItems': {'abc': {'Keys': [" + keys + "]}, 'abd': {'Keys': [" + keys + "]}}}");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                NOT_FOUND,
                () -> api.batchGetItem("{'RequestItems': {'abc': {'Keys': [{}]}}}"));
        assertBatch(NO_MATCH, "{'RequestItems': {'Music': {'Keys': [{'p': {'S': 'a'}}]}}}");
    }

    @Test
    void queryBeforeTheTable() {
        assertQuery(
                "4 validation errors detected: Value at 'Limit' failed to satisfy constraint: Member must have value "
                        + "greater than or equal to 1; Value 'x' at 'select' failed to satisfy constraint: Member must "
                        + "satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]; "
                        + "Value null at 'tableName' failed to satisfy constraint: Member must not be null; Value 'a' at "
                        + "'indexName' failed to satisfy constraint: Member must have length greater than or equal to 3",
                "{'Limit': 0, 'Select': 'x', 'IndexName': 'a'}");
        String nope = "{'TableName': 'nope', ";
        assertQuery(
                "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
                        + "{AttributesToGet, QueryFilter, ConditionalOperator, KeyConditions} Expression parameters: "
                        + "{ProjectionExpression, FilterExpression, KeyConditionExpression}",
                nope + "'AttributesToGet': ['a', 'a'], 'QueryFilter': {}, 'ConditionalOperator': 'OR',"
                        + "'KeyConditions': {}, 'ProjectionExpression': '', 'FilterExpression': '',"
                        + "'KeyConditionExpression': ''}");
        assertQuery(
                "ExpressionAttributeValues can only be specified when using expressions: "
                        + "FilterExpression and KeyConditionExpression are null",
                nope + "'AttributesToGet': ['a', 'a'], 'ExpressionAttributeValues': {}}");
        assertQuery(
                "One or more parameter values were invalid: Duplicate value in attribute name: a",
                nope + "'AttributesToGet': ['a', 'a']}");
        assertQuery(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
                nope + "'FilterExpression': '', 'Select': 'SPECIFIC_ATTRIBUTES'}");
        assertQuery(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
                nope + "'KeyConditionExpression': '', 'Select': 'SPECIFIC_ATTRIBUTES'}");
        assertQuery(
                "Cannot specify the ProjectionExpression when choosing to get only the Count",
                nope + "'KeyConditionExpression': '', 'Select': 'COUNT', 'ProjectionExpression': ''}");
        assertQuery(
                "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
                nope + "'KeyConditionExpression': '', 'Select': 'ALL_PROJECTED_ATTRIBUTES'}");
        assertQuery(
                "Invalid KeyConditionExpression: The expression can not be empty;",
                nope + "'KeyConditionExpression': '', 'FilterExpression': ''}");
        assertQuery(
                "Invalid FilterExpression: The expression can not be empty;",
                nope + "'KeyConditionExpression': 'a <> b', 'FilterExpression': '', 'ProjectionExpression': ''}");
        assertQuery(
                "Invalid ProjectionExpression: The expression can not be empty;",
                nope + "'KeyConditionExpression': 'a <> b', 'ProjectionExpression': ''}");
        assertQuery(
                "Invalid operator used in KeyConditionExpression: <>", nope + "'KeyConditionExpression': 'a <> b'}");
        assertQuery(
                "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)",
                "{'TableName': 'Music', 'KeyConditionExpression': 'p = :v AND s = :v AND c = :v',"
                        + "'ExpressionAttributeValues': {':v': {'S': 'v'}}}");
        assertQuery(
                "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]",
                "{'TableName': 'nope', 'ConditionalOperator': 'XOR', 'Select': 'x'}");
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND,
                NOT_FOUND,
                () -> api.query(nope + "'KeyConditionExpression': 'a = :v',"
                        + "'ExpressionAttributeValues': {':v': {'S': 'v'}}}"));
    }

    @Test
    void queryAgainstTheTable() {
        assertQuery("The table does not have the specified index: nope", music("z = :v", "'IndexName': 'nope',"));
        assertQuery(
                "Consistent reads are not supported on global secondary indexes",
                music("z = :v", "'IndexName': 'byG', 'ConsistentRead': true, 'ExclusiveStartKey': {},"));
        assertQuery("The provided starting key is invalid", music("z = :v", "'ExclusiveStartKey': {},"));
        assertQuery(NO_MATCH, music("z = :v", "'ExclusiveStartKey': {'p': {'N': '1'}, 's': {'N': '1'}},"));
        assertQuery(
                "Query condition missed key schema element: p",
                music("z = :v", "'ExclusiveStartKey': {'p': {'S': 'v'}, 's': {'S': '1'}},"));
        assertQuery(
                "Query key condition not supported",
                music("p < :v", "'ExclusiveStartKey': {'p': {'S': 'v'}, 's': {'S': '1'}},"));
        assertQuery(NO_MATCH, music("p = :v", "'ExclusiveStartKey': {'p': {'S': 'v'}, 's': {'S': '1'}},"));
        assertQuery(
                "The provided starting key is outside query boundaries based on provided conditions",
                music("p = :v", "'ExclusiveStartKey': {'p': {'S': 'w'}, 's': {'N': '1'}},"));
        assertQuery(
                "The provided starting key does not match the range key predicate",
                musicWithNumber("p = :v AND s > :n", "'ExclusiveStartKey': {'p': {'S': 'w'}, 's': {'N': '1'}},"));
        assertQuery(
                "The query can return at most one row and cannot be restarted",
                musicWithNumber("p = :v AND s > :n", "'ExclusiveStartKey': {'p': {'S': 'w'}, 's': {'N': '6'}},"));
        assertQuery(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: p",
                music("p = :v", "'ProjectionExpression': 'p.x', 'FilterExpression': 's = :v',"));
        assertQuery(
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: s",
                music("p = :v", "'FilterExpression': 's = :v',"));
        assertQuery(
                "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
                        + "secondary index byG because its projection type is not ALL",
                music("g = :v", "'IndexName': 'byG', 'Select': 'ALL_ATTRIBUTES', 'FilterExpression': 'y = :v',"));
        assertQuery(
                "One or more parameter values were invalid: Global secondary index byG does not project [y, z]",
                music("g = :v", "'IndexName': 'byG', 'ProjectionExpression': 'z, y', 'FilterExpression': 'y = :v',"));
        assertQuery(
                "One or more parameter values were invalid: Secondary index byG does not project one or more filter "
                        + "attributes: [y]",
                music("g = :v", "'IndexName': 'byG', 'ProjectionExpression': 'x', 'FilterExpression': 'y = :v',"));
        assertQuery(
                "One or more parameter values were invalid: Condition parameter type does not match schema type",
                music("p = :v AND s = :v", ""));
    }

    @Test
    void boundsOfARangeAreNoLongerThanKeys() {
        String query = "{'TableName': 'Music', 'IndexName': 'byL', 'KeyConditionExpression': 'p = :v AND %s',"
                + "'ExpressionAttributeValues': {':v': {'S': 'v'}, ':long': {'S': '" + "x".repeat(1025) + "'}}}";
        String tooLong =
                "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size "
                        + "limit of 1024 bytes";
        assertQuery(tooLong, String.format(query, "l < :long"));
        assertQuery(tooLong, String.format(query, "l BETWEEN :v AND :long"));
    }

    @Test
    void scan() {
        assertScan(
                "2 validation errors detected: Value '-1' at 'segment' failed to satisfy constraint: Member must have "
                        + "value greater than or equal to 0; Value '1000001' at 'totalSegments' failed to satisfy "
                        + "constraint: Member must have value less than or equal to 1000000",
                "{'TableName': 'nope', 'Segment': -1, 'TotalSegments': 1000001}");
        String nope = "{'TableName': 'nope', ";
        assertScan(
                "ExpressionAttributeValues can only be specified when using expressions: FilterExpression is null",
                nope + "'AttributesToGet': ['a', 'a'], 'ExpressionAttributeValues': {}}");
        assertScan(
                "One or more parameter values were invalid: Duplicate value in attribute name: a",
                nope + "'AttributesToGet': ['a', 'a'], 'Segment': 1}");
        assertScan(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is "
                        + "present",
                nope + "'Segment': 1, 'FilterExpression': ''}");
        assertScan(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is "
                        + "present",
                nope + "'TotalSegments': 1, 'FilterExpression': ''}");
        assertScan(
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less "
                        + "than TotalSegments: 2",
                nope + "'Segment': 2, 'TotalSegments': 2, 'FilterExpression': ''}");
        assertScan("Invalid FilterExpression: The expression can not be empty;", nope + "'FilterExpression': ''}");
        Api.assertRefused(ErrorType.RESOURCE_NOT_FOUND, NOT_FOUND, () -> api.scan(nope + "'ExclusiveStartKey': {}}"));
        String music = "{'TableName': 'Music', ";
        assertScan(
                "The provided starting key is invalid: The provided key element does not match the schema",
                music + "'ExclusiveStartKey': {}}");
        assertScan(
                "The provided starting key is invalid",
                music + "'IndexName': 'byL', 'ExclusiveStartKey': {'p': {'S': 'a'}, 's': {'N': '1'}}}");
        assertScan(
                "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
                        + "secondary index byG because its projection type is not ALL",
                music + "'IndexName': 'byG', 'Select': 'ALL_ATTRIBUTES'}");
        String start =
                music + "'ExclusiveStartKey': {'p': {'S': 'a'}, 's': {'N': '1'}}, 'TotalSegments': 2, 'Segment': ";
        boolean inFirst = fits(start + "0}");
        int other = inFirst ? 1 : 0;
        assertScan(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
                        + "Segment. TotalSegments: 2 Segment: " + other,
                start + other + "}");
    }

    private boolean fits(String scan) {
        try {
            return api.scan(scan).count() == 0;
        } catch (DynamoException refused) {
            return false;
        }
    }

    private static String music(String keyCondition, String more) {
        return "{'TableName': 'Music', " + more + "'KeyConditionExpression': '" + keyCondition
                + "', 'ExpressionAttributeValues': {':v': {'S': 'v'}}}";
    }

    private static String musicWithNumber(String keyCondition, String more) {
        return "{'TableName': 'Music', " + more + "'KeyConditionExpression': '" + keyCondition
                + "', 'ExpressionAttributeValues': {':v': {'S': 'v'}, ':n': {'N': '5'}}}";
    }

    private void assertGet(String message, String json) {
        Api.assertInvalid(message, () -> api.getItem(json));
    }

    private void assertBatch(String message, String json) {
        Api.assertInvalid(message, () -> api.batchGetItem(json));
    }

    private void assertQuery(String message, String json) {
        Api.assertInvalid(message, () -> api.query(json));
    }

    private void assertScan(String message, String json) {
        Api.assertInvalid(message, () -> api.scan(json));
    }
}
