package io.tailrace.server.crash;

import io.tailrace.capture.CaptureStep;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As {@link CrashIT}, for as many lives as there is time: {@code -Dtailrace.crash.rounds=1000}. Each data directory has its own
 * seed, which is printed, and by which it comes first: {@code -Dtailrace.test.seed=SEED -Dtailrace.crash.rounds=1}.
 */
@EnabledIfSystemProperty(named = "tailrace.crash.rounds", matches = "\\d+")
class CrashSoakIT {
    private static final Logger LOG = LoggerFactory.getLogger(CrashSoakIT.class);
    private static final int MAX_WORK_MILLIS = 2_500;
    private static final int MAX_TIMES = 400;
    private static final int LIVES = 12;

    @TempDir
    private Path dir;

    @Test
    void allRoundsTellOneStory() throws Exception {
        int rounds = Integer.getInteger("tailrace.crash.rounds");
        long seed = Long.getLong("tailrace.test.seed", new Random().nextLong());
        int done = 0;
        for (int number = 0; done < rounds; number++) {
            done += directory(number, seed + number);
            LOG.info("{} rounds of {} are done", done, rounds);
        }
    }

    /** One data directory; returns how often its server was killed. */
    private int directory(int number, long seed) throws Exception {
        LOG.info("directory {} from seed {}", number, seed);
        Random random = new Random(seed);
        String durability = List.of("process", "disk", "replicated").get(random.nextInt(3));
        boolean embedded = random.nextInt(3) == 0;
        boolean removesJournal = random.nextInt(4) == 0;
        try (BrokerLife broker = embedded ? null : new BrokerLife(dir.resolve("broker-" + number))) {
            CrashRun run = new CrashRun(
                    dir.resolve("data-" + number),
                    seed,
                    new RunConfig(
                            "soak-" + number,
                            durability,
                            embedded ? null : broker.bootstrapServers(),
                            2 + random.nextInt(6),
                            random.nextInt(3) == 0 ? Mix.MANY_MUTATIONS : Mix.EVERYTHING,
                            10 + random.nextInt(100),
                            random.nextBoolean(),
                            removesJournal));
            for (int life = 0; life < LIVES; life++) {
                run.live(plan(random, durability, removesJournal), random.nextBoolean(), random.nextInt(3) == 0);
            }
            CrashIT.check(run);
            return run.kills();
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
}
