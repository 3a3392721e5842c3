package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/** One statement of ExecuteTransaction. Members are null where the request has none. */
public record ParameterizedStatement(
        String statement, List<AttributeValue> parameters, String returnValuesOnConditionCheckFailure) {}
