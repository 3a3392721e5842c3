package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that writer, journal, apply and capture keep their promises in whatever order they take their steps and whatever fails,
 * and that a seed always makes the same story.
 */
class SimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
    private static final long SEED = Long.getLong("tailrace.test.seed", 1L);
    private static final int SEEDS = Integer.getInteger("tailrace.simulation.seeds", 8);
    private static final int STEPS = Integer.getInteger("tailrace.simulation.steps", 150);

    /** So many seeds may a mistake go unnoticed. */
    private static final int MISTAKEN_SEEDS = 20;

    @TempDir
    Path dir;

    @Test
    void everySeedKeepsThePromisesAndTellsTheSameStoryTwice() throws Exception {
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            List<String> first = run(seed, "first", Set.of());
            List<String> second = run(seed, "second", Set.of());
            assertThat(second).as("the second run of seed %d", seed).isEqualTo(first);
        }
        LOG.info("{} seeds from {}, {} steps each", SEEDS, SEED, STEPS);
    }

    @ParameterizedTest
    @EnumSource(Simulation.Mistake.class)
    void aMistakeIsNoticed(Simulation.Mistake mistake) {
        assertThatThrownBy(() -> {
                    for (long seed = SEED; seed < SEED + MISTAKEN_SEEDS; seed++) {
                        run(seed, "mistaken", Set.of(mistake));
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    private List<String> run(long seed, String name, Set<Simulation.Mistake> mistakes) throws Exception {
        Path home = dir.resolve(name + "-" + seed);
        try {
            return new Simulation(home, seed, mistakes).run(STEPS);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", " + name + " run", e);
        } finally {
            delete(home);
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
