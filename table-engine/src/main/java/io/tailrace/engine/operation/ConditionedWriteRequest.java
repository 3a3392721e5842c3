package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;
import java.util.Map;

/** What the requests of PutItem, DeleteItem and UpdateItem have in common. Members are null where the request has none. */
interface ConditionedWriteRequest {
    String tableName();

    Map<String, ExpectedAttributeValue> expected();

    String conditionalOperator();

    String conditionExpression();

    Map<String, String> expressionAttributeNames();

    Map<String, AttributeValue> expressionAttributeValues();

    String returnValues();

    String returnConsumedCapacity();

    String returnItemCollectionMetrics();

    String returnValuesOnConditionCheckFailure();

    /** What the decoder could not read as attribute values, in their order; empty for none. */
    List<MalformedValue> malformedValues();
}
