package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import java.util.OptionalInt;

/**
 * What conditions ask of values: order, size, parts. Source: Developer Guide, "Condition and filter expressions,
 * operators, and functions in DynamoDB".
 */
final class Values {
    private Values() {}

    /** Whether values of the type have an order. */
    static boolean isOrdered(AttributeType type) {
        return type == AttributeType.S || type == AttributeType.N || type == AttributeType.B;
    }

    /** The order of two values of one ordered type: numbers by value, strings and binaries by their (UTF-8) bytes. */
    static int compare(AttributeValue left, AttributeValue right) {
        return switch (left.type()) {
            case S -> compareUtf8(((AttributeValue.S) left).value(), ((AttributeValue.S) right).value());
            case N -> ((AttributeValue.N) left).value().compareTo(((AttributeValue.N) right).value());
            case B -> ((AttributeValue.B) left).value().compareTo(((AttributeValue.B) right).value());
            case BOOL, NULL, L, M, SS, NS, BS -> throw new IllegalArgumentException("no order on " + left.type());
        };
    }

    /** The order of the strings' UTF-8 bytes, which is that of their code points, not that of their chars. */
    static int compareUtf8(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                // Surrogates stand for code points above all other chars.
                boolean leftAbove = Character.isSurrogate(l);
                if (leftAbove != Character.isSurrogate(r)) {
                    return leftAbove ? 1 : -1;
                }
                return Character.compare(l, r);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** A string, number or binary as messages show it. */
    static String scalarText(AttributeValue value) {
        return switch (value.type()) {
            case S -> ((AttributeValue.S) value).value();
            case N -> ((AttributeValue.N) value).value().toString();
            case B -> ((AttributeValue.B) value).value().toBase64();
            case BOOL, NULL, L, M, SS, NS, BS -> throw new IllegalArgumentException("no scalar: " + value.type());
        };
    }

    /** What the function size gives; nothing for types without a size. */
    static OptionalInt size(AttributeValue value) {
        return switch (value.type()) {
            case S -> OptionalInt.of(((AttributeValue.S) value).value().length());
            case B -> OptionalInt.of(((AttributeValue.B) value).value().size());
            case L -> OptionalInt.of(((AttributeValue.L) value).values().size());
            case M -> OptionalInt.of(((AttributeValue.M) value).values().size());
            case SS -> OptionalInt.of(((AttributeValue.SS) value).values().size());
            case NS -> OptionalInt.of(((AttributeValue.NS) value).values().size());
            case BS -> OptionalInt.of(((AttributeValue.BS) value).values().size());
            case N, BOOL, NULL -> OptionalInt.empty();
        };
    }

    static boolean beginsWith(AttributeValue value, AttributeValue prefix) {
        if (value instanceof AttributeValue.S text && prefix instanceof AttributeValue.S start) {
            return text.value().startsWith(start.value());
        }
        return value instanceof AttributeValue.B bytes
                && prefix instanceof AttributeValue.B start
                && bytes.value().startsWith(start.value());
    }

    /** Part of a string or binary, element of a set or list. */
    static boolean contains(AttributeValue value, AttributeValue part) {
        return switch (value.type()) {
            case S ->
                part instanceof AttributeValue.S text
                        && ((AttributeValue.S) value).value().contains(text.value());
            case B ->
                part instanceof AttributeValue.B bytes
                        && ((AttributeValue.B) value).value().contains(bytes.value());
            case SS ->
                part instanceof AttributeValue.S text
                        && ((AttributeValue.SS) value).values().contains(text.value());
            case NS ->
                part instanceof AttributeValue.N number
                        && ((AttributeValue.NS) value).values().contains(number.value());
            case BS ->
                part instanceof AttributeValue.B bytes
                        && ((AttributeValue.BS) value).values().contains(bytes.value());
            case L -> ((AttributeValue.L) value).values().contains(part);
            case N, BOOL, NULL, M -> false;
        };
    }
}
