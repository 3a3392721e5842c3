package io.tailrace.benchmarks.core;

import java.util.Locale;
import java.util.Objects;

/**
 * A promise about Tailrace's figure divided by the reference's.
 *
 * @param reference the side that it is divided by
 * @param bound the most, or for figures of which more is better the least, that it may be
 */
public record Target(Figure figure, String reference, double bound) {
    public Target {
        Objects.requireNonNull(figure);
        Objects.requireNonNull(reference);
    }

    public boolean isMet(double ratio) {
        return figure.moreIsBetter() ? ratio >= bound : ratio <= bound;
    }

    @Override
    public String toString() {
        return (figure.moreIsBetter() ? "≥ " : "≤ ") + String.format(Locale.ROOT, "%.2f", bound);
    }
}
