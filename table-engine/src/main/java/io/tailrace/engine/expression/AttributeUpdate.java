package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;

/**
 * One entry of AttributeUpdates. Source: API Reference, "AttributeValueUpdate".
 *
 * @param action what happens to the attribute; null means PUT
 * @param value the operand, or null
 */
public record AttributeUpdate(Action action, AttributeValue value) {
    public AttributeUpdate {
        action = action == null ? Action.PUT : action;
    }

    /** The three actions. */
    public enum Action {
        PUT,
        ADD,
        DELETE
    }
}
