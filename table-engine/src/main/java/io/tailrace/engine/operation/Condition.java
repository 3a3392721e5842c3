package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/**
 * One entry of the legacy parameters KeyConditions, QueryFilter and ScanFilter. Members are null where the request has none.
 */
public record Condition(List<AttributeValue> attributeValueList, String comparisonOperator) {}
