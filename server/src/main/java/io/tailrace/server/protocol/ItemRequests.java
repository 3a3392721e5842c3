package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.BOOLEAN;
import static io.tailrace.server.protocol.JsonType.INTEGER;
import static io.tailrace.server.protocol.JsonType.STRING;
import static io.tailrace.server.protocol.JsonType.listOf;
import static io.tailrace.server.protocol.JsonType.mapOf;

import io.tailrace.engine.operation.AttributeValueUpdate;
import io.tailrace.engine.operation.BatchGetItemRequest;
import io.tailrace.engine.operation.BatchWriteItemRequest;
import io.tailrace.engine.operation.Condition;
import io.tailrace.engine.operation.DeleteItemRequest;
import io.tailrace.engine.operation.DeleteRequest;
import io.tailrace.engine.operation.ExpectedAttributeValue;
import io.tailrace.engine.operation.GetItemRequest;
import io.tailrace.engine.operation.KeysAndAttributes;
import io.tailrace.engine.operation.PutItemRequest;
import io.tailrace.engine.operation.PutRequest;
import io.tailrace.engine.operation.QueryRequest;
import io.tailrace.engine.operation.ScanRequest;
import io.tailrace.engine.operation.UpdateItemRequest;
import io.tailrace.engine.operation.WriteRequest;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/** The requests of the operations on items, member by member. (API Reference.) */
final class ItemRequests {
    private static final Member<String> TABLE_NAME = new Member<>("TableName", STRING);
    private static final Member<String> INDEX_NAME = new Member<>("IndexName", STRING);
    private static final Member<Item> ITEM = new Member<>("Item", ItemTypes.ITEM);
    private static final Member<Item> KEY = new Member<>("Key", ItemTypes.ITEM);
    private static final Member<Boolean> CONSISTENT_READ = new Member<>("ConsistentRead", BOOLEAN);
    private static final Member<List<String>> ATTRIBUTES_TO_GET = new Member<>("AttributesToGet", listOf(STRING));
    private static final Member<String> PROJECTION_EXPRESSION = new Member<>("ProjectionExpression", STRING);
    private static final Member<String> CONDITION_EXPRESSION = new Member<>("ConditionExpression", STRING);
    private static final Member<String> FILTER_EXPRESSION = new Member<>("FilterExpression", STRING);
    private static final Member<Map<String, String>> NAMES = new Member<>("ExpressionAttributeNames", mapOf(STRING));
    private static final Member<Map<String, AttributeValue>> VALUES =
            new Member<>("ExpressionAttributeValues", ItemTypes.VALUES);
    private static final Member<String> CONDITIONAL_OPERATOR = new Member<>("ConditionalOperator", STRING);
    private static final Member<String> RETURN_VALUES = new Member<>("ReturnValues", STRING);
    private static final Member<String> RETURN_CAPACITY = new Member<>("ReturnConsumedCapacity", STRING);
    private static final Member<String> RETURN_METRICS = new Member<>("ReturnItemCollectionMetrics", STRING);
    private static final Member<String> RETURN_ON_FAILURE = new Member<>("ReturnValuesOnConditionCheckFailure", STRING);
    private static final Member<String> SELECT = new Member<>("Select", STRING);
    private static final Member<Integer> LIMIT = new Member<>("Limit", INTEGER);
    private static final Member<Item> EXCLUSIVE_START_KEY = new Member<>("ExclusiveStartKey", ItemTypes.ITEM);

    private static final Member<AttributeValue> VALUE = new Member<>("Value", ItemTypes.VALUE);
    private static final Member<String> COMPARISON_OPERATOR = new Member<>("ComparisonOperator", STRING);
    private static final Member<List<AttributeValue>> VALUE_LIST =
            new Member<>("AttributeValueList", ItemTypes.VALUE_LIST);

    private static final Member<Boolean> EXISTS = new Member<>("Exists", BOOLEAN);
    private static final Structure<ExpectedAttributeValue> EXPECTED_VALUE = Structure.of(
            "ExpectedAttributeValue",
            in -> new ExpectedAttributeValue(
                    in.get(VALUE), in.get(EXISTS), in.get(COMPARISON_OPERATOR), in.get(VALUE_LIST)),
            VALUE,
            EXISTS,
            COMPARISON_OPERATOR,
            VALUE_LIST);
    private static final Member<Map<String, ExpectedAttributeValue>> EXPECTED =
            new Member<>("Expected", mapOf(EXPECTED_VALUE));

    private static final Structure<Condition> CONDITION = Structure.of(
            "Condition",
            in -> new Condition(in.get(VALUE_LIST), in.get(COMPARISON_OPERATOR)),
            VALUE_LIST,
            COMPARISON_OPERATOR);

    private static final Member<String> ACTION = new Member<>("Action", STRING);
    private static final Structure<AttributeValueUpdate> VALUE_UPDATE = Structure.of(
            "AttributeValueUpdate", in -> new AttributeValueUpdate(in.get(VALUE), in.get(ACTION)), VALUE, ACTION);

