package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import java.util.LinkedHashSet;
import java.util.Set;

/** What ADD and DELETE make of the value that was there. */
final class Sets {
    private Sets() {}

    /** The sum of numbers or the union of sets; {@code addend} when nothing was there. */
    static AttributeValue add(AttributeValue existing, AttributeValue addend) {
        if (existing == null) {
            return addend;
        }
        if (existing.type() != addend.type()) {
            throw UpdateEvaluator.incorrectType();
        }
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
            case S, B, BOOL, NULL, L, M -> throw new IllegalStateException("ADD of " + addend.type());
        };
    }

    /** The set without the elements, or null when none is left or nothing was there. */
    static AttributeValue delete(AttributeValue existing, AttributeValue elements) {
        if (existing == null) {
            return null;
        }
        if (existing.type() != elements.type()) {
            throw UpdateEvaluator.incorrectType();
        }
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
