package io.tailrace.server.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After everything has arrived all regions of a global table hold the same items: those that were written with the greatest
 * versions, none that was deleted later, none missing that should have won.
 *
 * <p>{@code -Dtailrace.convergence.seeds=FROM-TO} chooses other seeds.
 */
class ConvergenceTest {
    private static final String SEEDS = System.getProperty("tailrace.convergence.seeds", "1-3");

    @TempDir
    Path dir;

    @Test
    void allRegionsEndWithWhatWon() throws IOException {
        String[] range = SEEDS.split("-", 2);
        for (long seed = Long.parseLong(range[0]); seed <= Long.parseLong(range[1]); seed++) {
            run(seed, false);
        }
    }

    @Test
    void aSeedTellsTheSameStoryTwice() throws IOException {
        assertThat(run(77, false)).isEqualTo(run(77, false)).hasSizeGreaterThan(50);
    }

    @Test
    void aLostWriteIsNoticed() {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 20; seed++) {
                        run(seed, true);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("seed ");
    }

    private List<String> run(long seed, boolean loses) throws IOException {
        Path directory = dir.resolve("seed-" + seed);
        try (Convergence convergence = new Convergence(seed, directory, loses)) {
            return convergence.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
