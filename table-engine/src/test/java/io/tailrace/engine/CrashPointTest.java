package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.model.Item;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shows that a crash between any two steps of a commit is recovered from: the state that is found is, byte for byte, the one
 * that the engine had after the commit that was interrupted.
 */
class CrashPointTest {
    private static final int WRITES = 160;
    private static final int SESSIONS = 3;
    private static final int CRASH_EVERY = 17;

    @TempDir
    Path dir;

    /** Where the process stops. */
    enum CrashPoint {
        AFTER_APPEND(InterceptedLog::betweenAppendAndDurable),
        AFTER_SYNC_BEFORE_APPLY(InterceptedLog::betweenDurableAndApply);

        private final BiFunction<CommitLog, InterceptedLog.Step, CommitLog> around;

        CrashPoint(BiFunction<CommitLog, InterceptedLog.Step, CommitLog> around) {
            this.around = around;
        }
    }

    @ParameterizedTest
    @EnumSource(CrashPoint.class)
    void theStateAfterRecoveryIsTheLiveOne(CrashPoint point) {
        Random random = new Random(20_260_517);
        Map<Long, Path> crashes = new HashMap<>();
        Map<Long, List<String>> live = new HashMap<>();
        Path data = dir.resolve("live");
        for (int session = 0; session < SESSIONS; session++) {
            try (TableEngine engine = open(data, point, crashes)) {
                for (int i = 0; i < WRITES / SESSIONS; i++) {
                    try {
                        TestEngines.write(engine, randomWrite(random, engine));
                    } catch (DynamoException refused) {
                        assertThat(refused.type().httpStatus()).isEqualTo(400);
                    }
                    live.put(engine.appliedSequence(), TestEngines.dump(engine));
                }
            }
        }
        assertThat(crashes).hasSizeGreaterThan(5);
        crashes.forEach((sequence, copy) -> {
            try (TableEngine recovered = TestEngines.open(copy)) {
                assertThat(TestEngines.dump(recovered))
                        .as("crash %s of commit %d", point, sequence)
                        .isEqualTo(live.get(sequence));
                // And it goes on.
                TestEngines.write(recovered, TestWrites.createTable("Afterwards"));
                assertThat(recovered.appliedSequence()).isEqualTo(sequence + 1);
            }
        });
    }

    private TableEngine open(Path data, CrashPoint point, Map<Long, Path> crashes) {
        return TableEngine.open(
                TestEngines.config(data).withDurability(Durability.DISK),
                TestEngines.dependencies(),
                log -> point.around.apply(log, sequence -> {
                    if (sequence % CRASH_EVERY == 1) {
                        Path copy = dir.resolve("crash-" + sequence);
                        TestEngines.copy(data, copy);
                        crashes.put(sequence, copy);
                        assertThat(Files.isDirectory(copy)).isTrue();
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