    static final Structure<GetItemRequest> GET_ITEM = Structure.of(
            "GetItemInput",
            in -> new GetItemRequest(
                    in.get(TABLE_NAME),
                    in.get(KEY),
                    in.get(CONSISTENT_READ),
                    in.get(ATTRIBUTES_TO_GET),
                    in.get(PROJECTION_EXPRESSION),
                    in.get(NAMES),
                    in.get(RETURN_CAPACITY),
                    in.malformedValues()),
            TABLE_NAME,
            KEY,
            CONSISTENT_READ,
            ATTRIBUTES_TO_GET,
            PROJECTION_EXPRESSION,
            NAMES,
            RETURN_CAPACITY);

    static final Structure<PutItemRequest> PUT_ITEM = Structure.of(
            "PutItemInput",
            in -> new PutItemRequest(
                    in.get(TABLE_NAME),
                    in.get(ITEM),
                    in.get(EXPECTED),
                    in.get(CONDITIONAL_OPERATOR),
                    in.get(CONDITION_EXPRESSION),
                    in.get(NAMES),
                    in.get(VALUES),
                    in.get(RETURN_VALUES),
                    in.get(RETURN_CAPACITY),
                    in.get(RETURN_METRICS),
                    in.get(RETURN_ON_FAILURE),
                    in.malformedValues()),
            TABLE_NAME,
            ITEM,
            EXPECTED,
            CONDITIONAL_OPERATOR,
            CONDITION_EXPRESSION,
            NAMES,
            VALUES,
            RETURN_VALUES,
            RETURN_CAPACITY,
            RETURN_METRICS,
            RETURN_ON_FAILURE);

    static final Structure<DeleteItemRequest> DELETE_ITEM = Structure.of(
            "DeleteItemInput",
            in -> new DeleteItemRequest(
                    in.get(TABLE_NAME),
                    in.get(KEY),
                    in.get(EXPECTED),
                    in.get(CONDITIONAL_OPERATOR),
                    in.get(CONDITION_EXPRESSION),
                    in.get(NAMES),
                    in.get(VALUES),
                    in.get(RETURN_VALUES),
                    in.get(RETURN_CAPACITY),
                    in.get(RETURN_METRICS),
                    in.get(RETURN_ON_FAILURE),
                    in.malformedValues()),
            TABLE_NAME,
            KEY,
            EXPECTED,
            CONDITIONAL_OPERATOR,
            CONDITION_EXPRESSION,
            NAMES,
            VALUES,
            RETURN_VALUES,
            RETURN_CAPACITY,
            RETURN_METRICS,
            RETURN_ON_FAILURE);

    private static final Member<String> UPDATE_EXPRESSION = new Member<>("UpdateExpression", STRING);
    private static final Member<Map<String, AttributeValueUpdate>> ATTRIBUTE_UPDATES =
            new Member<>("AttributeUpdates", mapOf(VALUE_UPDATE));

    static final Structure<UpdateItemRequest> UPDATE_ITEM = Structure.of(
            "UpdateItemInput",
            in -> new UpdateItemRequest(
                    in.get(TABLE_NAME),
                    in.get(KEY),
                    in.get(UPDATE_EXPRESSION),
                    in.get(ATTRIBUTE_UPDATES),
                    in.get(EXPECTED),
                    in.get(CONDITIONAL_OPERATOR),
                    in.get(CONDITION_EXPRESSION),
                    in.get(NAMES),
                    in.get(VALUES),
                    in.get(RETURN_VALUES),
                    in.get(RETURN_CAPACITY),
                    in.get(RETURN_METRICS),
                    in.get(RETURN_ON_FAILURE),
                    in.malformedValues()),
            TABLE_NAME,
            KEY,
            UPDATE_EXPRESSION,
            ATTRIBUTE_UPDATES,
            EXPECTED,
            CONDITIONAL_OPERATOR,
            CONDITION_EXPRESSION,
            NAMES,
            VALUES,
            RETURN_VALUES,
            RETURN_CAPACITY,
            RETURN_METRICS,
            RETURN_ON_FAILURE);

    private static final Member<String> KEY_CONDITION_EXPRESSION = new Member<>("KeyConditionExpression", STRING);
    private static final Member<Map<String, Condition>> KEY_CONDITIONS =
            new Member<>("KeyConditions", mapOf(CONDITION));
    private static final Member<Map<String, Condition>> QUERY_FILTER = new Member<>("QueryFilter", mapOf(CONDITION));
    private static final Member<Boolean> SCAN_INDEX_FORWARD = new Member<>("ScanIndexForward", BOOLEAN);

