package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.STRING;
import static io.tailrace.server.protocol.JsonType.listOf;
import static io.tailrace.server.protocol.JsonType.mapOf;

import io.tailrace.engine.operation.TransactConditionCheck;
import io.tailrace.engine.operation.TransactDelete;
import io.tailrace.engine.operation.TransactGet;
import io.tailrace.engine.operation.TransactGetItem;
import io.tailrace.engine.operation.TransactGetItemsRequest;
import io.tailrace.engine.operation.TransactPut;
import io.tailrace.engine.operation.TransactUpdate;
import io.tailrace.engine.operation.TransactWriteItem;
import io.tailrace.engine.operation.TransactWriteItemsRequest;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/** The requests of transactions, member by member. (API Reference, TransactWriteItems and TransactGetItems.) */
final class TransactRequests {
    private static final Member<String> TABLE_NAME = new Member<>("TableName", STRING);
    private static final Member<Item> ITEM = new Member<>("Item", ItemTypes.ITEM);
    private static final Member<Item> KEY = new Member<>("Key", ItemTypes.ITEM);
    private static final Member<String> PROJECTION_EXPRESSION = new Member<>("ProjectionExpression", STRING);
    private static final Member<String> CONDITION_EXPRESSION = new Member<>("ConditionExpression", STRING);
    private static final Member<String> UPDATE_EXPRESSION = new Member<>("UpdateExpression", STRING);
    private static final Member<Map<String, String>> NAMES = new Member<>("ExpressionAttributeNames", mapOf(STRING));
    private static final Member<Map<String, AttributeValue>> VALUES =
            new Member<>("ExpressionAttributeValues", ItemTypes.NESTED_VALUES);
    private static final Member<String> RETURN_ON_FAILURE = new Member<>("ReturnValuesOnConditionCheckFailure", STRING);
    private static final Member<String> RETURN_CAPACITY = new Member<>("ReturnConsumedCapacity", STRING);
    private static final Member<String> RETURN_METRICS = new Member<>("ReturnItemCollectionMetrics", STRING);
    private static final Member<String> CLIENT_TOKEN = new Member<>("ClientRequestToken", STRING);

    private static final Member<TransactGet> GET = new Member<>(
            "Get",
            Structure.of(
                    "Get",
                    in -> new TransactGet(
                            in.get(TABLE_NAME), in.get(KEY), in.get(PROJECTION_EXPRESSION), in.get(NAMES)),
                    TABLE_NAME,
                    KEY,
                    PROJECTION_EXPRESSION,
                    NAMES));
    private static final Member<List<TransactGetItem>> GETS = new Member<>(
            "TransactItems", listOf(Structure.of("TransactGetItem", in -> new TransactGetItem(in.get(GET)), GET)));

    static final Structure<TransactGetItemsRequest> TRANSACT_GET_ITEMS = Structure.of(
            "TransactGetItemsInput",
            in -> new TransactGetItemsRequest(in.get(GETS), in.get(RETURN_CAPACITY), in.malformedValues()),
            GETS,
            RETURN_CAPACITY);

    private static final Member<TransactConditionCheck> CONDITION_CHECK = new Member<>(
            "ConditionCheck",
            Structure.of(
                    "ConditionCheck",
                    in -> new TransactConditionCheck(
                            in.get(TABLE_NAME),
                            in.get(KEY),
                            in.get(CONDITION_EXPRESSION),
                            in.get(NAMES),
                            in.get(VALUES),
                            in.get(RETURN_ON_FAILURE),
                            in.ownMalformedValues()),
                    TABLE_NAME,
                    KEY,
                    CONDITION_EXPRESSION,
                    NAMES,
                    VALUES,
                    RETURN_ON_FAILURE));

    private static final Member<TransactPut> PUT = new Member<>(
            "Put",
            Structure.of(
                    "Put",
                    in -> new TransactPut(
                            in.get(TABLE_NAME),
                            in.get(ITEM),
                            in.get(CONDITION_EXPRESSION),
                            in.get(NAMES),
                            in.get(VALUES),
                            in.get(RETURN_ON_FAILURE),
                            in.ownMalformedValues()),
                    TABLE_NAME,
                    ITEM,
                    CONDITION_EXPRESSION,
                    NAMES,
                    VALUES,
                    RETURN_ON_FAILURE));

    private static final Member<TransactDelete> DELETE = new Member<>(
            "Delete",
            Structure.of(
                    "Delete",
                    in -> new TransactDelete(
                            in.get(TABLE_NAME),
                            in.get(KEY),
                            in.get(CONDITION_EXPRESSION),
                            in.get(NAMES),
                            in.get(VALUES),
                            in.get(RETURN_ON_FAILURE),
                            in.ownMalformedValues()),
                    TABLE_NAME,
                    KEY,
                    CONDITION_EXPRESSION,
                    NAMES,
                    VALUES,
                    RETURN_ON_FAILURE));

    private static final Member<TransactUpdate> UPDATE = new Member<>(
            "Update",
            Structure.of(
                    "Update",
                    in -> new TransactUpdate(
                            in.get(TABLE_NAME),
                            in.get(KEY),
                            in.get(UPDATE_EXPRESSION),
                            in.get(CONDITION_EXPRESSION),
                            in.get(NAMES),
                            in.get(VALUES),
                            in.get(RETURN_ON_FAILURE),
                            in.ownMalformedValues()),
                    TABLE_NAME,
                    KEY,
                    UPDATE_EXPRESSION,
                    CONDITION_EXPRESSION,
                    NAMES,
                    VALUES,
                    RETURN_ON_FAILURE));

    private static final Member<List<TransactWriteItem>> WRITES = new Member<>(
            "TransactItems",
            listOf(Structure.of(
                    "TransactWriteItem",
                    in -> new TransactWriteItem(in.get(CONDITION_CHECK), in.get(PUT), in.get(DELETE), in.get(UPDATE)),
                    CONDITION_CHECK,
                    PUT,
                    DELETE,
                    UPDATE)));

    static final Structure<TransactWriteItemsRequest> TRANSACT_WRITE_ITEMS = Structure.of(
            "TransactWriteItemsInput",
            in -> new TransactWriteItemsRequest(
                    in.get(WRITES),
                    in.get(RETURN_CAPACITY),
                    in.get(RETURN_METRICS),
                    in.get(CLIENT_TOKEN),
                    in.malformedValues()),
            WRITES,
            RETURN_CAPACITY,
            RETURN_METRICS,
            CLIENT_TOKEN);

    private TransactRequests() {}
}
