package io.tailrace.engine.expression;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the typed tree of what the parser read: looks up functions and where they may stand, refuses reserved words and
 * list positions out of range. Goes through the text from left to right and reports the first fault.
 */
final class TreeBuilder {
    private final ExpressionKind kind;

    TreeBuilder(ExpressionKind kind) {
        this.kind = kind;
    }

    Condition condition(SyntaxNode node) {
        return switch (node.shape()) {
            case COMPARISON ->
                new Condition.Comparison(comparisonOperator(node.token().type()), operand(node, 0), operand(node, 1));
            case BETWEEN -> new Condition.Between(operand(node, 0), operand(node, 1), operand(node, 2));
            case IN -> {
                List<Operand> operands = operands(node);
                yield new Condition.In(operands.get(0), operands.subList(1, operands.size()));
            }
            case AND -> new Condition.And(conditions(node));
            case OR -> new Condition.Or(conditions(node));
            case NOT -> not(node);
            case CALL -> {
                ExpressionFunction function = function(node);
                if (function.role() != ExpressionFunction.Role.CONDITION) {
                    throw misused(function);
                }
                yield new Condition.Call(function, operands(node));
            }
            case PATH, VALUE, ARITHMETIC -> throw new IllegalStateException("no condition: " + node.shape());
        };
    }

    /** Without recursion, since many NOTs may follow one another. */
    private Condition not(SyntaxNode node) {
        int count = 0;
        SyntaxNode inner = node;
        while (inner.shape() == SyntaxNode.Shape.NOT) {
            inner = inner.children().get(0);
            count++;
        }
        Condition condition = condition(inner);
        for (int i = 0; i < count; i++) {
            condition = new Condition.Not(condition);
        }
        return condition;
    }

    private List<Condition> conditions(SyntaxNode node) {
        List<Condition> conditions = new ArrayList<>();
        for (SyntaxNode child : node.children()) {
            conditions.add(condition(child));
        }
        return conditions;
    }

    List<UpdateAction> actions(List<UpdateParser.Clause> clauses) {
        List<UpdateAction> actions = new ArrayList<>();
        for (UpdateParser.Clause clause : clauses) {
            for (UpdateParser.Action action : clause.actions()) {
                actions.add(action(clause.kind(), action));
            }
        }
        Set<UpdateAction.Kind> seen = EnumSet.noneOf(UpdateAction.Kind.class);
        for (UpdateParser.Clause clause : clauses) {
            if (!seen.add(clause.kind())) {
                throw kind.invalid(
                        "The \"" + clause.kind() + "\" section can only be used once in an update expression;");
            }
        }
        return actions;
    }

    private UpdateAction action(UpdateAction.Kind clause, UpdateParser.Action action) {
        Path path = path(action.path());
        return switch (clause) {
            case SET -> new UpdateAction.Set(path, setValue(action.value()));
            case REMOVE -> new UpdateAction.Remove(path);
            case ADD -> new UpdateAction.Add(path, operand(action.value()));
            case DELETE -> new UpdateAction.Delete(path, operand(action.value()));
        };
    }

    private SetValue setValue(SyntaxNode node) {
        if (node.shape() == SyntaxNode.Shape.ARITHMETIC) {
            Arithmetic.Operator operator =
                    node.token().type() == TokenType.PLUS ? Arithmetic.Operator.PLUS : Arithmetic.Operator.MINUS;
            return new Arithmetic(operator, operand(node, 0), operand(node, 1));
        }
        // list_append gives its value to an attribute, never to another function or operator.
        if (node.shape() == SyntaxNode.Shape.CALL && function(node) == ExpressionFunction.LIST_APPEND) {
            return new Operand.Call(ExpressionFunction.LIST_APPEND, operands(node));
        }
        return operand(node);
    }

    List<Path> paths(List<SyntaxNode> nodes) {
        List<Path> paths = new ArrayList<>();
        for (SyntaxNode node : nodes) {
            paths.add(path(node));
        }
        return paths;
    }

    private List<Operand> operands(SyntaxNode parent) {
        List<Operand> operands = new ArrayList<>();
        for (SyntaxNode child : parent.children()) {
            operands.add(operand(child));
        }
        return operands;
    }

    private Operand operand(SyntaxNode parent, int index) {
        return operand(parent.children().get(index));
    }

    private Operand operand(SyntaxNode node) {
        return switch (node.shape()) {
            case PATH -> path(node);
            case VALUE -> new Operand.ValueReference(node.token().text());
            case CALL -> {
                ExpressionFunction function = function(node);
                if (function.role() == ExpressionFunction.Role.CONDITION
                        || function == ExpressionFunction.LIST_APPEND) {
                    throw misused(function);
                }
                yield new Operand.Call(function, operands(node));
            }
            case COMPARISON, BETWEEN, IN, AND, OR, NOT, ARITHMETIC ->
                throw new IllegalStateException("no operand: " + node.shape());
        };
    }

    /** The function, if expressions of this kind know it. */
    private ExpressionFunction function(SyntaxNode node) {
        String name = node.token().text();
        ExpressionFunction function = ExpressionFunction.named(name);
        if (function == null) {
            throw kind.invalid("Invalid function name; function: " + name);
        }
        boolean ofUpdates = function.role() == ExpressionFunction.Role.UPDATE_OPERAND;
        if (ofUpdates != (kind == ExpressionKind.UPDATE)) {
            String place = ofUpdates ? "a condition expression" : "an update expression";
            throw kind.invalid("The function is not allowed in " + place + "; function: " + name);
        }
        return function;
    }

    private ExpressionException misused(ExpressionFunction function) {
        return kind.invalid("The function is not allowed to be used this way in an expression; function: "
                + function.functionName());
    }

    private Path path(SyntaxNode node) {
        List<PathElement> elements = new ArrayList<>();
        for (Token step : node.steps()) {
            elements.add(
                    switch (step.type()) {
                        case NAME -> name(step.text());
                        case ALIAS, VALUE -> new PathElement.Alias(step.text());
                        case NUMBER -> index(step.text());
                        default -> throw new IllegalStateException("no step of a path: " + step.type());
                    });
        }
        return new Path(elements);
    }

    private PathElement name(String name) {
        if (ReservedWords.contains(name)) {
            throw kind.invalid("Attribute name is a reserved keyword; reserved keyword: " + name);
        }
        return new PathElement.Name(name);
    }

    private PathElement index(String digits) {
        try {
            return new PathElement.Index(Integer.parseInt(digits));
        } catch (NumberFormatException tooLarge) {
            throw kind.invalid("List index is not within the allowable range; index: [" + digits + "]");
        }
    }

    private static ComparisonOperator comparisonOperator(TokenType type) {
        return switch (type) {
            case EQUAL -> ComparisonOperator.EQ;
            case NOT_EQUAL -> ComparisonOperator.NE;
            case LESS -> ComparisonOperator.LT;
            case LESS_OR_EQUAL -> ComparisonOperator.LE;
            case GREATER -> ComparisonOperator.GT;
            case GREATER_OR_EQUAL -> ComparisonOperator.GE;
            default -> throw new IllegalStateException("no comparison: " + type);
        };
    }
}
