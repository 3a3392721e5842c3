package io.tailrace.benchmarks.engine;

import io.tailrace.benchmarks.core.Benchmark;
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
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.rocksdb.RocksDBException;

/**
 * GetItem and Query at the engine, in one thread, beside the same reads of the same bytes of a bare RocksDB. Everything is in memory.
 * Neither decodes what it found.
 */
public final class EngineReads implements Benchmark {
    private static final int ITEM_BYTES = 1_000;
    private static final int PAGE = 20;
    private static final double MOST_OF_ROCKSDB = 1.3;
    private static final Load GET = new Load("GetItem", 1);
    private static final Load QUERY = new Load("Query of 20", 2);

    @Override
    public String name() {
        return "engine-reads";
    }

    @Override
    public String summary() {
        return "GetItem and Query of 20 at the engine, without HTTP, beside the same reads of a bare RocksDB.";
    }

    @Override
    public String operation() {
        return "one read, items of 1 KB";
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(Figure.CPU, Side.REFERENCE, MOST_OF_ROCKSDB, GET.label()));
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final int partitions;
        private final int gets;
        private final SortedTable table;
        private final BareRocks rocks;
        private final long seed;
        /** What was read, so that no compiler finds the reads to be of no use. */
        private long seen;

        Opened(Setup setup) throws Exception {
            seed = setup.seed();
            partitions = setup.scale().pick(1_000, 20);
            gets = setup.scale().pick(200_000, 400);
            table = SortedTable.open(setup.workDir().resolve("engine"), setup.seed(), ITEM_BYTES);
            rocks = new BareRocks(setup.workDir().resolve("rocksdb"));
            TableDefinition definition = table.definition();
            for (int partition = 0; partition < partitions; partition++) {
                for (int place = 0; place < PAGE; place++) {
                    Item item = table.item(partition, place, 0);
                    rocks.put(StateKeys.tableKey(definition, item), ItemCodec.encode(item));
                }
            }
            table.fill(partitions, PAGE, 0);
        }

        @Override
        public List<Load> loads() {
            return List.of(GET, QUERY);
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> load.equals(GET) ? get() : query());
            sides.put(Side.REFERENCE, load -> load.equals(GET) ? getOfRocks() : scanOfRocks());
            return sides;
        }

        private Sample get() {
            Random random = new Random(seed);
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            for (int i = 0; i < gets; i++) {
                seen += ItemSize.of(table.get(random.nextInt(partitions), i % PAGE));
            }
            return meter.sample(gets);
        }

        private Sample getOfRocks() throws RocksDBException {
            Random random = new Random(seed);
            TableDefinition definition = table.definition();
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            for (int i = 0; i < gets; i++) {
                byte[] key = StateKeys.tableKey(definition, table.key(random.nextInt(partitions), i % PAGE));
                seen += rocks.get(key).length;
            }
            return meter.sample(gets);
        }

        private Sample query() {
            int queries = gets / PAGE;
            Random random = new Random(seed);
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            for (int i = 0; i < queries; i++) {
                int found = table.query(random.nextInt(partitions), PAGE).size();
                if (found != PAGE) {
                    throw new IllegalStateException("a query found " + found + " items");
                }
            }
            return meter.sample(queries);
        }

        private Sample scanOfRocks() {
            int queries = gets / PAGE;
            Random random = new Random(seed);
            TableDefinition definition = table.definition();
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            for (int i = 0; i < queries; i++) {
                byte[] prefix = StateKeys.partitionPrefix(
                        definition.id(), definition.key(), table.key(random.nextInt(partitions), 0));
                seen += rocks.scan(prefix, StateKeys.successor(prefix), PAGE);
            }
            return meter.sample(queries);
        }

        @Override
        public List<String> notes() {
            if (seen == 0) {
                throw new IllegalStateException("nothing was read");
            }
            return List.of(
                    partitions + " partitions of " + PAGE + " items of " + ITEM_BYTES
                            + " bytes; both sides make the key of what they read; neither side decodes what it found: the API hands it on as JSON without that");
        }

        @Override
        public void close() {
            rocks.close();
            table.close();
        }
    }
}
