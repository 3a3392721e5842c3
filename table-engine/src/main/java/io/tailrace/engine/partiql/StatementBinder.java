package io.tailrace.engine.partiql;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.engine.expression.Arithmetic;
import io.tailrace.engine.expression.ComparisonOperator;
import io.tailrace.engine.expression.Condition;
import io.tailrace.engine.expression.ExpressionFunction;
import io.tailrace.engine.expression.Operand;
import io.tailrace.engine.expression.Path;
import io.tailrace.engine.expression.SetValue;
import io.tailrace.engine.expression.UpdateAction;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes conditions, updates and items of a statement's expressions, with the request's parameters in their places. */
public final class StatementBinder {
    private static final String SET_ADD = "SET_ADD";
    private static final String SET_DELETE = "SET_DELETE";
    private static final Set<AttributeType> SETS = EnumSet.of(AttributeType.SS, AttributeType.NS, AttributeType.BS);

    private static final Expression TRUE = new Expression.Literal(AttributeValue.Bool.TRUE);
    private static final Expression FALSE = new Expression.Literal(AttributeValue.Bool.FALSE);

    private final ValueBinder values;

    /** @throws DynamoException when there are not as many parameters as the statement takes */
    public StatementBinder(int parameterCount, List<AttributeValue> parameters) {
        if (parameterCount != parameters.size()) {
            throw DynamoException.validation(StatementErrorMessages.parameterCount());
        }
        values = new ValueBinder(parameters);
    }

    /** The item of INSERT. */
    public Item item(Expression value) {
        if (value instanceof Expression.Struct struct) {
            return Item.copyOf(values.members(struct));
        }
        throw DynamoException.validation(StatementErrorMessages.insertValue());
    }

    /** The condition of WHERE. */
    public Condition condition(Expression expression) {
        return switch (expression.kind()) {
            case COMPARISON -> {
                Expression.Comparison comparison = (Expression.Comparison) expression;
                if (isTruthOfCall(comparison)) {
                    Condition call = call((Expression.Call) comparison.left());
                    yield comparison.right().equals(TRUE) ? call : new Condition.Not(call);
                }
                yield new Condition.Comparison(
                        comparison.operator(), operand(comparison.left()), operand(comparison.right()));
            }
            case BETWEEN -> {
                Expression.Between between = (Expression.Between) expression;
                yield new Condition.Between(operand(between.value()), operand(between.low()), operand(between.high()));
            }
            case IN -> in((Expression.In) expression);
            case IS -> is((Expression.Is) expression);
            case AND -> new Condition.And(conditions(((Expression.And) expression).terms()));
            case OR -> new Condition.Or(conditions(((Expression.Or) expression).terms()));
            case NOT -> new Condition.Not(condition(((Expression.Not) expression).term()));
            case CALL -> call((Expression.Call) expression);
            case PATH, LITERAL, MISSING, PARAMETER, LIST, STRUCT, BAG, SUM ->
                throw DynamoException.validation(StatementErrorMessages.notBoolean());
        };
    }

    /** Whether it says of a function that gives a condition that it is true or false. */
    private static boolean isTruthOfCall(Expression.Comparison comparison) {
        return comparison.operator() == ComparisonOperator.EQ
                && (comparison.right().equals(TRUE) || comparison.right().equals(FALSE))
                && comparison.left() instanceof Expression.Call call
                && function(call).role() == ExpressionFunction.Role.CONDITION;
    }

    private List<Condition> conditions(List<Expression> terms) {
        List<Condition> conditions = new ArrayList<>();
        terms.forEach(term -> conditions.add(condition(term)));
        return conditions;
    }

    private Condition in(Expression.In in) {
        List<Expression> candidates;
        if (in.candidates() instanceof Expression.ListOf list) {
            candidates = list.elements();
        } else if (in.candidates() instanceof Expression.Bag bag) {
            candidates = bag.elements();
        } else {
            candidates = List.of();
        }
        if (candidates.isEmpty()) {
            throw DynamoException.validation(StatementErrorMessages.inOperands());
        }
        return new Condition.In(operand(in.value()), operands(candidates));
    }

    private Condition is(Expression.Is is) {
        Operand operand = operand(is.value());
        if (is.type().equals("MISSING")) {
            return new Condition.Call(ExpressionFunction.ATTRIBUTE_NOT_EXISTS, List.of(operand));
        }
        String type = switch (is.type()) {
            case "NULL" -> "NULL";
            case "BOOL", "BOOLEAN" -> "BOOL";
            case "BLOB" -> "B";
            case "STRING" -> "S";
            case "NUMERIC" -> "N";
            case "STRUCT", "TUPLE" -> "M";
            case "LIST" -> "L";
            default -> throw DynamoException.validation(StatementErrorMessages.typeOfIs(is.type()));
        };
        return new Condition.Call(
                ExpressionFunction.ATTRIBUTE_TYPE, List.of(operand, new Operand.Constant(AttributeValue.string(type))));
    }

