package io.tailrace.engine.expression;

import java.util.Objects;

/** A parsed KeyConditionExpression, not yet bound to names and values. Its grammar is that of all conditions. */
public final class KeyConditionExpression {
    private static final ParseCache<KeyConditionExpression> CACHE = new ParseCache<>(KeyConditionExpression::parseAnew);
    private static final ExpressionKind KIND = ExpressionKind.KEY_CONDITION;

    private final Condition tree;

    private KeyConditionExpression(Condition tree) {
        this.tree = tree;
    }

    /**
     * Parses {@code text}, or finds what it was parsed to before.
     *
     * @throws ExpressionException when the text is no condition, with DynamoDB's message
     */
    public static KeyConditionExpression parse(String text) {
        return CACHE.get(KIND, Objects.requireNonNull(text));
    }

    private static KeyConditionExpression parseAnew(ExpressionKind kind, String text) {
        return new KeyConditionExpression(ConditionExpression.parseTree(kind, text));
    }

    /** The tree, with placeholders. */
    public Condition tree() {
        return tree;
    }

    /** @throws ExpressionException when a placeholder is not defined or operands do not fit, with DynamoDB's message */
    public BoundKeyCondition bind(ExpressionAttributes attributes) {
        return BoundKeyCondition.of(new ConditionBinder(KIND, attributes).bind(tree));
    }
}
