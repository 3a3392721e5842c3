package io.tailrace.engine.expression;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes trees as text with the parentheses that they need and no others: what it writes of a parsed tree parses to that
 * tree again. Trees of bound expressions have values in them, for which there is no text.
 */
public final class ExpressionPrinter {
    private ExpressionPrinter() {}

    /** The text of a condition with placeholders. */
    public static String print(Condition condition) {
        return switch (condition.kind()) {
            case COMPARISON -> {
                Condition.Comparison comparison = (Condition.Comparison) condition;
                yield print(comparison.left()) + " " + comparison.operator().symbol() + " " + print(comparison.right());
            }
            case BETWEEN -> {
                Condition.Between between = (Condition.Between) condition;
                yield print(between.value()) + " BETWEEN " + print(between.low()) + " AND " + print(between.high());
            }
            case IN -> {
                Condition.In in = (Condition.In) condition;
                yield print(in.value()) + " IN " + print(in.candidates());
            }
            case CALL -> {
                Condition.Call call = (Condition.Call) condition;
                yield call.function().functionName() + print(call.operands());
            }
            case AND -> joined(((Condition.And) condition).conditions(), " AND ");
            case OR -> joined(((Condition.Or) condition).conditions(), " OR ");
            case NOT -> "NOT " + inner(((Condition.Not) condition).condition(), Condition.Kind.NOT);
        };
    }

    private static String joined(List<Condition> conditions, String operator) {
        Condition.Kind outer = operator.contains("AND") ? Condition.Kind.AND : Condition.Kind.OR;
        return conditions.stream().map(part -> inner(part, outer)).collect(Collectors.joining(operator));
    }

    /** A part of an outer operator, in parentheses where it binds less tightly, or just as tightly. */
    private static String inner(Condition part, Condition.Kind outer) {
        boolean needed = switch (part.kind()) {
            case OR -> true;
            case AND -> outer != Condition.Kind.OR;
            case COMPARISON, BETWEEN, IN, CALL, NOT -> false;
        };
        return needed ? "(" + print(part) + ")" : print(part);
    }

    private static String print(List<Operand> operands) {
        return operands.stream().map(ExpressionPrinter::print).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String print(Operand operand) {
        return switch (operand.kind()) {
            case PATH -> print((Path) operand);
            case VALUE_REFERENCE -> ((Operand.ValueReference) operand).name();
            case CALL -> {
                Operand.Call call = (Operand.Call) operand;
                yield call.function().functionName() + print(call.operands());
            }
            case CONSTANT -> throw new IllegalArgumentException("a value has no text in an expression");
        };
    }

    private static String print(Path path) {
        StringBuilder text = new StringBuilder();
        for (PathElement element : path.elements()) {
            if (text.length() > 0 && !(element instanceof PathElement.Index)) {
                text.append('.');
            }
            text.append(element);
        }
        return text.toString();
    }

    /** The text of a projection's paths. */
    public static String printProjection(List<Path> paths) {
        return paths.stream().map(ExpressionPrinter::print).collect(Collectors.joining(", "));
    }

    /** The text of an update's actions; those of one clause must stand together. */
    public static String printUpdate(List<UpdateAction> actions) {
        StringBuilder text = new StringBuilder();
        UpdateAction.Kind clause = null;
        for (UpdateAction action : actions) {
            if (action.kind() == clause) {
                text.append(", ");
            } else {
                clause = action.kind();
                text.append(text.length() == 0 ? "" : " ").append(clause).append(' ');
            }
            text.append(print(action));
        }
        return text.toString();
    }

    private static String print(UpdateAction action) {
        String path = print(action.path());
        return switch (action.kind()) {
            case SET -> path + " = " + print(((UpdateAction.Set) action).value());
            case REMOVE -> path;
            case ADD -> path + " " + print(((UpdateAction.Add) action).value());
            case DELETE -> path + " " + print(((UpdateAction.Delete) action).value());
        };
    }

    private static String print(SetValue value) {
        if (value instanceof Operand operand) {
            return print(operand);
        }
        Arithmetic arithmetic = (Arithmetic) value;
        return print(arithmetic.left()) + " " + arithmetic.operator().symbol() + " " + print(arithmetic.right());
    }
}
