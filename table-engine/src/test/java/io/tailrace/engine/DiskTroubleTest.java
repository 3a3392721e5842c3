package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shows that trouble with the disk, the memory or open files refuses writes with an error that clients retry, leaves reads
 * alone, loses nothing that was acknowledged, and is over when its cause is, without a restart.
 */
class DiskTroubleTest {
    private static final Item KEY = TestTables.key("a", 1);
    private static final long MIB = 1L << 20;

    @TempDir
    Path dir;

    private final FaultyDisk disk = new FaultyDisk();
    /** What the next append meets, if anything. */
    private final AtomicReference<AppendFault> fault = new AtomicReference<>();

    private interface AppendFault {
        void append(CommitLog log, List<JournalEntry> entries) throws IOException;
    }

    @Test
    void aFullDiskRefusesWritesUntilThereIsRoom() {
        try (TableEngine engine = open(Durability.DISK)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            TestEngines.write(engine, TestWrites.put("T", KEY));
            disk.setUsableBytes(10 * MIB);
            refused(engine, "the disk is full: 10 MiB are left");
            assertThat(engine.health().writable()).isFalse();
            assertThat(engine.health().detail()).contains("the disk is full");
            assertThat(TestEngines.item(engine, "T", KEY)).isEqualTo(KEY);

            disk.setUsableBytes(80 * MIB);
            awaitLook();
            refused(engine, "80 MiB are left");

            disk.setUsableBytes(200 * MIB);
            await(() -> engine.health().writable());
            TestEngines.write(engine, TestWrites.put("T", TestTables.item("a", 1, "v")));
        }
        try (TableEngine engine = open(Durability.DISK)) {
            assertThat(TestEngines.item(engine, "T", KEY)).isEqualTo(TestTables.item("a", 1, "v"));
        }
    }

