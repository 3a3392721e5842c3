package io.tailrace.benchmarks.engine;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.core.Waiting;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.journal.JournalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Writes that come by the clock while journal files roll several times a second and RocksDB flushes and compacts all the
 * time, beside the same writes while nothing of that happens. Latency counts from when a write was due.
 */
public final class RollingLatency implements Benchmark {
    private static final int ITEM_BYTES = 4_000;
    private static final int KEYS = 5_000;
    private static final int DIGITS = 3;
    private static final long LIMIT_SECONDS = 60;

    @Override
    public String name() {
        return "rolling-latency";
    }

    @Override
    public String summary() {
        return "Write latency while journal files roll and RocksDB compacts (tailrace), beside quiet times (reference).";
    }

    @Override
    public String operation() {
        return "one PutItem at the engine over an item of 4 KB, durability process";
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Contest open(Setup setup) {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final Path dir;
        private final Items items;
        private final Duration measured;
        private int rounds;
        private int rolls;
        private int stateFiles;

        Opened(Setup setup) {
            dir = setup.workDir();
            items = new Items(setup.seed(), ITEM_BYTES);
            measured = Duration.ofMillis(setup.scale().pick(6_000, 1_500));
        }

        @Override
        public List<Load> loads() {
            return List.of(new Load("200 writes/s", 200), new Load("1000 writes/s", 1_000));
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> write(load, busy()));
            sides.put(Side.REFERENCE, load -> write(load, quiet()));
            return sides;
        }

        /** Neither the size nor the time for a new file or a flush comes within a round. */
        private EngineConfig quiet() {
            return EngineConfig.of(dir.resolve("engine-" + ++rounds), Table.REGION)
                    .withDurability(Durability.PROCESS)
                    .withFlushInterval(Duration.ofHours(1));
        }

        private EngineConfig busy() {
            return quiet().withFlushInterval(Duration.ofMillis(250))
                    .withJournal(
                            JournalConfig.DEFAULT.withRollSizeBytes(1 << 20).withRollInterval(Duration.ofMillis(200)));
        }

        private Sample write(Load load, EngineConfig config) throws Exception {
            try (Table table = Table.open(config, false)) {
                List<CompletableFuture<?>> writes = new ArrayList<>();
                ConcurrentHistogram latencies = new ConcurrentHistogram(DIGITS);
                long intervalNanos = TimeUnit.SECONDS.toNanos(1) / load.value();
                long count = measured.toNanos() / intervalNanos;
                Meter meter = Meter.start(CpuClock.ofThisProcess());
                long dueNanos = System.nanoTime();
                for (long number = 0; number < count; number++, dueNanos += intervalNanos) {
                    Waiting.until(dueNanos);
                    long due = dueNanos;
                    writes.add(table.put(items.item("item-" + number % KEYS, number))
                            .thenRun(() -> latencies.recordValue(System.nanoTime() - due)));
                }
                CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
                        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
                Sample sample = meter.sample(count, latencies);
                noteWhatHappened(config);
                return sample;
            }
        }

        /** Journal segments are kept, and RocksDB numbers its files: so they tell what a round has seen. */
        private void noteWhatHappened(EngineConfig config) throws IOException {
            rolls = Math.max(rolls, count(config.dataDir().resolve("journal")));
            stateFiles = Math.max(stateFiles, highestNumber(config.dataDir().resolve("state")));
        }

        private static int count(Path directory) throws IOException {
            try (Stream<Path> all = Files.list(directory)) {
                return (int) all.filter(Files::isDirectory).count();
            }
        }

        private static int highestNumber(Path directory) throws IOException {
            try (Stream<Path> all = Files.list(directory)) {
                return all.map(path -> path.getFileName().toString())
                        .filter(name -> name.matches("\\d+\\.sst"))
                        .mapToInt(name -> Integer.parseInt(name.substring(0, name.indexOf('.'))))
                        .max()
                        .orElse(0);
            }
        }

        @Override
        public List<String> notes() {
            return List.of(String.format(
                    Locale.ROOT,
                    "rounds of %.1f s; in the busiest the journal had %d files and RocksDB wrote %d",
                    measured.toMillis() / 1000.0,
                    rolls,
                    stateFiles));
        }

        @Override
        public void close() {
            // Each round has closed what it opened.
        }
    }
}
