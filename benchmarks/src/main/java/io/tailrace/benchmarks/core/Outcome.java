package io.tailrace.benchmarks.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a benchmark's rounds gave. */
public record Outcome(Benchmark benchmark, List<AtLoad> loads, List<String> notes) {
    public Outcome {
        loads = List.copyOf(loads);
        notes = List.copyOf(notes);
    }

    /** The samples at one load, by side, in the order of the rounds. */
    public record AtLoad(Load load, Map<String, List<Sample>> samples) {
        /** The median over the rounds. */
        public OptionalDouble median(String side, Figure figure) {
            double[] values = values(side, figure);
            return values.length == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Spread.of(values).median());
        }

        private double[] values(String side, Figure figure) {
            return samples.getOrDefault(side, List.of()).stream()
                    .map(figure::of)
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .toArray();
        }
    }

    /** Tailrace against each reference in each figure that there is, at each load. */
    public List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        for (AtLoad atLoad : loads) {
            for (String side : atLoad.samples().keySet()) {
                if (side.equals(Side.TAILRACE)) {
                    continue;
                }
                for (Figure figure : Figure.values()) {
                    double[] tailrace = atLoad.values(Side.TAILRACE, figure);
                    double[] reference = atLoad.values(side, figure);
                    if (tailrace.length > 0 && tailrace.length == reference.length) {
                        comparisons.add(compare(atLoad.load(), side, figure, tailrace, reference));
                    }
                }
            }
        }
        return comparisons;
    }

    private Comparison compare(Load load, String side, Figure figure, double[] tailrace, double[] reference) {
        double[] ratios = new double[tailrace.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = tailrace[round] / reference[round];
        }
        Target target = benchmark.targets().stream()
                .filter(promise -> promise.isFor(figure, side, load))
                .findFirst()
                .orElse(null);
        return new Comparison(
                load,
                side,
                figure,
                Spread.of(tailrace).median(),
                Spread.of(reference).median(),
                Spread.of(ratios),
                target);
    }

    /**
     * One figure of Tailrace beside one reference's.
     *
     * @param tailrace the median over the rounds
     * @param reference likewise
     * @param ratio of each round's figures
     * @param target null where nothing is promised
     */
    public record Comparison(
            Load load, String side, Figure figure, double tailrace, double reference, Spread ratio, Target target) {
        public boolean isMissed() {
            return target != null && !target.isMet(tailrace, ratio.median());
        }
    }
}