    static final Structure<QueryRequest> QUERY = Structure.of(
            "QueryInput",
            in -> new QueryRequest(
                    in.get(TABLE_NAME),
                    in.get(INDEX_NAME),
                    in.get(KEY_CONDITION_EXPRESSION),
                    in.get(KEY_CONDITIONS),
                    in.get(FILTER_EXPRESSION),
                    in.get(QUERY_FILTER),
                    in.get(CONDITIONAL_OPERATOR),
                    in.get(PROJECTION_EXPRESSION),
                    in.get(ATTRIBUTES_TO_GET),
                    in.get(NAMES),
                    in.get(VALUES),
                    in.get(SELECT),
                    in.get(LIMIT),
                    in.get(EXCLUSIVE_START_KEY),
                    in.get(SCAN_INDEX_FORWARD),
                    in.get(CONSISTENT_READ),
                    in.get(RETURN_CAPACITY),
                    in.malformedValues()),
            TABLE_NAME,
            INDEX_NAME,
            KEY_CONDITION_EXPRESSION,
            KEY_CONDITIONS,
            FILTER_EXPRESSION,
            QUERY_FILTER,
            CONDITIONAL_OPERATOR,
            PROJECTION_EXPRESSION,
            ATTRIBUTES_TO_GET,
            NAMES,
            VALUES,
            SELECT,
            LIMIT,
            EXCLUSIVE_START_KEY,
            SCAN_INDEX_FORWARD,
            CONSISTENT_READ,
            RETURN_CAPACITY);

    private static final Member<Map<String, Condition>> SCAN_FILTER = new Member<>("ScanFilter", mapOf(CONDITION));
    private static final Member<Integer> SEGMENT = new Member<>("Segment", INTEGER);
    private static final Member<Integer> TOTAL_SEGMENTS = new Member<>("TotalSegments", INTEGER);

    static final Structure<ScanRequest> SCAN = Structure.of(
            "ScanInput",
            in -> new ScanRequest(
                    in.get(TABLE_NAME),
                    in.get(INDEX_NAME),
                    in.get(FILTER_EXPRESSION),
                    in.get(SCAN_FILTER),
                    in.get(CONDITIONAL_OPERATOR),
                    in.get(PROJECTION_EXPRESSION),
                    in.get(ATTRIBUTES_TO_GET),
                    in.get(NAMES),
                    in.get(VALUES),
                    in.get(SELECT),
                    in.get(LIMIT),
                    in.get(EXCLUSIVE_START_KEY),
                    in.get(SEGMENT),
                    in.get(TOTAL_SEGMENTS),
                    in.get(CONSISTENT_READ),
                    in.get(RETURN_CAPACITY),
                    in.malformedValues()),
            TABLE_NAME,
            INDEX_NAME,
            FILTER_EXPRESSION,
            SCAN_FILTER,
            CONDITIONAL_OPERATOR,
            PROJECTION_EXPRESSION,
            ATTRIBUTES_TO_GET,
            NAMES,
            VALUES,
            SELECT,
            LIMIT,
            EXCLUSIVE_START_KEY,
            SEGMENT,
            TOTAL_SEGMENTS,
            CONSISTENT_READ,
            RETURN_CAPACITY);

    private static final Member<List<Item>> KEYS = new Member<>("Keys", listOf(ItemTypes.ITEM));
    private static final Structure<KeysAndAttributes> KEYS_AND_ATTRIBUTES = Structure.of(
            "KeysAndAttributes",
            in -> new KeysAndAttributes(
                    in.get(KEYS),
                    in.get(CONSISTENT_READ),
                    in.get(ATTRIBUTES_TO_GET),
                    in.get(PROJECTION_EXPRESSION),
                    in.get(NAMES)),
            KEYS,
            CONSISTENT_READ,
            ATTRIBUTES_TO_GET,
            PROJECTION_EXPRESSION,
            NAMES);
    private static final Member<Map<String, KeysAndAttributes>> GET_REQUEST_ITEMS =
            new Member<>("RequestItems", mapOf(KEYS_AND_ATTRIBUTES));

    static final Structure<BatchGetItemRequest> BATCH_GET_ITEM = Structure.of(
            "BatchGetItemInput",
            in -> new BatchGetItemRequest(in.get(GET_REQUEST_ITEMS), in.get(RETURN_CAPACITY), in.malformedValues()),
            GET_REQUEST_ITEMS,
            RETURN_CAPACITY);

    private static final Member<PutRequest> PUT_REQUEST =
            new Member<>("PutRequest", Structure.of("PutRequest", in -> new PutRequest(in.get(ITEM)), ITEM));
    private static final Member<DeleteRequest> DELETE_REQUEST =
            new Member<>("DeleteRequest", Structure.of("DeleteRequest", in -> new DeleteRequest(in.get(KEY)), KEY));
    private static final Structure<WriteRequest> WRITE_REQUEST = Structure.of(
            "WriteRequest",
            in -> new WriteRequest(in.get(PUT_REQUEST), in.get(DELETE_REQUEST)),
            PUT_REQUEST,
            DELETE_REQUEST);
    private static final Member<Map<String, List<WriteRequest>>> WRITE_REQUEST_ITEMS =
            new Member<>("RequestItems", mapOf(listOf(WRITE_REQUEST)));

    static final Structure<BatchWriteItemRequest> BATCH_WRITE_ITEM = Structure.of(
            "BatchWriteItemInput",
            in -> new BatchWriteItemRequest(
                    in.get(WRITE_REQUEST_ITEMS), in.get(RETURN_CAPACITY), in.get(RETURN_METRICS), in.malformedValues()),
            WRITE_REQUEST_ITEMS,
            RETURN_CAPACITY,
            RETURN_METRICS);

    private ItemRequests() {}
}
