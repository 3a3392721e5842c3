package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.SteppedEngine;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.step.Step;
import io.tailrace.engine.writer.CommitLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writer, journal, apply and capture of one engine on one thread, with a clock and a Kafka that are simulated: one seed decides
 * which of them takes the next step, and what fails. After each step it is checked that what is acknowledged or read is on
 * the disk, and that Kafka's partitions hold what the journal says, once and in order.
 */
final class Simulation {
    private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
    private static final String REGION = "simulated-1";
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int ROLL_BYTES = 6_000;
    private static final Instant START = Instant.parse("2026-05-17T10:00:00Z");
    private static final TopicSettings TOPICS =
            TopicSettings.DEFAULT.withPartitions(2).withStreamPartitions(2);

    /** The process ends here. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(Step step) {
            super(step.name(), null, false, false);
        }
    }

    /** What must not go unnoticed. */
    enum Mistake {
        KAFKA_DOUBLES,
        WRITES_ARE_NOT_FORCED
    }

    private final Path dir;
    private final Set<Mistake> mistakes;
    private final Random random;
    private final SimulatedWrites writes;
    private final SimulatedClock clock = new SimulatedClock(START);
    private final SimulatedKafka kafka;
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private final List<CompletableFuture<?>> pending = new ArrayList<>();
    private ExpectedTopics expected = new ExpectedTopics(REGION, TOPICS);

    private Path home;
    private int homes;
    private SteppedEngine engine;
    private CaptureAgent capture;
    private CaptureMetrics metrics;
    private boolean alive;
    private int stepsToCrash;
    private boolean failAppend;
    private boolean failSync;
    /** The last entry that was appended when the journal was last forced. */
    private long forced;
    /** The last commit of which someone was told. */
    private long acknowledged;

    Simulation(Path dir, long seed, Set<Mistake> mistakes) {
        this.dir = dir;
        this.mistakes = mistakes;
        this.random = new Random(seed);
        this.writes = new SimulatedWrites(random);
        this.kafka = new SimulatedKafka(REGION, TOPICS, random);
        if (mistakes.contains(Mistake.KAFKA_DOUBLES)) {
            kafka.forget();
        }
    }

    /** @return what happened, line by line */
    List<String> run(int steps) throws Exception {
        home = dir.resolve("home-0");
        Files.createDirectories(home);
        start();
        for (int step = 0; step < steps; step++) {
            take(random.nextInt(100));
            settle();
        }
        stepsToCrash = 0;
        failAppend = false;
        failSync = false;
        kafka.heal();
        if (engine.failure() != null) {
            restart("the engine had failed");
        }
        for (int step = 0; !isQuiet(); step++) {
            assertThat(step).as("steps until all is captured: %s", tail()).isLessThan(20_000);
            engine.write();
            capture();
            kafka.step(false);
            settle();
        }
        expected.assertComplete(kafka.logs());
        capture.finish(false);
        engine.close();
        return trace;
    }

    private boolean isQuiet() {
        return engine.appliedSequence() == engine.lastSequence()
                && capture.session() != null
                && capture.captured().get() == engine.lastSequence();
    }

    private void take(int choice) throws Exception {
        try {
            note(choice, act(choice));
        } catch (Crash crash) {
            note(choice, "crash at " + crash.getMessage());
        }
    }

    private String act(int choice) throws Exception {
        if (choice < 22) {
            return submit();
        } else if (choice < 40) {
            return "written " + engine.write();
        } else if (choice < 62) {
            return "captured " + capture();
        } else if (choice < 88) {
            return "kafka " + kafka.step(true);
        } else if (choice < 91) {
            return maintain();
        } else if (choice < 93) {
            Duration time = Duration.ofMillis(random.nextInt(3_000));
            clock.advance(time);
            return "time " + time;
        } else {
            return disturb(choice);
        }
    }

    private String disturb(int choice) throws Exception {
        switch (choice) {
            case 93 -> {
                boolean away = random.nextInt(3) == 0;
                kafka.setAway(away);
                return "kafka away " + away;
            }
            case 94 -> {
                return "cut " + kafka.toggle();
            }
            case 95, 96 -> {
                stepsToCrash = 1 + random.nextInt(40);
                return "crash in " + stepsToCrash;
            }
            case 97 -> {
                if (random.nextBoolean()) {
                    failAppend = true;
                } else {
                    failSync = true;
                }
                return "append fails " + failAppend + ", sync fails " + failSync;
            }
            case 98 -> {
                boolean clean = random.nextBoolean();
                endCapture(clean);
                boolean lost = random.nextInt(3) == 0 && Files.deleteIfExists(checkpoint());
                startCapture();
                return "capture anew, clean " + clean + ", checkpoint lost " + lost;
            }
            default -> {
                endCapture(true);
                return close();
            }
        }
    }

