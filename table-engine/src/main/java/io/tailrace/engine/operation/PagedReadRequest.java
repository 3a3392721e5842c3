package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Map;

/** What the requests of Query and Scan have in common. Members are null where the request has none. */
interface PagedReadRequest {
    String tableName();

    String indexName();

    String filterExpression();

    String conditionalOperator();

    String projectionExpression();

    List<String> attributesToGet();

    Map<String, String> expressionAttributeNames();

    Map<String, AttributeValue> expressionAttributeValues();

    String select();

    Integer limit();

    Item exclusiveStartKey();

    Boolean consistentRead();

    String returnConsumedCapacity();

    /** What the decoder could not read as attribute values, in their order; empty for none. */
    List<MalformedValue> malformedValues();
}
