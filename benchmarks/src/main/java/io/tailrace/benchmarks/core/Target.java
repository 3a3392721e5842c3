package io.tailrace.benchmarks.core;

import java.util.Locale;
import java.util.Objects;

/**
 * A promise about Tailrace's figure divided by the reference's.
 *
 * @param reference the side that it is divided by
 * @param bound the most, or for figures of which more is better the least, that it may be
 * @param loads how the labels of the loads begin that it is made for; empty for all
 */
public record Target(Figure figure, String reference, double bound, String loads) {
    public Target {
        Objects.requireNonNull(figure);
        Objects.requireNonNull(reference);
        Objects.requireNonNull(loads);
    }

    /** For all loads. */
    public Target(Figure figure, String reference, double bound) {
        this(figure, reference, bound, "");
    }

    /** Whether it is made for this figure beside this side at this load. */
    boolean isFor(Figure told, String side, Load load) {
        return figure == told && reference.equals(side) && load.label().startsWith(loads);
    }

    public boolean isMet(double ratio) {
        return figure.moreIsBetter() ? ratio >= bound : ratio <= bound;
    }

    /** In words. */
    public String describe() {
        return (loads.isEmpty() ? "" : loads + ": ") + figure.label() + " " + this + " of " + reference;
    }

    /** The bound alone, with its direction. */
    @Override
    public String toString() {
        return (figure.moreIsBetter() ? "≥ " : "≤ ")
                + String.format(Locale.ROOT, bound * 100 % 1 == 0 ? "%.2f" : "%.3f", bound);
    }
}
