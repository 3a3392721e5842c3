package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.capture.CaptureStep;
import io.tailrace.engine.step.EngineStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * However a server process ends, by kill -9 at any moment or at each of its steps, what was acknowledged is there, nothing is
 * there in part or twice, and tables, indexes, journal, topics and streams tell one story that explains all that clients saw.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class CrashIT {
    private static final String STEPS =
            "-Dtailrace.crash.steps=true was not given: some thirty lives of a server take minutes";

    private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);
    private static final int CLIENTS = 4;
    private static final int KEYS_PER_TABLE = 40;
    private static final int MAX_WORK_MILLIS = 700;
    private static final int MAX_TIMES = 100;
    private static final int MUTATIONS = 3_000;
    private static final int MAX_MUTATIONS_PER_LIFE = 80_000;

    @TempDir
    private static Path shared;

    private static BrokerLife broker;
    private static long seed;

    @TempDir
    private Path dir;

    @BeforeAll
    static void startBroker() throws IOException {
        seed = Long.getLong("tailrace.test.seed", new Random().nextLong());
        LOG.info("random workload from seed {} (again with -Dtest.jvm.extra=-Dtailrace.test.seed={})", seed, seed);
        broker = new BrokerLife(shared.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    @EnabledIfSystemProperty(named = "tailrace.crash.steps", matches = "true", disabledReason = STEPS)
    void eachStepOfTheEngineWithDurabilityDisk() throws Exception {
        CrashRun run = run("steps-1", "disk", broker.bootstrapServers(), false);
        Random random = new Random(seed);
        List<EngineStep> steps = new ArrayList<>(Arrays.asList(EngineStep.values()));
        steps.removeIf(step -> step.name().startsWith("REMOVAL"));
        Collections.shuffle(steps, random);
        for (EngineStep step : steps) {
            run.live(KillPlan.at(step, MAX_TIMES, random), false, false);
        }
        check(run);
    }

    @Test
    @EnabledIfSystemProperty(named = "tailrace.crash.steps", matches = "true", disabledReason = STEPS)
    void eachStepOfCaptureAndOfTheRemovalOfJournalFilesWithDurabilityProcess() throws Exception {
        CrashRun run = run("steps-2", "process", broker.bootstrapServers(), true);
        Random random = new Random(seed + 1);
        List<KillPlan> plans = new ArrayList<>();
        for (CaptureStep step : CaptureStep.values()) {
            plans.add(KillPlan.at(step, MAX_TIMES, random));
        }
        plans.add(KillPlan.at(EngineStep.REMOVAL_BEGINS, MAX_TIMES, random));
        plans.add(KillPlan.at(EngineStep.REMOVAL_RENAMED, MAX_TIMES, random));
        plans.add(KillPlan.at(EngineStep.REMOVAL_ENDS, MAX_TIMES, random));
        Collections.shuffle(plans, random);
        for (KillPlan plan : plans) {
            run.live(plan, true, false);
        }
        check(run);
    }

    @Test
    void anyMomentWithDurabilityProcessAndTheBrokerInTheSameProcess() throws Exception {
        CrashRun run = run("moments-1", "process", null, false);
        Random random = new Random(seed + 2);
        run.live(KillPlan.after(random.nextInt(MAX_WORK_MILLIS)), true, true);
        run.live(KillPlan.after(random.nextInt(MAX_WORK_MILLIS)), false, false);
        check(run);
    }

    @Test
    void anyMomentWithDurabilityReplicated() throws Exception {
        CrashRun run = run("moments-2", "replicated", broker.bootstrapServers(), false);
        Random random = new Random(seed + 3);
        run.live(KillPlan.after(3 * MAX_WORK_MILLIS), true, true);
        run.live(KillPlan.after(2 * MAX_WORK_MILLIS + random.nextInt(MAX_WORK_MILLIS)), true, false);
        check(run);
    }

    /** Many mutations: {@code -Dtailrace.crash.mutations=1000000} for a million. */
    @Test
    void manyMutationsWithKillsInBetween() throws Exception {
        long mutations = Long.getLong("tailrace.crash.mutations", MUTATIONS);
        CrashRun run = new CrashRun(
                dir.resolve("data"),
                seed + 4,
                new RunConfig(
                        "many-1",
                        "disk",
                        broker.bootstrapServers(),
                        CLIENTS,
                        Mix.MANY_MUTATIONS,
                        Pace.ORDINARY,
                        Math.toIntExact(Math.max(KEYS_PER_TABLE, mutations / 200)),
                        false,
                        false));
        // Some of what is acknowledged changes nothing: deletes of no item, and conditions that are only checked.
        long wanted = mutations + mutations / 5;
        long lives = 2 + wanted / MAX_MUTATIONS_PER_LIFE;
        for (int life = 1; life <= lives; life++) {
            run.liveUntil(wanted * life / lives, life % 3 == 0);
        }
        RunCheck check = check(run);
        assertThat(check.story().mutations()).isGreaterThanOrEqualTo(mutations);
    }

    private CrashRun run(String region, String durability, String bootstrapServers, boolean removesJournal) {
        return new CrashRun(
                dir.resolve("data"),
                seed,
                new RunConfig(
                        region,
                        durability,
                        bootstrapServers,
                        CLIENTS,
                        Mix.EVERYTHING,
                        Pace.ORDINARY,
                        KEYS_PER_TABLE,
                        !durability.equals("disk"),
                        removesJournal));
    }

    static RunCheck check(CrashRun run) throws IOException {
        Problems problems = new Problems();
        RunCheck check = run.check(problems);
        LOG.info(
                "{}: {} kills, {} writes acknowledged, {} commits, {} mutations, {} streams with {} records; errors: {}",
                run.config(),
                run.kills(),
                run.history().acknowledged(),
                check.story().lastSequence(),
                check.story().mutations(),
                check.topics().streamCount(),
                check.topics().streamRecords(),
                new TreeMap<>(run.history().errors()));
        assertThat(problems.none()).as("seed %d: %s", run.seed(), problems).isTrue();
        assertThat(run.history().acknowledged()).isPositive();
        return check;
    }
}
