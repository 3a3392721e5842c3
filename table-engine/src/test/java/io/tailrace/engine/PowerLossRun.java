package io.tailrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.MutableClock;
import io.tailrace.engine.state.BlockCache;
import io.tailrace.engine.state.TableState;
import io.tailrace.engine.step.EngineStep;
import io.tailrace.engine.step.Step;
import io.tailrace.engine.step.StepListener;
import io.tailrace.engine.writer.CommitLog;
import io.tailrace.engine.writer.WriteOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * An engine at work on a disk that is recorded, on one thread. At random moments, most of them just before something is forced
 * or just after, the directories that a loss of power could leave are made, and an engine is opened in each: it must have all
 * that anyone was told of, no half of a commit, and a state that is what its journal says.
 */
final class PowerLossRun {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int ROLL_BYTES = 30_000;
    private static final Instant START = Instant.parse("2026-05-17T10:00:00Z");
    /** Forces nothing: images are read by the process that wrote them. */
    private static final DiskSync PAGE_CACHE = new DiskSync() {
        @Override
        public void force(Path file, FileChannel channel) {}

        @Override
        public void forceDirectory(Path directory) {}
    };

    private final Path dir;
    private final Durability durability;
    private final Random random;
    private final RandomWrites writes;
    private final Predicate<DiskRecorder.Kind> lies;
    private final double imageChance;
    private final MutableClock clock = new MutableClock(START);

    /** All entries that were appended; those that power took from the journal before anyone was told of them are gone. */
    private final List<JournalEntry> entries = new ArrayList<>();

    private final Map<Long, List<String>> dumps = new HashMap<>();
    /** What someone may have seen: answered, read, or taken from the journal. */
    private long seen;

    private int images;
    private int nextDirectory;
    private Path disk;
    private DiskRecorder recorder;
    private EngineParts parts;
    private TableState reference;
    private boolean recording;
    private String step = "opening";
    private AssertionError violation;

    /**
     * @param lies which forces the disk leaves out
     * @param imageChance that a moment is looked at
     */
    PowerLossRun(Path dir, Durability durability, long seed, Predicate<DiskRecorder.Kind> lies, double imageChance) {
        this.dir = dir;
        this.durability = durability;
        this.random = new Random(seed);
        this.writes = new RandomWrites(random);
        this.lies = lies;
        this.imageChance = imageChance;
    }

    /** How many images were looked at. */
    int images() {
        return images;
    }

    /** @throws AssertionError when an image is not what it must be */
    void run(int sessions, int batches) throws Exception {
        try {
            runSessions(sessions, batches);
        } finally {
            closeReference();
        }
    }

    private void runSessions(int sessions, int batches) throws Exception {
        disk = next("disk");
        Files.createDirectories(disk);
        for (int session = 0; session < sessions; session++) {
            recorder = new DiskRecorder(disk, data(disk), lies);
            recorder.beforeForce(this::moment);
            recording = true;
            parts = EngineParts.open(config(disk), dependencies(recorder, this::reached), this::recorded);
            throwViolation();
            // What recovery found, reads may show.
            noteSeen();
            parts.capturedSequence().complete(() -> entries.size());
            for (int batch = 0; batch < batches; batch++) {
                work();
                throwViolation();
            }
            endSession();
            throwViolation();
        }
    }

