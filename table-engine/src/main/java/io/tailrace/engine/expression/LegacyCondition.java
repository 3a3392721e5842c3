package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.List;

/**
 * One condition of KeyConditions, QueryFilter or ScanFilter. Source: API Reference, "Condition".
 *
 * @param comparisonOperator as the request has it, or null
 * @param attributeValueList the operands; null when the request has none
 */
public record LegacyCondition(String comparisonOperator, List<AttributeValue> attributeValueList) {
    public LegacyCondition {
        attributeValueList = attributeValueList == null ? List.of() : List.copyOf(attributeValueList);
    }
}
