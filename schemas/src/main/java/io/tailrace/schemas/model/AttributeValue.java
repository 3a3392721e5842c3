package io.tailrace.schemas.model;

import io.tailrace.schemas.bytes.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One attribute value. The nested records carry DynamoDB's type descriptors as names; {@link #type()} allows an
 * exhaustive switch. Sets keep the order in which they came but compare without regard to it; so do maps.
 */
public sealed interface AttributeValue {
    AttributeType type();

    /** String, UTF-8 when encoded. */
    record S(String value) implements AttributeValue {
        public S {
            Objects.requireNonNull(value);
        }

        @Override
        public AttributeType type() {
            return AttributeType.S;
        }
    }

    /** Number. */
    record N(DynamoNumber value) implements AttributeValue {
        public N {
            Objects.requireNonNull(value);
        }

        @Override
        public AttributeType type() {
            return AttributeType.N;
        }
    }

    /** Binary. */
    record B(Binary value) implements AttributeValue {
        public B {
            Objects.requireNonNull(value);
        }

        @Override
        public AttributeType type() {
            return AttributeType.B;
        }
    }

    /** Boolean. */
    record Bool(boolean value) implements AttributeValue {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);

        public static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public AttributeType type() {
            return AttributeType.BOOL;
        }
    }

    /** Null. */
    record Null() implements AttributeValue {
        public static final Null INSTANCE = new Null();

        @Override
        public AttributeType type() {
            return AttributeType.NULL;
        }
    }

    /** List of values of any type. */
    record L(List<AttributeValue> values) implements AttributeValue {
        public L {
            values = List.copyOf(values);
        }

        @Override
        public AttributeType type() {
            return AttributeType.L;
        }
    }

    /** Map of values of any type. */
    record M(Map<String, AttributeValue> values) implements AttributeValue {
        public M {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public AttributeType type() {
            return AttributeType.M;
        }
    }

    /** Set of strings, in the order of their UTF-8 bytes. */
    record SS(Set<String> values) implements AttributeValue {
        public SS {
            values = inOrder(values, Utf8::compare);
        }

        @Override
        public AttributeType type() {
            return AttributeType.SS;
        }
    }

    /** Set of numbers, in their order. */
    record NS(Set<DynamoNumber> values) implements AttributeValue {
        public NS {
            values = inOrder(values, Comparator.naturalOrder());
        }

        @Override
        public AttributeType type() {
            return AttributeType.NS;
        }
    }

    /** Set of binaries, in their order. */
    record BS(Set<Binary> values) implements AttributeValue {
        public BS {
            values = inOrder(values, Comparator.naturalOrder());
        }

        @Override
        public AttributeType type() {
            return AttributeType.BS;
        }
    }

    static AttributeValue string(String value) {
        return new S(value);
    }

    static AttributeValue number(long value) {
        return new N(DynamoNumber.of(value));
    }

    static AttributeValue number(String text) {
        return new N(DynamoNumber.parse(text));
    }

    static AttributeValue binary(byte... bytes) {
        return new B(Binary.copyOf(bytes));
    }

    /** DynamoDB returns the elements of a set in their order, however they were sent. */
    private static <T> Set<T> inOrder(Set<T> values, Comparator<T> order) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a set holds at least one element");
        }
        List<T> sorted = new ArrayList<>(values);
        sorted.sort(order);
        return Collections.unmodifiableSet(new LinkedHashSet<>(sorted));
    }
}