    private Condition call(Expression.Call call) {
        ExpressionFunction function = function(call);
        return switch (function.role()) {
            case CONDITION -> new Condition.Call(function, operands(call.operands()));
            case CONDITION_OPERAND -> throw DynamoException.validation(StatementErrorMessages.notBoolean());
            case UPDATE_OPERAND ->
                throw DynamoException.validation(StatementErrorMessages.functionInCondition(function.functionName()));
        };
    }

    private static ExpressionFunction function(Expression.Call call) {
        ExpressionFunction function = ExpressionFunction.named(call.function().toLowerCase(Locale.ROOT));
        if (function == null) {
            throw DynamoException.validation(StatementErrorMessages.unrecognizedFunction(
                    call.function().toLowerCase(Locale.ROOT), call.position().toString()));
        }
        return function;
    }

    private List<Operand> operands(List<Expression> expressions) {
        List<Operand> operands = new ArrayList<>();
        expressions.forEach(expression -> operands.add(operand(expression)));
        return operands;
    }

    /** What a condition compares. */
    private Operand operand(Expression expression) {
        return switch (expression.kind()) {
            case PATH -> ((Expression.PathReference) expression).path();
            case LITERAL, PARAMETER, LIST, STRUCT, BAG -> new Operand.Constant(values.value(expression));
            case MISSING -> throw DynamoException.validation(StatementErrorMessages.missingOutsideIs());
            case CALL -> {
                ExpressionFunction function = function((Expression.Call) expression);
                if (function.role() != ExpressionFunction.Role.CONDITION_OPERAND) {
                    throw DynamoException.validation(
                            StatementErrorMessages.functionInCondition(function.functionName()));
                }
                yield new Operand.Call(function, operands(((Expression.Call) expression).operands()));
            }
            case SUM, COMPARISON, BETWEEN, IN, IS, AND, OR, NOT ->
                throw DynamoException.validation(StatementErrorMessages.operatorInCondition(operator(expression)));
        };
    }

    /** How an expression's operator is written. */
    private static String operator(Expression expression) {
        if (expression instanceof Expression.Sum sum) {
            return sum.operator().symbol();
        }
        return expression instanceof Expression.Comparison comparison
                ? comparison.operator().symbol()
                : expression.kind().name();
    }

    /** The actions of UPDATE. */
    public List<UpdateAction> actions(List<Statement.Change> changes) {
        List<UpdateAction> actions = new ArrayList<>();
        for (Statement.Change change : changes) {
            actions.add(
                    change.value().isEmpty()
                            ? new UpdateAction.Remove(change.path())
                            : set(change.path(), change.value().get()));
        }
        return actions;
    }

    private UpdateAction set(Path path, Expression value) {
        if (value instanceof Expression.Call call) {
            String function = call.function().toUpperCase(Locale.ROOT);
            if (function.equals(SET_ADD)) {
                return new UpdateAction.Add(path, elements(function, path, call));
            }
            if (function.equals(SET_DELETE)) {
                return new UpdateAction.Delete(path, elements(function, path, call));
            }
        }
        return new UpdateAction.Set(path, setValue(value));
    }

    /** What set_add or set_delete adds to the set at the path, or takes from it. */
    private Operand elements(String function, Path path, Expression.Call call) {
        List<Expression> operands = call.operands();
        if (operands.size() != 2) {
            throw DynamoException.validation(StatementErrorMessages.setFunctionOperands(
                    function, call.position().toString()));
        }
        if (!(operands.get(0) instanceof Expression.PathReference target)
                || !target.path().equals(path)) {
            throw DynamoException.validation(StatementErrorMessages.setFunctionPath(
                    function, call.position().toString()));
        }
        if (operands.get(1) instanceof Expression.Bag || operands.get(1) instanceof Expression.Parameter) {
            AttributeValue elements = values.value(operands.get(1));
            if (SETS.contains(elements.type())) {
                return new Operand.Constant(elements);
            }
        }
        throw DynamoException.validation(StatementErrorMessages.setFunctionValue(
                function, target.position().toString()));
    }

    private SetValue setValue(Expression value) {
        return value instanceof Expression.Sum sum
                ? new Arithmetic(sum.operator(), updateOperand(sum.left()), updateOperand(sum.right()))
                : updateOperand(value);
    }

    private Operand updateOperand(Expression expression) {
        return switch (expression.kind()) {
            case PATH -> ((Expression.PathReference) expression).path();
            case LITERAL, PARAMETER, LIST, STRUCT, BAG -> new Operand.Constant(values.value(expression));
            case MISSING -> throw DynamoException.validation(StatementErrorMessages.missingOutsideIs());
            case CALL -> {
                Expression.Call call = (Expression.Call) expression;
                ExpressionFunction function = function(call);
                if (function.role() != ExpressionFunction.Role.UPDATE_OPERAND) {
                    throw DynamoException.validation(StatementErrorMessages.functionInUpdate(function.functionName()));
                }
                List<Operand> operands = new ArrayList<>();
                call.operands().forEach(operand -> operands.add(updateOperand(operand)));
                yield new Operand.Call(function, operands);
            }
            case SUM, COMPARISON, BETWEEN, IN, IS, AND, OR, NOT ->
                throw DynamoException.validation(StatementErrorMessages.operatorInUpdate(operator(expression)));
        };
    }
}