    private String close() throws IOException {
        try {
            engine.close();
            alive = false;
            return "closed";
        } catch (IOException failed) {
            die();
            return "could not be closed";
        }
    }

    private String maintain() {
        try {
            engine.maintain();
            return "maintained from " + engine.journal().firstSequence();
        } catch (IOException failed) {
            return "could not be maintained";
        }
    }

    private String submit() {
        if (engine.failure() != null) {
            return "refused";
        }
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            pending.add(engine.submit(writes.next()));
        }
        return "submitted " + count;
    }

    private String capture() throws InterruptedException {
        if (capture.session() == null) {
            return "connected " + capture.connect();
        }
        return capture.doWork() + " " + capture.captured().get();
    }

    /** Starts what has ended, and checks what must hold after any step. */
    private void settle() throws Exception {
        for (CompletableFuture<?> future : pending) {
            if (future.isDone() && !future.isCompletedExceptionally()) {
                acknowledged = Math.max(acknowledged, engine.appliedSequence());
            }
        }
        pending.removeIf(CompletableFuture::isDone);
        if (!alive) {
            restart("the process had ended");
        } else if (engine.failure() != null && random.nextInt(4) == 0) {
            restart("the engine had failed");
        }
        check();
    }

    private void check() {
        assertThat(engine.appliedSequence()).as("reads see: %s", tail()).isLessThanOrEqualTo(forced);
        assertThat(engine.journal().readableSequence())
                .as("capture sees: %s", tail())
                .isLessThanOrEqualTo(forced);
        assertThat(acknowledged).as("acknowledged: %s", tail()).isLessThanOrEqualTo(forced);
        assertThat(capture.captured().get())
                .as("captured: %s", tail())
                .isLessThanOrEqualTo(engine.journal().readableSequence());
        try {
            expected.assertPrefix(kafka.logs());
        } catch (AssertionError e) {
            throw new AssertionError(tail(), e);
        }
        if (capture.lastError() != null && capture.state() == CaptureStatus.State.FAILED) {
            throw new AssertionError("capture gave up: " + capture.lastError() + tail());
        }
    }

    private void restart(String why) throws Exception {
        if (alive) {
            die();
        }
        dispose();
        start();
        note(-1, why + ", found " + engine.lastSequence());
    }

    private void start() throws Exception {
        engine = null;
        while (engine == null) {
            alive = true;
            try {
                engine = open();
            } catch (Crash crash) {
                trace.add("crash at " + crash.getMessage());
            } catch (IOException failed) {
                trace.add("could not be opened: " + failSync);
            }
        }
        long found = engine.lastSequence();
        assertThat(found).as("found at the start: %s", tail()).isBetween(Math.max(forced, acknowledged), (long)
                entries.size());
        entries.subList((int) found, entries.size()).clear();
        expected = new ExpectedTopics(REGION, TOPICS);
        expected.add(entries);
        // Recovery has forced what it found.
        forced = found;
        startCapture();
    }

    private SteppedEngine open() throws IOException {
        return SteppedEngine.open(
                EngineConfig.of(home.resolve("engine"), REGION)
                        .withDurability(
                                mistakes.contains(Mistake.WRITES_ARE_NOT_FORCED) ? Durability.PROCESS : Durability.DISK)
                        .withQueueCapacity(1_000)
                        .withMaxBatchWrites(4)
                        .withFlushInterval(Duration.ofNanos(1))
                        .withJournal(JournalConfig.DEFAULT
                                .withBlockSizeBytes(BLOCK_BYTES)
                                .withRollSizeBytes(ROLL_BYTES)
                                .withRetention(Duration.ZERO)),
                new EngineDependencies(
                                clock, new SimpleMeterRegistry(), () -> new UUID(random.nextLong(), random.nextLong()))
                        .withSteps(this::reached)
                        .withDisk(new Disk()),
                Log::new);
    }

    private void startCapture() {
        metrics = new CaptureMetrics(
                new SimpleMeterRegistry(),
                REGION,
                CaptureMeter.RECORDS_SENT,
                CaptureMeter.BYTES_SENT,
                CaptureMeter.RECORDS_SKIPPED,
                CaptureMeter.ERRORS,
                CaptureMeter.UNEXPECTED_OFFSETS);
        CaptureConfig config =
                CaptureConfig.of("simulated", REGION, checkpoint()).withTopics(TOPICS);
        capture = new CaptureAgent(
                config,
                new CaptureSource(engine.journal(), engine::catalog, this::reached),
                metrics,
                new KafkaAccess(kafka::connect, new InterruptibleSection(), clock::nanos, Duration.ZERO));
        capture.readCheckpoint();
        engine.allowJournalRemoval(() -> capture.notedSequence());
    }

    private void endCapture(boolean clean) throws InterruptedException {
        kafkaWhileClosing(clean);
        capture.finish(!clean);
        kafka.clientDied();
        metrics.close();
    }

    /** Closing waits for what is on its way; Kafka goes on meanwhile. */
    private void kafkaWhileClosing(boolean clean) {
        for (int i = 0; clean && i < 50; i++) {
            kafka.step(true);
        }
    }

    /** The process ends as it is; the files go on as they are now. */
    private void die() throws IOException {
        alive = false;
        kafka.clientDied();
        Path next = dir.resolve("home-" + ++homes);
        copy(home, next);
        home = next;
    }

    /** Lets go of what the process had that ended, in the directory that nobody looks at any more. */
    private void dispose() {
        if (capture.session() != null) {
            capture.session().close();
        }
        try {
            engine.close();
        } catch (IOException | RuntimeException failed) {
            LOG.debug("what had failed cannot be closed", failed);
        }
    }

    /** As it is at one moment: RocksDB may be compacting. */
    private static void copy(Path from, Path to) throws IOException {
        while (true) {
            try {
                Map<Path, Long> before = sizes(from);
                for (Path path : before.keySet()) {
                    Files.copy(path, to.resolve(from.relativize(path)));
                }
                if (sizes(from).equals(before)) {
                    return;
                }
            } catch (NoSuchFileException | UncheckedIOException removedMeanwhile) {
                LOG.debug("once more: {}", removedMeanwhile.getMessage());
            }
            SimulationTest.delete(to);
        }
    }

    /** By path, directories before what is in them. */
    private static Map<Path, Long> sizes(Path directory) throws IOException {
        Map<Path, Long> sizes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                // RocksDB's log for people grows when it likes.
                boolean counts = Files.isRegularFile(path)
                        && !path.getFileName().toString().equals("LOG");
                sizes.put(path, counts ? Files.size(path) : 0);
            }
        }
        return sizes;
    }

    private Path checkpoint() {
        return home.resolve("capture-checkpoint");
    }

    private void reached(Step step) {
        if (alive && stepsToCrash > 0 && --stepsToCrash == 0) {
            try {
                die();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            throw new Crash(step);
        }
    }

    private void note(int choice, String what) {
        trace.add(choice + " " + what + ": applied " + engine.appliedSequence() + ", forced " + forced + ", captured "
                + capture.captured().get() + ", in Kafka " + expected.checked() + ", random " + random.nextInt());
    }

    private String tail() {
        return "\n" + String.join("\n", trace.subList(Math.max(0, trace.size() - 30), trace.size()));
    }

    /** Knows what is on the disk. */
    private final class Disk implements DiskSync {
        @Override
        public void force(Path file, FileChannel channel) throws IOException {
            if (!alive) {
                return;
            }
            if (failSync) {
                failSync = false;
                throw new IOException("simulated: cannot force " + file.getFileName());
            }
            if (engine != null && file.startsWith(home)) {
                forced = Math.max(forced, engine.lastSequence());
            }
        }

        @Override
        public void forceDirectory(Path directory) {}
    }

    /** Notes what is appended, or fails to. */
    private final class Log implements CommitLog {
        private final CommitLog log;

        Log(CommitLog log) {
            this.log = log;
        }

        @Override
        public long lastSequence() {
            return log.lastSequence();
        }

        @Override
        public int maxEntryBytes() {
            return log.maxEntryBytes();
        }

        @Override
        public long encodedLength(JournalEntry entry) {
            return log.encodedLength(entry);
        }

        @Override
        public void append(List<JournalEntry> batch) throws IOException {
            int appended = batch.size();
            if (failAppend) {
                failAppend = false;
                appended = random.nextInt(batch.size());
            }
            entries.addAll(batch.subList(0, appended));
            log.append(batch.subList(0, appended));
            expected.add(batch.subList(0, appended));
            if (appended < batch.size()) {
                throw new IOException("simulated: cannot append");
            }
        }

        @Override
        public Optional<String> full() {
            return log.full();
        }

        /** The simulation's engine gets over a failure by a restart; the repair has tests of its own. */
        @Override
        public void recover(int attempt) throws IOException {
            throw new IOException("simulated: until the restart");
        }

        @Override
        public void makeDurable(long sequence) throws IOException, InterruptedException {
            log.makeDurable(sequence);
        }
    }
}
