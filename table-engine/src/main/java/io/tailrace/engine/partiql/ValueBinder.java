package io.tailrace.engine.partiql;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.StatementErrorMessages;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes attribute values of literals and parameters. */
final class ValueBinder {
    private final List<AttributeValue> parameters;

    ValueBinder(List<AttributeValue> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** The value of an expression that needs no item. */
    AttributeValue value(Expression expression) {
        return switch (expression.kind()) {
            case LITERAL -> ((Expression.Literal) expression).value();
            case PARAMETER -> parameters.get(((Expression.Parameter) expression).position());
            case LIST, STRUCT -> nested(expression, "root");
            case BAG -> set(((Expression.Bag) expression).elements());
            case CALL -> {
                Expression.Call call = (Expression.Call) expression;
                throw DynamoException.validation(StatementErrorMessages.functionAsValue(
                        call.function().toLowerCase(Locale.ROOT),
                        call.position().toString()));
            }
            case PATH, MISSING, SUM, COMPARISON, BETWEEN, IN, IS, AND, OR, NOT ->
                throw DynamoException.validation(StatementErrorMessages.valueType(shown(expression)));
        };
    }

    /**
     * A value that may hold others, among which there can be no parameter.
     *
     * @param path where the value is, from the attribute on
     */
    private AttributeValue nested(Expression expression, String path) {
        if (expression instanceof Expression.Parameter) {
            throw DynamoException.validation(StatementErrorMessages.nestedParameter(path));
        }
        if (expression instanceof Expression.ListOf list) {
            List<AttributeValue> elements = new ArrayList<>();
            for (Expression element : list.elements()) {
                elements.add(nested(element, path + "." + elements.size()));
            }
            return new AttributeValue.L(elements);
        }
        return expression instanceof Expression.Struct struct
                ? new AttributeValue.M(members(struct, member -> nested(member.value(), path + "." + member.name())))
                : value(expression);
    }

    private static String shown(Expression expression) {
        return expression instanceof Expression.PathReference reference
                ? reference.path().topLevelName()
                : expression.kind().name();
    }

    /** The members of an item, in their order. */
    Map<String, AttributeValue> members(Expression.Struct item) {
        return members(item, member -> value(member.value()));
    }

    private static Map<String, AttributeValue> members(
            Expression.Struct struct, Function<Expression.Member, AttributeValue> valueOf) {
        Map<String, AttributeValue> members = new LinkedHashMap<>();
        for (Expression.Member member : struct.members()) {
            if (members.put(member.name(), valueOf.apply(member)) != null) {
                throw DynamoException.validation(StatementErrorMessages.duplicateMember(member.name()));
            }
        }
        return members;
    }

    private AttributeValue set(List<Expression> elements) {
        if (elements.isEmpty()) {
            throw DynamoException.validation(StatementErrorMessages.emptyBag());
        }
        AttributeValue first = value(elements.get(0));
        return switch (first.type()) {
            case S -> new AttributeValue.SS(distinct(elements, AttributeValue.S.class, AttributeValue.S::value));
            case N -> new AttributeValue.NS(distinct(elements, AttributeValue.N.class, AttributeValue.N::value));
            case B -> new AttributeValue.BS(distinct(elements, AttributeValue.B.class, AttributeValue.B::value));
            case BOOL, NULL, L, M, SS, NS, BS -> throw DynamoException.validation(StatementErrorMessages.bagType());
        };
    }

    private List<String> strings(List<Expression> elements) {
        List<String> strings = new ArrayList<>();
        for (Expression element : elements) {
            strings.add(value(element) instanceof AttributeValue.S text ? text.value() : "");
        }
        return strings;
    }

    private <V extends AttributeValue, E> Set<E> distinct(
            List<Expression> elements, Class<V> type, Function<V, E> content) {
        Set<E> distinct = new LinkedHashSet<>();
        for (Expression element : elements) {
            AttributeValue value = value(element);
            if (!type.isInstance(value)) {
                throw DynamoException.validation(StatementErrorMessages.bagType());
            }
            if (!distinct.add(content.apply(type.cast(value)))) {
                throw DynamoException.validation(
                        value instanceof AttributeValue.S
                                ? StatementErrorMessages.duplicateStringInBag(strings(elements))
                                : StatementErrorMessages.duplicateNumberInBag());
            }
        }
        return distinct;
    }
}
