package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Proves that conditions hold just when a naive reading of DynamoDB's documentation says so. The oracle turns values into
 * plain Java collections, each with its type's name, and knows nothing of the evaluator's ways.
 */
class ConditionOraclePropertyTest {
    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheOracle(@ForAll("conditions") Condition condition, @ForAll("items") Item item) {
        assertThat(BoundCondition.of(condition).test(item)).isEqualTo(holds(condition, item));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void notIsTheOpposite(@ForAll("conditions") Condition condition, @ForAll("items") Item item) {
        assertThat(BoundCondition.of(new Condition.Not(condition)).test(item))
                .isNotEqualTo(BoundCondition.of(condition).test(item));
    }

    @Provide
    Arbitrary<Condition> conditions() {
        Arbitrary<Operand> typeName = Arbitraries.of("S", "N", "B", "L", "M", "SS", "NULL", "BOOL")
                .map(name -> new Operand.Constant(Cases.s(name)));
        return Arbitrarily.condition(Arbitrarily.boundOperand(), typeName);
    }

    @Provide
    Arbitrary<Item> items() {
        return Arbitrarily.item();
    }

    private static boolean holds(Condition condition, Item item) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream().allMatch(part -> holds(part, item));
        }
        if (condition instanceof Condition.Or or) {
            return or.conditions().stream().anyMatch(part -> holds(part, item));
        }
        if (condition instanceof Condition.Not not) {
            return !holds(not.condition(), item);
        }
        if (condition instanceof Condition.Comparison comparison) {
            Object left = plain(comparison.left(), item);
            Object right = plain(comparison.right(), item);
            return compare(comparison.operator().symbol(), left, right);
        }
        if (condition instanceof Condition.Between between) {
            Object value = plain(between.value(), item);
            return compare(">=", value, plain(between.low(), item))
                    && compare("<=", value, plain(between.high(), item));
        }
        if (condition instanceof Condition.In in) {
            Object value = plain(in.value(), item);
            return in.candidates().stream().anyMatch(candidate -> compare("=", value, plain(candidate, item)));
        }
        Condition.Call call = (Condition.Call) condition;
        List<Object> operands = new ArrayList<>();
        call.operands().forEach(operand -> operands.add(plain(operand, item)));
        return call(call.function().functionName(), operands);
    }

    private static boolean call(String function, List<Object> operands) {
        Object first = operands.get(0);
        if (function.equals("attribute_exists")) {
            return first != null;
        }
        if (function.equals("attribute_not_exists")) {
            return first == null;
        }
        Object second = operands.get(1);
        if (first == null || second == null) {
            return false;
        }
        return switch (function) {
            case "attribute_type" -> type(first).equals(content(second));
            case "begins_with" ->
                isText(first)
                        && type(first).equals(type(second))
                        && ((String) content(first)).startsWith((String) content(second));
            case "contains" -> contains(first, second);
            default -> throw new AssertionError(function);
        };
    }

    private static boolean contains(Object whole, Object part) {
        if (isText(whole)) {
            return type(whole).equals(type(part)) && ((String) content(whole)).contains((String) content(part));
        }
        if (type(whole).endsWith("S") && type(whole).length() == 2) {
            return type(whole).equals(type(part) + "S") && ((Set<?>) content(whole)).contains(content(part));
        }
        return type(whole).equals("L") && ((List<?>) content(whole)).contains(part);
    }

    private static boolean compare(String operator, Object left, Object right) {
        boolean equal = left != null && left.equals(right);
        if (operator.equals("=")) {
            return equal;
        }
        if (operator.equals("<>")) {
            return !equal;
        }
        if (left == null || right == null || !type(left).equals(type(right))) {
            return false;
        }
        int order;
        switch (type(left)) {
            case "N" -> order = ((BigDecimal) content(left)).compareTo((BigDecimal) content(right));
            case "S" ->
                order = Arrays.compareUnsigned(
                        ((String) content(left)).getBytes(StandardCharsets.UTF_8),
                        ((String) content(right)).getBytes(StandardCharsets.UTF_8));
            case "B" -> order = ((String) content(left)).compareTo((String) content(right));
            default -> {
                return false;
            }
        }
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new AssertionError(operator);
        };
    }

    /** A value as its type's name and its content; null for none. */
    private static Object plain(Operand operand, Item item) {
        if (operand instanceof Operand.Constant constant) {
            return plain(constant.value());
        }
        if (operand instanceof Operand.Call size) {
            Object of = plain(size.operands().get(0), item);
            int count = of == null ? -1 : size(of);
            return count < 0 ? null : List.of("N", BigDecimal.valueOf(count).stripTrailingZeros());
        }
        Object at = List.of("M", members(item.attributes()));
        for (PathElement element : ((Path) operand).elements()) {
            at = step(at, element);
        }
        return at;
    }

    private static int size(Object value) {
        Object content = content(value);
        if (content instanceof String text) {
            return text.length();
        }
        if (content instanceof Map<?, ?> map) {
            return map.size();
        }
        return content instanceof java.util.Collection<?> elements ? elements.size() : -1;
    }

    private static Object step(Object at, PathElement element) {
        if (at == null) {
            return null;
        }
        if (element instanceof PathElement.Name name) {
            return content(at) instanceof Map<?, ?> map ? map.get(name.name()) : null;
        }
        int index = ((PathElement.Index) element).index();
        return content(at) instanceof List<?> list && index < list.size() ? list.get(index) : null;
    }

    private static boolean isText(Object value) {
        return type(value).equals("S") || type(value).equals("B");
    }

    private static String type(Object value) {
        return (String) ((List<?>) value).get(0);
    }

    private static Object content(Object value) {
        return ((List<?>) value).get(1);
    }

    /** Binaries become strings of one char for each byte, numbers lose their spelling. */
    private static Object plain(AttributeValue value) {
        if (value instanceof AttributeValue.L list) {
            return List.of(
                    "L",
                    list.values().stream()
                            .map(ConditionOraclePropertyTest::plain)
                            .toList());
        }
        if (value instanceof AttributeValue.M map) {
            return List.of("M", members(map.values()));
        }
        Object content;
        if (value instanceof AttributeValue.S text) {
            content = text.value();
        } else if (value instanceof AttributeValue.N number) {
            content = number.value().toBigDecimal();
        } else if (value instanceof AttributeValue.B bytes) {
            content = latin(bytes.value());
        } else if (value instanceof AttributeValue.Bool bool) {
            content = bool.value();
        } else if (value instanceof AttributeValue.SS set) {
            content = set.values();
        } else if (value instanceof AttributeValue.NS set) {
            content = set.values().stream().map(number -> number.toBigDecimal()).collect(Collectors.toSet());
        } else if (value instanceof AttributeValue.BS set) {
            content = set.values().stream()
                    .map(ConditionOraclePropertyTest::latin)
                    .collect(Collectors.toSet());
        } else {
            content = 0;
        }
        return List.of(value.type().name(), content);
    }

    private static Map<String, Object> members(Map<String, AttributeValue> values) {
        Map<String, Object> members = new TreeMap<>();
        values.forEach((name, value) -> members.put(name, plain(value)));
        return members;
    }

    private static String latin(io.tailrace.schemas.model.Binary bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }
}
