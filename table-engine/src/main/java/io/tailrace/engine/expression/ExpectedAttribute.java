package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/**
 * One entry of Expected; each part is null when the request does not have it. Source: API Reference,
 * "ExpectedAttributeValue".
 */
public record ExpectedAttribute(
        AttributeValue value, Boolean exists, String comparisonOperator, List<AttributeValue> attributeValueList) {
    public ExpectedAttribute {
        attributeValueList = attributeValueList == null ? null : List.copyOf(attributeValueList);
    }
}