    @Test
    void aJournalAtItsBoundRefusesWritesUntilItIsCaptured() {
        EngineConfig config = config(Durability.PROCESS).withFlushInterval(Duration.ofMillis(50));
        config = config.withJournal(config.journal().withRollSizeBytes(16 << 10).withMaxSizeBytes(256 << 10));
        try (TableEngine engine = open(config)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            long[] captured = {0};
            engine.allowJournalRemoval(() -> captured[0]);
            boolean alarm = false;
            DynamoException refusal = null;
            for (int i = 0; refusal == null; i++) {
                alarm |= engine.health().writable() && engine.health().alarm();
                try {
                    TestEngines.write(engine, TestWrites.put("T", TestTables.item("a", i % 10, i + "x".repeat(1000))));
                } catch (DynamoException e) {
                    refusal = e;
                }
            }
            assertThat(refusal.type()).isEqualTo(ErrorType.INTERNAL_SERVER_ERROR);
            assertThat(refusal).hasMessageContaining("journal.max.size");
            assertThat(alarm).isTrue();
            assertThat(engine.journal().firstSequence()).isEqualTo(1);
            captured[0] = engine.appliedSequence();
            // Retention is an hour: it yields.
            await(() -> engine.health().writable());
            TestEngines.write(engine, TestWrites.put("T", KEY));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"PROCESS", "DISK"})
    void aForceThatFailedIsNeverTrustedAgain(Durability durability) {
        List<String> before;
        try (TableEngine engine = open(durability);
                JournalReader reader = engine.journal().openReader()) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            for (int i = 0; i < 20; i++) {
                TestEngines.write(engine, TestWrites.increment("T", KEY));
            }
            assertThat(reader.next().sequence()).isEqualTo(1);
            disk.failForces(3);
            if (durability == Durability.DISK) {
                assertThatThrownBy(() -> TestEngines.write(engine, TestWrites.increment("T", KEY)))
                        .hasMessageContaining("not known whether the write took place");
                await(() -> engine.health().writable());
            }
            for (int i = 0; i < 20; i++) {
                TestEngines.write(engine, TestWrites.increment("T", KEY));
            }
            assertThat(TestEngines.item(engine, "T", KEY).get("count")).isEqualTo(AttributeValue.number(40));
            for (long sequence = 2; sequence <= 41; sequence++) {
                assertThat(reader.next().sequence()).isEqualTo(sequence);
            }
            assertThat(reader.next()).isNull();
            disk.failForces(0);
            before = TestEngines.dump(engine);
        }
        try (TableEngine engine = open(durability)) {
            assertThat(TestEngines.dump(engine)).isEqualTo(before);
        }
    }

    @Test
    void tooManyOpenFilesWhenANewJournalFileIsNeeded() {
        EngineConfig config = config(Durability.DISK);
        config = config.withJournal(config.journal().withRollSizeBytes(1 << 10));
        try (TableEngine engine = open(config)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            for (int i = 1; i <= 20; i++) {
                disk.failOpens(2);
                writeUntilAccepted(engine, i);
            }
            assertThat(TestEngines.item(engine, "T", KEY).get("count")).isEqualTo(AttributeValue.number(20));
        }
        try (TableEngine engine = open(Durability.DISK)) {
            assertThat(TestEngines.item(engine, "T", KEY).get("count")).isEqualTo(AttributeValue.number(20));
        }
    }

    /** What a mapped file on a full disk does to the thread that writes it. */
    @Test
    void aFaultInTheMiddleOfAnAppendLeavesNothing() {
        try (TableEngine engine = open(Durability.PROCESS)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            TestEngines.write(engine, TestWrites.increment("T", KEY));
            fault.set((log, entries) -> {
                log.append(entries);
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            });
            assertThatThrownBy(() -> TestEngines.write(engine, TestWrites.increment("T", KEY)))
                    .isInstanceOfSatisfying(
                            DynamoException.class,
                            e -> assertThat(e.type().retryable()).isTrue());
            await(() -> engine.health().writable());
            assertThat(TestEngines.write(engine, TestWrites.increment("T", KEY)).get("count"))
                    .isEqualTo(AttributeValue.number(2));
            assertThat(engine.appliedSequence()).isEqualTo(3);
        }
        try (TableEngine engine = open(Durability.PROCESS)) {
            assertThat(TestEngines.item(engine, "T", KEY).get("count")).isEqualTo(AttributeValue.number(2));
        }
    }

    @Test
    void aWriteWithoutMemoryFailsAlone() {
        try (TableEngine engine = open(Durability.DISK)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            assertThatThrownBy(() -> TestEngines.write(engine, context -> {
                        throw new OutOfMemoryError("on purpose");
                    }))
                    .isInstanceOfSatisfying(
                            DynamoException.class,
                            e -> assertThat(e.type().retryable()).isTrue());
            await(() -> engine.health().writable());
            TestEngines.write(engine, TestWrites.put("T", KEY));
        }
    }

    @Test
    void commandsBehindOneThatFailedAreNotDoneBeforeIt() {
        try (TableEngine engine = open(Durability.DISK)) {
            TestEngines.write(engine, TestWrites.createTable("T"));
            long incarnation = engine.incarnation();
            assertThat(engine.write(TestWrites.increment("T", KEY), new CommandPosition(0, 0), incarnation)
                            .join())
                    .isNotNull();
            fault.set((log, entries) -> {
                throw new IOException("on purpose");
            });
            assertThat(engine.write(TestWrites.increment("T", KEY), new CommandPosition(0, 1), incarnation))
                    .failsWithin(Duration.ofSeconds(90));
            await(() -> engine.health().writable());
            assertThat(engine.write(TestWrites.increment("T", KEY), new CommandPosition(0, 2), incarnation))
                    .failsWithin(Duration.ofSeconds(90));
            assertThat(engine.appliedCommandOffset(0)).isZero();
            assertThat(engine.write(TestWrites.increment("T", KEY), new CommandPosition(0, 1), engine.incarnation())
                            .join()
                            .get("count"))
                    .isEqualTo(AttributeValue.number(2));
        }
    }

    /** Everything at random, against a model that knows what was acknowledged and what is undecided. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingAcknowledgedIsLost(long seed) {
        Random random = new Random(seed);
        EngineConfig config = config(random.nextBoolean() ? Durability.DISK : Durability.PROCESS);
        config = config.withJournal(config.journal().withRollSizeBytes(8 << 10))
                .withFlushInterval(Duration.ofMillis(20));
        Map<Item, Item> model = new HashMap<>();
        List<Long> read = new ArrayList<>();
        for (int life = 0; life < 3; life++) {
            try (TableEngine engine = open(config);
                    JournalReader reader = engine.journal().openReader()) {
                if (life == 0) {
                    TestEngines.write(engine, TestWrites.createIndexedTable("T"));
                }
                reader.seek(read.size() + 1);
                for (int i = 0; i < 80; i++) {
                    harm(random);
                    write(engine, random, model, seed);
                    for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                        read.add(entry.sequence());
                        assertThat(entry.sequence()).isEqualTo(read.size());
                    }
                }
                disk.failForces(0);
                disk.failOpens(0);
                disk.setPlenty();
                fault.set(null);
                await(() -> engine.health().writable());
                model.forEach((key, item) ->
                        assertThat(TestEngines.item(engine, "T", key)).isEqualTo(item));
            }
        }
    }

    private void harm(Random random) {
        switch (random.nextInt(12)) {
            case 0 -> disk.failForces(1 + random.nextInt(2));
            case 1 -> disk.failOpens(1 + random.nextInt(2));
            case 2 -> disk.setUsableBytes(random.nextInt(64) * MIB);
            case 3 ->
                fault.set((log, entries) -> {
                    log.append(entries.subList(0, entries.size() / 2));
                    throw new IOException("half of a batch is written");
                });
            case 4 ->
                fault.set((log, entries) -> {
                    log.append(entries);
                    throw new InternalError("a fault occurred in an unsafe memory access operation");
                });
            default -> disk.setPlenty();
        }
    }

    private void write(TableEngine engine, Random random, Map<Item, Item> model, long seed) {
        Item key = TestTables.key("p" + random.nextInt(5), random.nextInt(5));
        Item item = random.nextInt(4) == 0
                ? null
                : key.with("value", AttributeValue.string(seed + "-" + random.nextLong()))
                        .with("lk", AttributeValue.string("l" + random.nextInt(3)));
        try {
            TestEngines.write(engine, item == null ? TestWrites.delete("T", key) : TestWrites.put("T", item));
            model.put(key, item);
        } catch (DynamoException e) {
            assertThat(e.type().retryable()).as(e.getMessage()).isTrue();
            disk.setPlenty();
            await(() -> engine.health().writable());
            Item found = TestEngines.item(engine, "T", key);
            assertThat(found).isIn(model.get(key), item);
            model.put(key, found);
        }
        assertThat(TestEngines.item(engine, "T", key)).isEqualTo(model.get(key));
    }

    private void writeUntilAccepted(TableEngine engine, int count) {
        await(() -> {
            try {
                Item item = KEY.with("count", AttributeValue.number(count));
                TestEngines.write(engine, TestWrites.put("T", item));
                return true;
            } catch (DynamoException e) {
                assertThat(e.type().retryable()).isTrue();
                return false;
            }
        });
    }

    private static void refused(TableEngine engine, String reason) {
        assertThatThrownBy(() -> TestEngines.write(engine, TestWrites.delete("T", KEY)))
                .isInstanceOfSatisfying(DynamoException.class, e -> {
                    assertThat(e.type()).isEqualTo(ErrorType.INTERNAL_SERVER_ERROR);
                    assertThat(e).hasMessageContaining(reason);
                });
    }

    /** Two looks of the maintenance later, the last one was after this was called. */
    private void awaitLook() {
        int looks = disk.looks();
        await(() -> disk.looks() > looks + 1);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private EngineConfig config(Durability durability) {
        return TestEngines.config(dir).withDurability(durability);
    }

    private TableEngine open(Durability durability) {
        return open(config(durability));
    }

    private TableEngine open(EngineConfig config) {
        return TableEngine.open(config, TestEngines.dependencies().withDisk(disk), log -> new InterceptedLog(log) {
            @Override
            public void append(List<JournalEntry> entries) throws IOException {
                AppendFault now = fault.getAndSet(null);
                if (now == null) {
                    super.append(entries);
                } else {
                    now.append(log, entries);
                }
            }
        });
    }
}
