package io.tailrace.conformance;

import io.tailrace.conformance.generator.ScenarioGenerator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Runs many scenarios, gathers their differences by cause, and shrinks one scenario of each cause. */
final class Survey {
    private final Runner runner;
    private final int maxFindings;
    private final int maxShrinkTries;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private long calls;

    /** All differences of one signature, with the first scenario that had it. */
    private static final class Finding {
        private final Scenario scenario;
        private Difference example;
        private Scenario shortest;
        private int count;

        Finding(Scenario scenario, Difference example) {
            this.scenario = scenario;
            this.shortest = scenario;
            this.example = example;
        }
    }

    /** @param maxFindings after so many different findings the survey ends early */
    Survey(Runner runner, int maxFindings, int maxShrinkTries) {
        this.runner = runner;
        this.maxFindings = maxFindings;
        this.maxShrinkTries = maxShrinkTries;
    }

    /** Runs the scenarios of {@code count} seeds. */
    void run(long firstSeed, int count) {
        run(LongStream.range(firstSeed, firstSeed + count).toArray());
    }

    void run(long... seeds) {
        for (long seed : seeds) {
            if (findings.size() >= maxFindings) {
                break;
            }
            Scenario scenario = ScenarioGenerator.scenario(seed);
            calls += scenario.calls().size();
            for (Difference difference : runner.run(scenario)) {
                findings.computeIfAbsent(difference.signature(), unused -> new Finding(scenario, difference)).count++;
            }
        }
        runner.hurry();
        findings.values().forEach(this::shrink);
    }

    long calls() {
        return calls;
    }

    boolean isEmpty() {
        return findings.isEmpty();
    }

    private void shrink(Finding finding) {
        String signature = finding.example.signature();
        Shrinker shrinker = new Shrinker(
                candidate -> runner.run(candidate).stream()
                        .anyMatch(difference -> difference.signature().equals(signature)),
                maxShrinkTries);
        finding.shortest = shrinker.shrink(finding.scenario);
        runner.run(finding.shortest).stream()
                .filter(difference -> difference.signature().equals(signature))
                .findFirst()
                .ifPresent(difference -> finding.example = difference);
    }

    /** What was found, each with its seed and its shortest scenario. */
    String report() {
        return findings.entrySet().stream()
                .map(entry -> report(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String report(String signature, Finding finding) {
        List<Call> shown = finding.shortest.calls();
        return "seed " + finding.scenario.seed() + ", " + finding.count + " times: " + signature + "\n"
                + shown.stream().map(call -> "  " + call).collect(Collectors.joining("\n")) + "\n  " + finding.example;
    }
}
