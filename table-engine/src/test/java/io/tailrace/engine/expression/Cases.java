package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What the tests of expressions share: tables of cases, and short ways to write values. */
final class Cases {
    private Cases() {}

    /** One case for each line, "expression => expectation"; the arrow may have any white space around it. */
    static Stream<Arguments> table(String lines) {
        return lines.lines().filter(line -> !line.isBlank()).map(line -> {
            int arrow = line.indexOf("=> ");
            return Arguments.of(
                    line.substring(0, arrow).stripTrailing(),
                    line.substring(arrow + 3).strip());
        });
    }

    /** Those of the names and values that occur in the texts, so that none is unused. */
    static ExpressionAttributes used(Map<String, String> names, Map<String, AttributeValue> values, String... texts) {
        Set<String> placeholders = new LinkedHashSet<>();
        for (String text : texts) {
            Matcher matcher = Pattern.compile("[#:]\\w+").matcher(text);
            while (matcher.find()) {
                placeholders.add(matcher.group());
            }
        }
        return ExpressionAttributes.of(only(names, placeholders), only(values, placeholders));
    }

    private static <T> Map<String, T> only(Map<String, T> all, Set<String> placeholders) {
        Map<String, T> used = new LinkedHashMap<>(all);
        used.keySet().retainAll(placeholders);
        return used.isEmpty() ? null : used;
    }

    static AttributeValue s(String value) {
        return AttributeValue.string(value);
    }

    static AttributeValue n(String value) {
        return AttributeValue.number(value);
    }

    static AttributeValue n(long value) {
        return AttributeValue.number(value);
    }

    static AttributeValue b(int... bytes) {
        byte[] copy = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            copy[i] = (byte) bytes[i];
        }
        return AttributeValue.binary(copy);
    }

    static AttributeValue list(AttributeValue... values) {
        return new AttributeValue.L(List.of(values));
    }

    static AttributeValue map(Object... namesAndValues) {
        return new AttributeValue.M(item(namesAndValues).attributes());
    }

    static AttributeValue ss(String... values) {
        return new AttributeValue.SS(new LinkedHashSet<>(List.of(values)));
    }

    static AttributeValue ns(String... values) {
        Set<DynamoNumber> numbers = new LinkedHashSet<>();
        for (String value : values) {
            numbers.add(DynamoNumber.parse(value));
        }
        return new AttributeValue.NS(numbers);
    }

    static AttributeValue bs(AttributeValue... values) {
        Set<io.tailrace.schemas.model.Binary> binaries = new LinkedHashSet<>();
        for (AttributeValue value : values) {
            binaries.add(((AttributeValue.B) value).value());
        }
        return new AttributeValue.BS(binaries);
    }

    static final AttributeValue TRUE = AttributeValue.Bool.TRUE;
    static final AttributeValue NULL = AttributeValue.Null.INSTANCE;

    static Item item(Object... namesAndValues) {
        Item.Builder item = Item.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            item.set((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
        }
        return item.build();
    }
}
