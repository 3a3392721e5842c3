package io.tailrace.engine.expression;

import java.util.List;
import java.util.Objects;

/** A parsed UpdateExpression, not yet bound to names and values. */
public final class UpdateExpression {
    private static final ParseCache<UpdateExpression> CACHE = new ParseCache<>(UpdateExpression::parseAnew);
    private static final ExpressionKind KIND = ExpressionKind.UPDATE;

    private final List<UpdateAction> actions;

    private UpdateExpression(List<UpdateAction> actions) {
        this.actions = List.copyOf(actions);
    }

    /**
     * Parses {@code text}, or finds what it was parsed to before.
     *
     * @throws ExpressionException when the text is no update, with DynamoDB's message
     */
    public static UpdateExpression parse(String text) {
        return CACHE.get(KIND, Objects.requireNonNull(text));
    }

    private static UpdateExpression parseAnew(ExpressionKind kind, String text) {
        TokenStream tokens = TokenStream.of(kind, text);
        List<UpdateParser.Clause> clauses = UpdateParser.parse(tokens);
        List<UpdateAction> actions = new TreeBuilder(kind).actions(clauses);
        tokens.checkOperators();
        return new UpdateExpression(actions);
    }

    /** The actions in the order of the text, with placeholders. */
    public List<UpdateAction> actions() {
        return actions;
    }

    /**
     * @throws ExpressionException when a placeholder is not defined, paths collide or operands do not fit, with DynamoDB's
     *     message
     */
    public BoundUpdate bind(ExpressionAttributes attributes) {
        return BoundUpdate.of(new UpdateBinder(KIND, attributes).bind(actions));
    }
}
