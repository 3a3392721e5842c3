package io.tailrace.benchmarks.engine;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Clients;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * PutItem at the engine, each write acknowledged before its client sends the next, beside a loop that only appends the
 * journal's bytes, batched alike, to a file on the same disk, and forces it when the durability asks for it.
 */
public final class GroupCommit implements Benchmark {
    private static final int ITEM_BYTES = 1_000;
    private static final double DISK_SHARE = 0.7;

    private final Durability durability;

    public GroupCommit(Durability durability) {
        this.durability = durability;
    }

    @Override
    public String name() {
        return "durability-" + durability.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String summary() {
        return "Writes with durability " + durability.name().toLowerCase(Locale.ROOT) + ", beside a bare append"
                + (isForced() ? "-and-fsync" : "") + " loop with the same batching on the same disk.";
    }

    private boolean isForced() {
        return durability == Durability.DISK;
    }

    @Override
    public String operation() {
        return "one PutItem of a new item of 1 KB at the engine";
    }

    @Override
    public List<Target> targets() {
        return isForced() ? List.of(new Target(Figure.THROUGHPUT, Side.REFERENCE, DISK_SHARE)) : List.of();
    }

    @Override
    public Contest open(Setup setup) {
        return new Opened(setup);
    }

    private final class Opened implements Contest {
        private final Path dir;
        private final Items items;
        private final Duration unmeasured;
        private final Duration measured;
        private final Table table;
        private final byte[] entry;
        private int rounds;

        Opened(Setup setup) {
            dir = setup.workDir();
            items = new Items(setup.seed(), ITEM_BYTES);
            unmeasured = Duration.ofMillis(setup.scale().pick(500, 50));
            measured = Duration.ofMillis(setup.scale().pick(3_000, 300));
            table = Table.open(
                    EngineConfig.of(dir.resolve("engine"), Table.REGION).withDurability(durability), false);
            entry = new byte[journalBytes()];
        }

        /** How much one write adds to the journal. */
        private int journalBytes() {
            double before =
                    table.meters().get("tailrace.journal.appended").counter().count();
            table.fill(items, "sized", 10);
            double after =
                    table.meters().get("tailrace.journal.appended").counter().count();
            return (int) (after - before) / 10;
        }

        @Override
        public List<Load> loads() {
            return List.of(new Load("1 client", 1), new Load("16 clients", 16), new Load("64 clients", 64));
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, this::put);
            sides.put(Side.REFERENCE, this::append);
            return sides;
        }

        private Sample put(Load load) throws Exception {
            String prefix = "round-" + ++rounds + "-";
            return Clients.run(
                    (int) load.value(),
                    unmeasured,
                    measured,
                    CpuClock.ofThisProcess(),
                    client -> number -> table.put(items.item(prefix + client + "-" + number, number))
                            .get());
        }

        private Sample append(Load load) throws Exception {
            Path file = dir.resolve("append-" + ++rounds);
            try (AppendLoop loop = new AppendLoop(file, isForced())) {
                return Clients.run(
                        (int) load.value(),
                        unmeasured,
                        measured,
                        CpuClock.ofThisProcess(),
                        client -> number -> loop.append(entry).get());
            } finally {
                Files.deleteIfExists(file);
            }
        }

        @Override
        public List<String> notes() {
            return List.of("an item of " + ITEM_BYTES + " bytes, " + entry.length
                    + " in the journal; CPU is that of engine and clients together");
        }

        @Override
        public void close() throws IOException {
            table.close();
        }
    }
}
