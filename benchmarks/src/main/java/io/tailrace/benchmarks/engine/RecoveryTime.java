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
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A start that has to replay the whole journal, because there is no state yet, beside a bare read of the journal's bytes. A
 * crash leaves far less to replay: what was not flushed, at most a minute's writes.
 */
public final class RecoveryTime implements Benchmark {
    private static final int ITEM_BYTES = 1_000;
    private static final int READ_BYTES = 1 << 20;
    private static final int READS = 10;

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String summary() {
        return "Recovery from the journal alone, beside a bare read of the same files.";
    }

    @Override
    public String operation() {
        return "one journal entry of an item of 1 KB, checked and applied";
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Contest open(Setup setup) throws IOException {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final Path dir;
        private final EngineConfig config;
        private final Load load;
        private final long entries;
        private final Map<Path, Long> usedBytes = new LinkedHashMap<>();

        Opened(Setup setup) throws IOException {
            dir = setup.workDir().resolve("engine");
            config = EngineConfig.of(dir, Table.REGION).withDurability(Durability.PROCESS);
            int items = setup.scale().pick(300_000, 5_000);
            load = new Load(String.format(Locale.ROOT, "%,d entries", items), items);
            try (Table table = Table.open(config, false)) {
                table.fill(new Items(setup.seed(), ITEM_BYTES), "item", items);
                entries = table.engine().appliedSequence();
            }
            for (Path file : files(dir.resolve("journal"))) {
                usedBytes.put(file, usedBytes(file));
            }
        }

        @Override
        public List<Load> loads() {
            return List.of(load);
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, any -> recover());
            sides.put(Side.REFERENCE, any -> read());
            return sides;
        }

        private Sample recover() throws IOException {
            delete(dir.resolve("state"));
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            try (Table table = Table.open(config, false)) {
                Sample sample = meter.sample(entries);
                if (table.engine().appliedSequence() != entries) {
                    throw new IllegalStateException(
                            "recovered up to " + table.engine().appliedSequence() + " instead of " + entries);
                }
                return sample;
            }
        }

        /** Several times, because once takes too little for the CPU clock. */
        private Sample read() throws IOException {
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
            for (int times = 0; times < READS; times++) {
                for (Map.Entry<Path, Long> file : usedBytes.entrySet()) {
                    readOnce(file.getKey(), file.getValue(), buffer);
                }
            }
            return meter.sample(entries * READS);
        }

        private static void readOnce(Path file, long bytes, ByteBuffer buffer) throws IOException {
            try (FileChannel channel = FileChannel.open(file)) {
                for (long rest = bytes; rest > 0; rest -= channel.read(buffer)) {
                    buffer.clear().limit((int) Math.min(rest, READ_BYTES));
                }
            }
        }

        /** How far the file is written: behind that it is a hole. */
        private static long usedBytes(Path file) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
            long used = 0;
            try (FileChannel channel = FileChannel.open(file)) {
                long end = 0;
                for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer.clear())) {
                    end += read;
                    int last = read - 1;
                    while (last >= 0 && buffer.get(last) == 0) {
                        last--;
                    }
                    used = last >= 0 ? end - read + last + 1 : used;
                }
            }
            return used;
        }

        private static List<Path> files(Path directory) throws IOException {
            try (Stream<Path> all = Files.walk(directory)) {
                return all.filter(Files::isRegularFile).toList();
            }
        }

        private static void delete(Path directory) throws IOException {
            List<Path> found;
            try (Stream<Path> all = Files.walk(directory)) {
                found = all.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : found) {
                Files.delete(path);
            }
        }

        @Override
        public List<String> notes() {
            long bytes = usedBytes.values().stream().mapToLong(Long::longValue).sum();
            return List.of(
                    "the journal has " + (bytes >> 20) + " MB; seconds per million entries are microseconds per entry");
        }

        @Override
        public void close() {
            // Each round has closed what it opened.
        }
    }
}
