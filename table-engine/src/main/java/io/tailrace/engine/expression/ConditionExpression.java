package io.tailrace.engine.expression;

import java.util.Objects;

/** A parsed ConditionExpression or FilterExpression, not yet bound to names and values. */
public final class ConditionExpression {
    private static final ParseCache<ConditionExpression> CACHE = new ParseCache<>(ConditionExpression::parseAnew);

    private final ExpressionKind kind;
    private final Condition tree;

    private ConditionExpression(ExpressionKind kind, Condition tree) {
        this.kind = kind;
        this.tree = tree;
    }

    /**
     * Parses {@code text}, or finds what it was parsed to before.
     *
     * @param kind CONDITION or FILTER
     * @throws ExpressionException when the text is no condition, with DynamoDB's message
     */
    public static ConditionExpression parse(ExpressionKind kind, String text) {
        if (kind != ExpressionKind.CONDITION && kind != ExpressionKind.FILTER) {
            throw new IllegalArgumentException("not a condition: " + kind);
        }
        return CACHE.get(kind, Objects.requireNonNull(text));
    }

    private static ConditionExpression parseAnew(ExpressionKind kind, String text) {
        return new ConditionExpression(kind, parseTree(kind, text));
    }

    /** The tree of a text of the condition grammar; key conditions have the same. */
    static Condition parseTree(ExpressionKind kind, String text) {
        TokenStream tokens = TokenStream.of(kind, text);
        SyntaxNode syntax = ConditionParser.parse(tokens);
        Condition tree = new TreeBuilder(kind).condition(syntax);
        tokens.checkOperators();
        return tree;
    }

    /** The tree, with placeholders. */
    public Condition tree() {
        return tree;
    }

    /** @throws ExpressionException when a placeholder is not defined or operands do not fit, with DynamoDB's message */
    public BoundCondition bind(ExpressionAttributes attributes) {
        return BoundCondition.of(new ConditionBinder(kind, attributes).bind(tree));
    }
}
