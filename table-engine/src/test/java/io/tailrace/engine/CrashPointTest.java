package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.Step;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shows that a crash at any step of a commit, of a new journal file and of a flush is recovered from: the state that is found
 * is, byte for byte, the one that the engine had after a commit, and no acknowledged commit is missing.
 */
class CrashPointTest {
    private static final int WRITES = 120;
    private static final int SESSIONS = 3;
    /** The directory is copied each time that a step was reached so often. */
    private static final int CRASH_EVERY = 37;
    /** So that there are new files and flushes enough. */
    private static final long ROLL_SIZE_BYTES = 2_000;

    @TempDir
    Path dir;

    private final Map<Long, List<String>> live = new HashMap<>();
    private volatile long acknowledged;

    /** What a process leaves that ends at a step. */
    private record Crash(Step step, Path copy, long acknowledged) {}

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"PROCESS", "DISK"})
    void theStateAfterRecoveryIsTheLiveOne(Durability durability) {
        Random random = new Random(20_260_517);
        List<Crash> crashes = new ArrayList<>();
        Map<EngineStep, Integer> reached = new EnumMap<>(EngineStep.class);
        for (int session = 0; session < SESSIONS; session++) {
            try (TableEngine engine = open(durability, crashes, reached)) {
                live.put(engine.appliedSequence(), TestEngines.dump(engine));
                for (int i = 0; i < WRITES / SESSIONS; i++) {
                    try {
                        TestEngines.write(engine, randomWrite(random, engine));
                    } catch (DynamoException refused) {
                        assertThat(refused.type().httpStatus()).isEqualTo(400);
                    }
                    acknowledged = engine.appliedSequence();
                    live.put(acknowledged, TestEngines.dump(engine));
                }
            }
        }
        assertThat(crashes).extracting(Crash::step).contains(writeSteps(durability));
        crashes.forEach(this::recoversFrom);
    }

    private static Step[] writeSteps(Durability durability) {
        List<Step> steps = new ArrayList<>(List.of(
                EngineStep.RECOVERED,
                EngineStep.APPEND_BEGINS,
                EngineStep.APPEND_HALFWAY,
                EngineStep.ENTRY_APPENDED,
                EngineStep.APPLY_BEGINS,
                EngineStep.APPLY_ENDS,
                EngineStep.ACKNOWLEDGED,
                EngineStep.ROLL_BEGINS,
                EngineStep.ROLL_CLOSED_OLD,
                EngineStep.ROLL_MADE_DIRECTORY,
                EngineStep.ROLL_MADE_FILE,
                EngineStep.ROLL_ENDS,
                EngineStep.FLUSH_BEGINS,
                EngineStep.FLUSH_SYNCED_JOURNAL,
                EngineStep.FLUSH_ENDS));
        if (durability == Durability.DISK) {
            steps.addAll(List.of(EngineStep.SYNC_BEGINS, EngineStep.SYNC_ENDS));
        }
        return steps.toArray(Step[]::new);
    }

    private void recoversFrom(Crash crash) {
        try (TableEngine recovered = TestEngines.open(crash.copy())) {
            long sequence = recovered.appliedSequence();
            assertThat(sequence).as("after a crash at %s", crash.step()).isGreaterThanOrEqualTo(crash.acknowledged());
            assertThat(TestEngines.dump(recovered))
                    .as("commit %d, after a crash at %s", sequence, crash.step())
                    .isEqualTo(live.get(sequence));
            // And it goes on.
            TestEngines.write(recovered, TestWrites.createTable("Afterwards"));
            assertThat(recovered.appliedSequence()).isEqualTo(sequence + 1);
        }
    }

    private TableEngine open(Durability durability, List<Crash> crashes, Map<EngineStep, Integer> reached) {
        Path data = dir.resolve("live");
        JournalConfig journal = TestEngines.config(data).journal().withRollSizeBytes(ROLL_SIZE_BYTES);
        return TableEngine.open(
                TestEngines.config(data)
                        .withDurability(durability)
                        .withJournal(journal)
                        .withFlushInterval(Duration.ofHours(1)),
                TestEngines.dependencies().withSteps(step -> {
                    if (reached.merge((EngineStep) step, 1, Integer::sum) % CRASH_EVERY == 1) {
                        Path copy = dir.resolve("crash-" + crashes.size());
                        TestEngines.copy(data, copy);
                        crashes.add(new Crash(step, copy, acknowledged));
                    }
                }));
    }

    private static WriteOperation<?> randomWrite(Random random, TableEngine engine) {
        List<String> tables = new ArrayList<>();
        engine.catalog().tables().forEach(table -> tables.add(table.name()));
        String table = tables.isEmpty() ? "none" : tables.get(random.nextInt(tables.size()));
        String pk = "p" + random.nextInt(4);
        int sk = random.nextInt(6);
        Item item = TestTables.item(pk, sk, "v" + random.nextInt(1000)).toBuilder()
                .set("lk", "l" + random.nextInt(3))
                .build();
        return switch (tables.isEmpty() ? 0 : random.nextInt(20)) {
            case 0 -> TestWrites.createIndexedTable("T" + random.nextInt(1000));
            case 1 -> TestWrites.createTable("T" + random.nextInt(1000));
            case 2 -> random.nextInt(3) == 0 ? TestWrites.deleteTable(table) : TestWrites.put(table, item);
            case 3, 4, 5, 6 -> TestWrites.delete(table, TestTables.key(pk, sk));
            case 7, 8 -> TestWrites.putIfAbsent(table, item);
            default -> TestWrites.put(table, random.nextInt(4) == 0 ? TestTables.item(pk, sk, "unindexed") : item);
        };
    }
}
