package io.tailrace.engine.expression;

import java.util.List;

/**
 * The expressions of PartiQL statements: trees that another parser made, whose values are in their places. They are
 * checked as the expressions of the other operations are, with the same messages.
 */
public final class StatementExpressions {
    private static final ExpressionKind KIND = ExpressionKind.STATEMENT;

    private StatementExpressions() {}

    /** @throws ExpressionException when operands do not fit, with DynamoDB's message */
    public static BoundCondition condition(Condition tree) {
        return BoundCondition.of(new ConditionBinder(KIND, ExpressionAttributes.none()).bind(tree));
    }

    /** @throws ExpressionException when paths collide or operands do not fit, with DynamoDB's message */
    public static BoundUpdate update(List<UpdateAction> actions) {
        return BoundUpdate.of(new UpdateBinder(KIND, ExpressionAttributes.none()).bind(actions));
    }

    /** @throws ExpressionException when paths collide, with DynamoDB's message */
    public static BoundProjection projection(List<Path> paths) {
        OperandBinder binder = new OperandBinder(KIND, ExpressionAttributes.none());
        paths.forEach(binder::bind);
        PathConflicts.check(KIND, paths);
        return BoundProjection.of(paths);
    }
}
