package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Arbitrary values, items and trees for properties. */
final class Arbitrarily {
    private static final int SMALL = 4;

    private Arbitrarily() {}

    /** Names from a small stock, so that paths and items meet. */
    static Arbitrary<String> name() {
        return Arbitraries.of("a", "b", "c", "dd", "e_1");
    }

    /** Small values of every type: equal ones and parts of one another are frequent. */
    static Arbitrary<AttributeValue> value() {
        return value(2);
    }

    private static Arbitrary<AttributeValue> value(int depth) {
        Arbitrary<String> text = Arbitraries.of("", "x", "y", "xy", "\uffff", "\ud83d\ude00", "é");
        Arbitrary<String> number = Arbitraries.of("0", "1", "1.0", "-1", "2", "10", "1e2", "0.5");
        Arbitrary<AttributeValue> binary = Arbitraries.of(Cases.b(), Cases.b(1), Cases.b(1, 0xff), Cases.b(0x80));
        List<Arbitrary<? extends AttributeValue>> all = new ArrayList<>(List.of(
                text.map(Cases::s),
                number.map(Cases::n),
                binary,
                Arbitraries.of(AttributeValue.Bool.TRUE, AttributeValue.Bool.FALSE),
                Arbitraries.just(Cases.NULL),
                text.set().ofMinSize(1).ofMaxSize(2).map(AttributeValue.SS::new),
                number.set().ofMinSize(1).ofMaxSize(2).map(numbers -> Cases.ns(numbers.toArray(String[]::new))),
                binary.set().ofMinSize(1).ofMaxSize(2).map(values -> Cases.bs(values.toArray(AttributeValue[]::new)))));
        if (depth > 0) {
            Arbitrary<AttributeValue> below = value(depth - 1);
            all.add(below.list().ofMaxSize(2).map(AttributeValue.L::new));
            all.add(Arbitraries.maps(name(), below).ofMaxSize(2).map(AttributeValue.M::new));
        }
        return Arbitraries.oneOf(all);
    }

    static Arbitrary<Item> item() {
        return Arbitraries.maps(name(), value()).ofMaxSize(SMALL).map(Item::copyOf);
    }

    /** Paths without placeholders. */
    static Arbitrary<Path> boundPath() {
        return path(name().map(PathElement.Name::new));
    }

    /** Paths as expressions have them. */
    static Arbitrary<Path> path() {
        Arbitrary<PathElement> plain = name().map(PathElement.Name::new);
        Arbitrary<PathElement> alias = Arbitraries.of("#a", "#1", "#_x").map(PathElement.Alias::new);
        return path(Arbitraries.oneOf(plain, alias));
    }

    private static Arbitrary<Path> path(Arbitrary<? extends PathElement> names) {
        Arbitrary<PathElement> index = Arbitraries.integers().between(0, 2).map(PathElement.Index::new);
        Arbitrary<PathElement> step = Arbitraries.oneOf(names.map(PathElement.class::cast), index);
        return Combinators.combine(names, step.list().ofMaxSize(2)).as((first, more) -> {
            List<PathElement> elements = new ArrayList<>();
            elements.add(first);
            elements.addAll(more);
            return new Path(elements);
        });
    }

    static Arbitrary<Operand> reference() {
        return Arbitraries.of(":a", ":1", ":_x").map(Operand.ValueReference::new);
    }

    /** Operands of parsed conditions. */
    static Arbitrary<Operand> operand() {
        Arbitrary<Operand> simple = Arbitraries.oneOf(path().map(Operand.class::cast), reference());
        Arbitrary<Operand> size = simple.map(of -> new Operand.Call(ExpressionFunction.SIZE, List.of(of)));
        return Arbitraries.frequencyOf(Tuple.of(4, simple), Tuple.of(1, size));
    }

    /** Operands of bound conditions. */
    static Arbitrary<Operand> boundOperand() {
        Arbitrary<Operand> simple =
                Arbitraries.oneOf(boundPath().map(Operand.class::cast), value().map(Operand.Constant::new));
        Arbitrary<Operand> size = simple.map(of -> new Operand.Call(ExpressionFunction.SIZE, List.of(of)));
        return Arbitraries.frequencyOf(Tuple.of(4, simple), Tuple.of(1, size));
    }

