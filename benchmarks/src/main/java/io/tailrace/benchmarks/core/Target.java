package io.tailrace.benchmarks.core;

import java.util.Locale;
import java.util.Objects;

/**
 * A promise about Tailrace's figure divided by the reference's, or about Tailrace's alone.
 *
 * @param reference the side that it is divided by; empty where the bound is one of Tailrace's figure itself
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

    /** Of Tailrace's figure whatever a reference's is: the bound is in the figure's unit. */
    public static Target absolute(Figure figure, double bound, String loads) {
        return new Target(figure, "", bound, loads);
    }

    public boolean isAbsolute() {
        return reference.isEmpty();
    }

    /** Whether it is made for this figure beside this side at this load; an absolute one is, beside any side. */
    boolean isFor(Figure told, String side, Load load) {
        return figure == told
                && (isAbsolute() || reference.equals(side))
                && load.label().startsWith(loads);
    }

    /** @param ratio of Tailrace's figure to the reference's */
    public boolean isMet(double tailrace, double ratio) {
        double value = isAbsolute() ? tailrace : ratio;
        return figure.moreIsBetter() ? value >= bound : value <= bound;
    }

    /** In words. */
    public String describe() {
        return (loads.isEmpty() ? "" : loads + ": ") + figure.label() + " " + this
                + (isAbsolute() ? "" : " of " + reference);
    }

    /** The bound alone, with its direction. */
    @Override
    public String toString() {
        return (figure.moreIsBetter() ? "≥ " : "≤ ")
                + (isAbsolute()
                        ? figure.format(bound)
                        : String.format(Locale.ROOT, bound * 100 % 1 == 0 ? "%.2f" : "%.3f", bound));
    }
}
