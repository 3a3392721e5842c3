package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.capture.CaptureStep;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.Step;
import io.tailrace.server.crash.CrashRun.StepNotReachedError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As {@link CrashIT}, for as many lives as there is time: {@code -Dtailrace.crash.rounds=1000}. Each data directory has its own
 * seed, which is printed, and by which it comes first: {@code -Dtailrace.test.seed=SEED -Dtailrace.crash.rounds=1}. A failure
 * does not end the soak: the others come all the same, what failed is kept, and is told in the end.
 */
@Timeout(value = 7, unit = TimeUnit.DAYS)
@EnabledIfSystemProperty(named = "tailrace.crash.rounds", matches = "\\d+")
class CrashSoakIT {
    private static final Logger LOG = LoggerFactory.getLogger(CrashSoakIT.class);
    private static final int MAX_WORK_MILLIS = 600;
    private static final int MAX_TIMES = 60;
    private static final int LIVES = 20;
    /** Of the lives of a directory: a machine with other work may not get to a step in time. */
    private static final int MAX_MISSED = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path dir;

    private final List<String> failed = new ArrayList<>();
    private final TreeMap<String, Integer> ends = new TreeMap<>();

    @Test
    void allRoundsTellOneStory() throws IOException {
        int rounds = Integer.getInteger("tailrace.crash.rounds");
        long seed = Long.getLong("tailrace.test.seed", new Random().nextLong());
        int done = 0;
        for (int number = 0; done < rounds; number++) {
            done += directory(number, seed + number);
            LOG.info("{} rounds of {} are done, {} directories failed", done, rounds, failed.size());
        }
        LOG.info("{} rounds ended so: {}", done, ends);
        assertThat(failed).isEmpty();
    }

    /** One data directory; returns how often its server was killed. */
    private int directory(int number, long seed) throws IOException {
        LOG.info("directory {} from seed {}", number, seed);
        Random random = new Random(seed);
        // A life with Kafka costs several times as much as one without, one with a broker inside even more.
        String durability =
                List.of("process", "process", "disk", "disk", "replicated").get(random.nextInt(5));
        boolean embedded = random.nextInt(8) == 0;
        boolean removesJournal = random.nextInt(4) == 0;
        Path brokerDir = dir.resolve("broker-" + number);
        Path dataDir = dir.resolve("data-" + number);
        try (BrokerLife broker = embedded ? null : new BrokerLife(brokerDir)) {
            int missed = 0;
            CrashRun run = new CrashRun(
                    dataDir,
                    seed,
                    new RunConfig(
                            "soak-" + number,
                            durability,
                            embedded ? null : broker.bootstrapServers(),
                            2 + random.nextInt(6),
                            random.nextInt(3) == 0 ? Mix.MANY_MUTATIONS : Mix.EVERYTHING,
                            Pace.BRIEF,
                            10 + random.nextInt(100),
                            random.nextBoolean(),
                            removesJournal));
            try {
                for (int life = 0; life < LIVES; life++) {
                    KillPlan plan = plan(random, durability, removesJournal);
                    String end = plan.step() == null ? "killed" : plan.step().name();
                    try {
                        run.live(plan, random.nextInt(4) == 0, random.nextInt(4) == 0);
                    } catch (StepNotReachedError late) { // what it did instead must be right as well
                        LOG.warn("directory {}, life {} ended otherwise", number, life, late);
                        end = "not at its step";
                        missed++;
                    }
                    ends.merge(end, 1, Integer::sum);
                }
                assertThat(missed).as("lives that did not get to their step").isLessThanOrEqualTo(MAX_MISSED);
                CrashIT.check(run);
            } catch (AssertionError | Exception failure) {
                LOG.error("directory {} from seed {} failed; it is kept", number, seed, failure);
                failed.add("directory " + dataDir + " from seed " + seed + ": " + failure);
                return Math.max(1, run.kills());
            }
            delete(dataDir);
            delete(brokerDir);
            return Math.max(1, run.kills());
        }
    }

    private static KillPlan plan(Random random, String durability, boolean removesJournal) {
        if (random.nextInt(3) == 0) {
            return KillPlan.after(random.nextInt(MAX_WORK_MILLIS));
        }
        List<Step> steps = new ArrayList<>(List.of(EngineStep.values()));
        steps.addAll(List.of(CaptureStep.values()));
        steps.removeIf(step -> step.name().startsWith("REMOVAL") && !removesJournal
                || step.name().startsWith("SYNC") && durability.equals("process"));
        return KillPlan.at(steps.get(random.nextInt(steps.size())), MAX_TIMES, random);
    }

    private static void delete(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
