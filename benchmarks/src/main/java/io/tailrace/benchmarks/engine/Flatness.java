package io.tailrace.benchmarks.engine;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Calm;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.data.SortedTable;
import io.tailrace.schemas.model.ItemSize;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * GetItem, Query and PutItem at the engine of a table with ten million items, beside a table with a hundred thousand of the
 * same. Two engines in this process; only the one that is measured works.
 */
public final class Flatness implements Benchmark {
    private static final int ITEM_BYTES = 150;
    private static final int PER_PARTITION = 1_000;
    private static final int SMALL_SHARE = 100;
    private static final int QUICK_SHARE = 10;
    private static final int SLICE_PARTITIONS = 50;
    private static final int PAGE = 20;
    private static final int LARGE_PAGE = 200;
    private static final double MOST = 1.25;

    private static final Load GET = new Load("GetItem", 1);
    private static final Load GET_HOT = new Load("GetItem, the same few", 2);
    private static final Load QUERY = new Load("Query of 20", 3);
    private static final Load LARGE_QUERY = new Load("Query of 200", 4);
    private static final Load PUT = new Load("PutItem", 5);

    @Override
    public String name() {
        return "flatness";
    }

    @Override
    public String summary() {
        return "GetItem, Query and PutItem at the engine of a table with ten million items, beside a table with a hundred "
                + "thousand.";
    }

    @Override
    public String operation() {
        return "one read or write, items of 150 B";
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(Figure.CPU, Side.REFERENCE, MOST));
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final Setup setup;
        private final Filled large;
        private final Filled small;
        private final double fillSeconds;
        private int version;
        /** What was read, so that no compiler finds the reads to be of no use. */
        private long seen;

        /** A table and how much there is in it. */
        private record Filled(SortedTable table, int partitions) {}

        Opened(Setup setup) throws InterruptedException {
            this.setup = setup;
            // 10 million and 100 thousand, or 40 and 4 thousand
            int partitions = setup.scale().pick(10_000, 40);
            int share = setup.scale().pick(SMALL_SHARE, QUICK_SHARE);
            small = new Filled(open("small"), partitions / share);
            large = new Filled(open("large"), partitions);
            fill(small);
            long start = System.nanoTime();
            fill(large);
            fillSeconds = (System.nanoTime() - start) / 1e9;
            setup.progress().step("waiting until all is where it stays");
            Calm.await(CpuClock.ofThisProcess(), millis(5_000, 50), millis(300_000, 200));
            readAll(small);
            readAll(large);
        }

        private void readAll(Filled filled) {
            setup.progress().step(String.format(Locale.ROOT, "reading %,d items", filled.partitions() * PER_PARTITION));
            for (int partition = 0; partition < filled.partitions(); partition++) {
                seen += filled.table().query(partition, PER_PARTITION).size();
            }
        }

        private SortedTable open(String name) {
            return SortedTable.open(setup.workDir().resolve(name), setup.seed(), ITEM_BYTES);
        }

        private void fill(Filled filled) {
            for (int from = 0; from < filled.partitions(); from += SLICE_PARTITIONS) {
                int first = from;
                int count = Math.min(SLICE_PARTITIONS, filled.partitions() - from);
                setup.progress()
                        .step(String.format(
                                Locale.ROOT,
                                "%,d of %,d items",
                                from * PER_PARTITION,
                                filled.partitions() * PER_PARTITION));
                filled.table()
                        .put(
                                number -> filled.table()
                                        .item(first + (int) number / PER_PARTITION, (int) number % PER_PARTITION, 0),
                                (long) count * PER_PARTITION);
            }
        }

        private Duration millis(int full, int quick) {
            return Duration.ofMillis(setup.scale().pick(full, quick));
        }

        @Override
        public List<Load> loads() {
            return List.of(GET, GET_HOT, QUERY, LARGE_QUERY, PUT);
        }

        /** The fill has warmed up what there is to be, and a read of the large table may be slow. */
        @Override
        public int mostWarmups() {
            return 1;
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> measure(large, load));
            sides.put(Side.REFERENCE, load -> measure(small, load));
            return sides;
        }

        private Sample measure(Filled filled, Load load) {
            Random random = new Random(setup.seed() + ++version);
            if (load.equals(PUT)) {
                return put(filled, random);
            }
            if (load.equals(GET)) {
                return get(filled, filled.partitions(), random);
            }
            if (load.equals(GET_HOT)) {
                return get(filled, 1, random);
            }
            return query(filled, load.equals(QUERY) ? PAGE : LARGE_PAGE, random);
        }

        /** @param partitions how many of the table's items are read from */
        private Sample get(Filled filled, int partitions, Random random) {
            int gets = setup.scale().pick(100_000, 400);
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            for (int i = 0; i < gets; i++) {
                seen += ItemSize.of(filled.table().get(random.nextInt(partitions), random.nextInt(PER_PARTITION)));
            }
            return meter.sample(gets);
        }

        private Sample query(Filled filled, int page, Random random) {
            int queries = setup.scale().pick(200_000, 2_000) / page;
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            for (int i = 0; i < queries; i++) {
                int found = filled.table()
                        .query(random.nextInt(filled.partitions()), page)
                        .size();
                if (found != page) {
                    throw new IllegalStateException("a query found " + found + " items");
                }
            }
            return meter.sample(queries);
        }

        /** Of items that are there, in no order. */
        private Sample put(Filled filled, Random random) {
            int puts = setup.scale().pick(100_000, 400);
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            filled.table()
                    .put(
                            number -> filled.table()
                                    .item(random.nextInt(filled.partitions()), random.nextInt(PER_PARTITION), version),
                            puts);
            return meter.sample(puts);
        }

        @Override
        public List<String> notes() {
            if (seen == 0) {
                throw new IllegalStateException("nothing was read");
            }
            return List.of(String.format(
                    Locale.ROOT,
                    "%,d items beside %,d (the reference), of %d bytes in partitions of %,d; chosen evenly among all, but for "
                            + "the same few, which are those of one partition; the large table was filled in %.0f s; CPU "
                            + "is that of the whole process, RocksDB's compactions included",
                    large.partitions() * PER_PARTITION,
                    small.partitions() * PER_PARTITION,
                    ITEM_BYTES,
                    PER_PARTITION,
                    fillSeconds));
        }

        @Override
        public void close() {
            large.table().close();
            small.table().close();
        }
    }
}
