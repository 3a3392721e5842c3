package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/**
 * One statement of BatchExecuteStatement. Members are null where the request has none.
 *
 * @param malformedValues what the decoder could not read as attribute values, in their order; empty for none
 */
public record BatchStatementRequest(
        String statement,
        List<AttributeValue> parameters,
        Boolean consistentRead,
        String returnValuesOnConditionCheckFailure,
        List<MalformedValue> malformedValues) {}
