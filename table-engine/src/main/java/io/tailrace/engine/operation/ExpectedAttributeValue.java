package io.tailrace.engine.operation;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/**
 * One entry of the legacy parameter Expected. Members are null where the request has none.
 */
public record ExpectedAttributeValue(
        AttributeValue value, Boolean exists, String comparisonOperator, List<AttributeValue> attributeValueList) {}
