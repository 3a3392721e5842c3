package io.tailrace.benchmarks.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a benchmark: at each load every side warms up, then the sides take turns, each round in the other order. */
public final class Rounds {
    private final int rounds;
    private final int warmups;
    private final Progress progress;

    /** @param warmups rounds before those that count */
    public Rounds(int rounds, int warmups, Progress progress) {
        if (rounds < 1 || warmups < 0) {
            throw new IllegalArgumentException(rounds + " rounds, " + warmups + " before them");
        }
        this.rounds = rounds;
        this.warmups = warmups;
        this.progress = progress;
    }

    /** @throws UnavailableException when the benchmark needs something that is not there */
    public Outcome run(Benchmark benchmark, Setup setup) throws Exception {
        progress.step("preparing");
        try (Contest contest = benchmark.open(setup)) {
            List<Outcome.AtLoad> results = new ArrayList<>();
            for (Load load : contest.loads()) {
                results.add(new Outcome.AtLoad(load, run(contest, load)));
            }
            return new Outcome(benchmark, results, contest.notes());
        }
    }

    private Map<String, List<Sample>> run(Contest contest, Load load) throws Exception {
        Map<String, Side> sides = contest.sides();
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        sides.keySet().forEach(side -> samples.put(side, new ArrayList<>()));
        for (int round = 1 - Math.min(warmups, contest.mostWarmups()); round <= rounds; round++) {
            List<String> order = new ArrayList<>(sides.keySet());
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (String side : order) {
                progress.step(load.label() + ", " + (round < 1 ? "warming up" : "round " + round + " of " + rounds)
                        + ", " + side);
                Sample sample = sides.get(side).measure(load);
                if (round >= 1) {
                    progress.sample(load, side, round, sample);
                    samples.get(side).add(sample);
                }
            }
        }
        return samples;
    }
}
