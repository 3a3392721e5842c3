package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What ADD and DELETE make of the value that was there, which is of the operand's type. */
final class Sets {
    private Sets() {}

    /** The sum of numbers, the union of sets, or (in AttributeUpdates only) one list after the other. */
    static AttributeValue add(AttributeValue existing, AttributeValue addend) {
        return switch (addend.type()) {
            case N -> UpdateEvaluator.plus(((AttributeValue.N) existing).value(), ((AttributeValue.N) addend).value());
            case SS ->
                new AttributeValue.SS(
                        union(((AttributeValue.SS) existing).values(), ((AttributeValue.SS) addend).values()));
            case NS ->
                new AttributeValue.NS(
                        union(((AttributeValue.NS) existing).values(), ((AttributeValue.NS) addend).values()));
            case BS ->
                new AttributeValue.BS(
                        union(((AttributeValue.BS) existing).values(), ((AttributeValue.BS) addend).values()));
            case L -> {
                List<AttributeValue> elements = new ArrayList<>(((AttributeValue.L) existing).values());
                elements.addAll(((AttributeValue.L) addend).values());
                yield new AttributeValue.L(elements);
            }
            case S, B, BOOL, NULL, M -> throw new IllegalStateException("ADD of " + addend.type());
        };
    }

    /** The set without the elements, or null when none is left. */
    static AttributeValue delete(AttributeValue existing, AttributeValue elements) {
        switch (elements.type()) {
            case SS -> {
                Set<String> left =
                        difference(((AttributeValue.SS) existing).values(), ((AttributeValue.SS) elements).values());
                return left.isEmpty() ? null : new AttributeValue.SS(left);
            }
            case NS -> {
                var left = difference(((AttributeValue.NS) existing).values(), ((AttributeValue.NS) elements).values());
                return left.isEmpty() ? null : new AttributeValue.NS(left);
            }
            case BS -> {
                var left = difference(((AttributeValue.BS) existing).values(), ((AttributeValue.BS) elements).values());
                return left.isEmpty() ? null : new AttributeValue.BS(left);
            }
            default -> throw new IllegalStateException("DELETE of " + elements.type());
        }
    }

    private static <T> Set<T> union(Set<T> existing, Set<T> added) {
        Set<T> all = new LinkedHashSet<>(existing);
        all.addAll(added);
        return all;
    }

    private static <T> Set<T> difference(Set<T> existing, Set<T> removed) {
        Set<T> left = new LinkedHashSet<>(existing);
        left.removeAll(removed);
        return left;
    }
}