    /** Conditions of any shape over the operands. */
    static Arbitrary<Condition> condition(Arbitrary<Operand> operand, Arbitrary<Operand> typeName) {
        Arbitrary<Condition> predicate = predicate(operand, typeName);
        return Arbitraries.recursive(() -> predicate, inner -> composed(inner, predicate), 0, 3);
    }

    private static Arbitrary<Condition> composed(Arbitrary<Condition> inner, Arbitrary<Condition> predicate) {
        Arbitrary<List<Condition>> several =
                Arbitraries.oneOf(inner, predicate).list().ofMinSize(2).ofMaxSize(3);
        return Arbitraries.oneOf(
                several.map(Condition.And::new), several.map(Condition.Or::new), inner.map(Condition.Not::new));
    }

    private static Arbitrary<Condition> predicate(Arbitrary<Operand> operand, Arbitrary<Operand> typeName) {
        Arbitrary<Condition> comparison = Combinators.combine(
                        Arbitraries.of(ComparisonOperator.values()), operand, operand)
                .as(Condition.Comparison::new);
        Arbitrary<Condition> between =
                Combinators.combine(operand, operand, operand).as(Condition.Between::new);
        Arbitrary<Condition> in = Combinators.combine(
                        operand, operand.list().ofMinSize(1).ofMaxSize(3))
                .as(Condition.In::new);
        Arbitrary<Condition> unary = Combinators.combine(
                        Arbitraries.of(ExpressionFunction.ATTRIBUTE_EXISTS, ExpressionFunction.ATTRIBUTE_NOT_EXISTS),
                        operand)
                .as((function, of) -> new Condition.Call(function, List.of(of)));
        Arbitrary<Condition> binary = Combinators.combine(
                        Arbitraries.of(ExpressionFunction.BEGINS_WITH, ExpressionFunction.CONTAINS), operand, operand)
                .as((function, one, two) -> new Condition.Call(function, List.of(one, two)));
        Arbitrary<Condition> type = Combinators.combine(operand, typeName)
                .as((of, name) -> new Condition.Call(ExpressionFunction.ATTRIBUTE_TYPE, List.of(of, name)));
        return Arbitraries.oneOf(comparison, between, in, unary, binary, type);
    }

    /** Updates as parsed: each clause once, in any order. */
    static Arbitrary<List<UpdateAction>> update() {
        Arbitrary<Operand> inner = Arbitraries.oneOf(path().map(Operand.class::cast), reference());
        Arbitrary<Operand> ifNotExists = Combinators.combine(path(), inner)
                .as((path, otherwise) -> new Operand.Call(ExpressionFunction.IF_NOT_EXISTS, List.of(path, otherwise)));
        Arbitrary<Operand> operand = Arbitraries.oneOf(inner, ifNotExists);
        Arbitrary<SetValue> appended = Combinators.combine(operand, operand)
                .as((one, two) -> new Operand.Call(ExpressionFunction.LIST_APPEND, List.of(one, two)));
        Arbitrary<SetValue> sum = Combinators.combine(Arbitraries.of(Arithmetic.Operator.values()), operand, operand)
                .as(Arithmetic::new);
        Arbitrary<SetValue> value = Arbitraries.oneOf(operand.map(SetValue.class::cast), appended, sum);
        Map<UpdateAction.Kind, Arbitrary<UpdateAction>> actions = new LinkedHashMap<>();
        actions.put(UpdateAction.Kind.SET, Combinators.combine(path(), value).as(UpdateAction.Set::new));
        actions.put(UpdateAction.Kind.REMOVE, path().map(UpdateAction.Remove::new));
        actions.put(
                UpdateAction.Kind.ADD, Combinators.combine(path(), reference()).as(UpdateAction.Add::new));
        actions.put(
                UpdateAction.Kind.DELETE,
                Combinators.combine(path(), reference()).as(UpdateAction.Delete::new));
        return Arbitraries.shuffle(UpdateAction.Kind.values())
                .flatMap(order -> Arbitraries.integers()
                        .between(1, order.size())
                        .flatMap(count -> Combinators.combine(order.subList(0, count).stream()
                                        .map(kind -> actions.get(kind)
                                                .list()
                                                .ofMinSize(1)
                                                .ofMaxSize(3))
                                        .toList())
                                .as(lists ->
                                        lists.stream().flatMap(List::stream).toList())));
    }
}
