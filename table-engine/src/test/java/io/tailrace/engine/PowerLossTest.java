package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows that what was acknowledged survives a loss of power, whatever part of what was not forced reached the disk, and that
 * the test would notice if one of the forces were left out.
 */
class PowerLossTest {
    private static final Logger LOG = LoggerFactory.getLogger(PowerLossTest.class);
    private static final long SEED = Long.getLong("tailrace.test.seed", 20_261_121L);
    private static final int RUNS = Integer.getInteger("tailrace.power.runs", 1);
    private static final double CHANCE = Double.parseDouble(System.getProperty("tailrace.power.chance", "0.04"));

    /** So many tries has a run to notice that something is left out. */
    private static final int MUTANT_RUNS = 40;

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"DISK", "PROCESS"})
    void whatWasAcknowledgedIsThereAfterALossOfPower(Durability durability) throws Exception {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            PowerLossRun power = new PowerLossRun(dir.resolve("run-" + run), durability, seed, kind -> false, CHANCE);
            try {
                power.run(6, 15);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
            LOG.info("{}: {} images of seed {}", durability, power.images(), seed);
            assertThat(power.images()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(DiskRecorder.Kind.class)
    void aForceThatIsLeftOutIsNoticed(DiskRecorder.Kind kind) {
        assertThatThrownBy(() -> runWithout(kind, Durability.DISK)).isInstanceOf(AssertionError.class);
    }

    /** With {@code process} nothing else forces the journal while its file is not full. */
    @Test
    void aStateThatIsAheadOfTheJournalIsNoticed() {
        assertThatThrownBy(() -> runWithout(DiskRecorder.Kind.JOURNAL_FILE, Durability.PROCESS))
                .hasStackTraceContaining("the state has applied");
    }

    private void runWithout(DiskRecorder.Kind kind, Durability durability) throws Exception {
        for (int run = 0; run < MUTANT_RUNS; run++) {
            Path directory = dir.resolve("run-" + run);
            new PowerLossRun(directory, durability, SEED + run, candidate -> candidate == kind, 0.3).run(2, 8);
        }
    }
}
