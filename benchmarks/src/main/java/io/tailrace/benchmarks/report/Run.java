package io.tailrace.benchmarks.report;

import io.tailrace.benchmarks.core.Outcome;
import io.tailrace.benchmarks.core.Scale;
import java.time.Instant;
import java.util.List;

/**
 * A whole run.
 *
 * @param started when
 * @param command how it is repeated
 * @param machine what it ran on
 */
public record Run(
        Instant started, String command, Machine machine, long seed, Scale scale, int rounds, List<Outcome> outcomes) {
    public Run {
        outcomes = List.copyOf(outcomes);
    }
}