    private void throwViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    private void work() throws Exception {
        List<CompletableFuture<?>> outcomes = new ArrayList<>();
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            outcomes.add(submit(writes.next()));
        }
        assertThat(parts.writer().doWork(0)).isEqualTo(outcomes.size());
        assertThat(outcomes).allMatch(CompletableFuture::isDone);
        clock.advance(Duration.ofMillis(random.nextInt(20)));
        if (random.nextInt(12) == 0) {
            parts.maintenance().doWork();
        }
    }

    private CompletableFuture<?> submit(WriteOperation<?> write) {
        return parts.writer().submit(write).exceptionally(refused -> {
            assertThat(refused).isInstanceOf(DynamoException.class);
            assertThat(((DynamoException) refused).type().httpStatus()).isEqualTo(400);
            return null;
        });
    }

    /** Ends as it ends well, or goes on with what a loss of power left. */
    private void endSession() throws IOException {
        Path found = null;
        if (random.nextInt(3) > 0) {
            found = next("disk");
            recorder.image(found, random);
            otherBoot(found);
        }
        recording = found == null;
        recorder.beforeForce(recording ? this::moment : () -> {});
        parts.closeFiles();
        if (found != null) {
            delete(disk);
            disk = found;
            forgetLost();
        }
    }

    /** What nobody was told of may be gone; which of it, the journal that was found says. */
    private void forgetLost() throws IOException {
        Path look = next("look");
        TestEngines.copy(disk, look);
        EngineParts found = EngineParts.open(config(look), dependencies(PAGE_CACHE, StepListener.NONE), log -> log);
        long last = found.journal().lastSequence();
        found.closeFiles();
        delete(look);
        entries.subList((int) last, entries.size()).clear();
        dumps.keySet().removeIf(sequence -> sequence > last);
        if (reference != null && reference.appliedSequence() > last) {
            closeReference();
        }
    }

    private void reached(Step reached) {
        step = reached.name();
        if (!recording) {
            return;
        }
        try {
            recorder.observe();
            if (reached == EngineStep.FLUSH_ENDS) {
                // First what could be found in the middle of the flush.
                moment();
                recorder.stateIsForced();
            } else if (reached == EngineStep.RECOVERED) {
                recorder.stateIsForced();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        noteSeen();
        moment();
    }

    private void noteSeen() {
        if (parts != null && durability != Durability.PROCESS) {
            seen = Math.max(seen, parts.state().appliedSequence());
            seen = Math.max(seen, parts.journal().readableSequence());
        }
    }

    private void moment() {
        if (!recording || random.nextDouble() >= imageChance) {
            return;
        }
        Path image = next("image");
        try {
            recorder.image(image, random);
            otherBoot(image);
            check(image);
            images++;
            delete(image);
        } catch (IOException | RuntimeException | AssertionError e) {
            // Not to the engine in whose steps this is, which would take it for its own trouble.
            recording = false;
            violation = new AssertionError("an image after " + recorder.forces() + " forces, of " + step, e);
        }
    }

    private void check(Path image) throws IOException {
        EngineParts found;
        try {
            found = EngineParts.open(config(image), dependencies(PAGE_CACHE, StepListener.NONE), log -> log);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError("what a loss of power left in " + image + " cannot be opened", e);
        }
        try {
            long last = found.journal().lastSequence();
            assertThat(last)
                    .as("the last entry in %s, of %d", image, entries.size())
                    .isBetween(seen, (long) entries.size());
            long first = found.journal().firstSequence();
            List<String> expected = new ArrayList<>();
            for (JournalEntry entry : entries.subList((int) first - 1, (int) last)) {
                expected.add(JournalAndState.line(entry));
            }
            assertThat(JournalAndState.entries(found.journal()))
                    .as("the journal in %s", image)
                    .isEqualTo(expected);
            assertThat(JournalAndState.dump(found.state()))
                    .as("the state in %s", image)
                    .isEqualTo(dumpAt(last));
            CompletableFuture<?> further = found.writer().submit(writes.next());
            assertThat(found.writer().doWork(0)).isEqualTo(1);
            assertThat(further).isDone();
            assertThat(found.writer().failure()).isNull();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            found.closeFiles();
        }
    }

    /** What the entries up to this one make, applied one by one to a state that nothing happens to. */
    private List<String> dumpAt(long sequence) throws IOException {
        List<String> known = dumps.get(sequence);
        if (known == null) {
            if (reference == null || reference.appliedSequence() > sequence) {
                closeReference();
                reference = TableState.open(next("reference"), () -> {}, StreamTimes.DEFAULT, BlockCache.OWN);
            }
            for (JournalEntry entry : entries.subList((int) reference.appliedSequence(), (int) sequence)) {
                reference.apply(List.of(entry));
            }
            known = JournalAndState.dump(reference);
            dumps.put(sequence, known);
        }
        return known;
    }

    private void closeReference() {
        if (reference != null) {
            reference.close();
            reference = null;
        }
    }

    private CommitLog recorded(CommitLog log) {
        return new InterceptedLog(log) {
            @Override
            public void append(List<JournalEntry> batch) throws IOException {
                // Before the first byte is written, so that a moment within finds them here.
                entries.addAll(batch);
                super.append(batch);
            }
        };
    }

    private EngineConfig config(Path root) {
        return TestEngines.config(data(root))
                .withDurability(durability)
                .withFlushInterval(Duration.ofNanos(1))
                .withJournal(JournalConfig.DEFAULT
                        .withBlockSizeBytes(BLOCK_BYTES)
                        .withRollSizeBytes(ROLL_BYTES)
                        .withRetention(Duration.ofMillis(300)));
    }

    private EngineDependencies dependencies(DiskSync sync, StepListener steps) {
        return new EngineDependencies(
                        clock, new SimpleMeterRegistry(), () -> new UUID(random.nextLong(), random.nextLong()))
                .withSteps(steps)
                .withDisk(sync);
    }

    private static Path data(Path root) {
        return root.resolve("tailrace").resolve("region");
    }

    private Path next(String name) {
        return dir.resolve(name + "-" + nextDirectory++);
    }

    /** The machine has started anew: the boot that the lock names is another. */
    private static void otherBoot(Path root) throws IOException {
        Path lock = data(root).resolve("LOCK");
        Path bootId = Path.of("/proc/sys/kernel/random/boot_id");
        if (Files.exists(lock) && Files.isReadable(bootId)) {
            String content = Files.readString(lock, StandardCharsets.ISO_8859_1);
            Files.writeString(
                    lock,
                    content.replace(Files.readString(bootId).strip(), new UUID(0, 0).toString()),
                    StandardCharsets.ISO_8859_1);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
