package io.tailrace.benchmarks.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a benchmark: at each load every side warms up, then the sides take turns, each round in the other order. */
public final class Rounds {
    private final Plan plan;
    private final Profiler profiler;
    private final Progress progress;

    /**
     * How much is measured.
     *
     * @param rounds those that count
     * @param warmups those before them
     */
    public record Plan(int rounds, int warmups, Selection selection) {
        public Plan {
            if (rounds < 1 || warmups < 0) {
                throw new IllegalArgumentException(rounds + " rounds, " + warmups + " before them");
            }
        }
    }

    /** @param profiler of Tailrace's process, in the rounds that count */
    public Rounds(Plan plan, Profiler profiler, Progress progress) {
        this.plan = plan;
        this.profiler = profiler;
        this.progress = progress;
    }

    /** @throws UnavailableException when the benchmark needs something that is not there */
    public Outcome run(Benchmark benchmark, Setup setup) throws Exception {
        progress.step("preparing");
        try (Contest contest = benchmark.open(setup)) {
            List<Outcome.AtLoad> results = new ArrayList<>();
            for (Load load : plan.selection().loads(contest)) {
                results.add(new Outcome.AtLoad(load, run(benchmark.name(), contest, load)));
            }
            return new Outcome(benchmark, results, contest.notes());
        }
    }

    private Map<String, List<Sample>> run(String name, Contest contest, Load load) throws Exception {
        Map<String, Side> sides = plan.selection().sides(contest, load);
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        sides.keySet().forEach(side -> samples.put(side, new ArrayList<>()));
        for (int round = 1 - Math.min(plan.warmups(), contest.mostWarmups()); round <= plan.rounds(); round++) {
            List<String> order = new ArrayList<>(sides.keySet());
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (String side : order) {
                progress.step(load.label() + ", "
                        + (round < 1 ? "warming up" : "round " + round + " of " + plan.rounds()) + ", " + side);
                boolean counts = round >= 1;
                boolean profiled = counts && side.equals(Side.TAILRACE);
                if (profiled) {
                    profiler.begin(contest.profiled(), name + " " + load.label());
                }
                Sample sample = sides.get(side).measure(load);
                if (profiled) {
                    profiler.end(contest.profiled(), name + " " + load.label());
                }
                if (counts) {
                    progress.sample(load, side, round, sample);
                    samples.get(side).add(sample);
                }
            }
        }
        return samples;
    }
}
