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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.rocksdb.RocksDBException;

/**
 * PutItem and UpdateItem at the engine, with many under way at a time, beside a bare Chronicle Queue that the same bytes are
 * appended to, and a bare RocksDB with its own log. The engine does both, and decides, answers and indexes besides.
 */
public final class EngineWrites implements Benchmark {
    private static final String ROCKSDB = "RocksDB";
    private static final int ITEM_BYTES = 1_000;
    private static final int PER_PARTITION = 20;
    private static final double MOST_OF_CHRONICLE = 3.0;
    private static final Load PUT = new Load("PutItem", 1);
    private static final Load UPDATE = new Load("UpdateItem", 2);

    @Override
    public String name() {
        return "engine-writes";
    }

    @Override
    public String summary() {
        return "PutItem and UpdateItem at the engine, without HTTP, beside a bare Chronicle Queue append of the journal's bytes "
                + "and a bare RocksDB put with its log.";
    }

    @Override
    public String operation() {
        return "one write, items of 1 KB";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target(Figure.CPU, Side.REFERENCE, MOST_OF_CHRONICLE, PUT.label()),
                new Target(Figure.CPU, ROCKSDB, 1.0, PUT.label()));
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final int writes;
        private final Path dir;
        private final SortedTable table;
        private final BareRocks rocks;
        private final int putBytes;
        private final int updateBytes;
        private int rounds;

        Opened(Setup setup) throws Exception {
            dir = setup.workDir();
            writes = setup.scale().pick(100_000, 400);
            table = SortedTable.open(dir.resolve("engine"), setup.seed(), ITEM_BYTES);
            rocks = new BareRocks(dir.resolve("rocksdb"));
            putBytes = table.journalBytes(() -> table.fill(1, PER_PARTITION, 0)) / PER_PARTITION;
            updateBytes = table.journalBytes(() -> table.updateAll(PER_PARTITION, PER_PARTITION)) / PER_PARTITION;
            table.fill(writes / PER_PARTITION, PER_PARTITION, 0);
            for (int i = 0; i < writes; i++) {
                putToRocks(i);
            }
        }

        @Override
        public List<Load> loads() {
            return List.of(PUT, UPDATE);
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, this::write);
            sides.put(Side.REFERENCE, load -> append(load.equals(PUT) ? putBytes : updateBytes));
            sides.put(ROCKSDB, this::writeToRocks);
            return sides;
        }

        private Sample write(Load load) {
            rounds++;
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            if (load.equals(PUT)) {
                table.fill(writes / PER_PARTITION, PER_PARTITION, rounds);
            } else {
                table.updateAll(writes, PER_PARTITION);
            }
            return meter.sample(writes);
        }

        private Sample append(int length) {
            Bytes<byte[]> entry = Bytes.wrapForRead(new byte[length]);
            Path path = dir.resolve("queue-" + rounds++);
            try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(path).build();
                    ExcerptAppender appender = queue.createAppender()) {
                Meter meter = Meter.start(CpuClock.ofThisProcess());
                for (int i = 0; i < writes; i++) {
                    entry.readPosition(0);
                    appender.writeBytes(entry);
                }
                return meter.sample(writes);
            }
        }

        private Sample writeToRocks(Load load) throws RocksDBException {
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            for (int i = 0; i < writes; i++) {
                if (load.equals(UPDATE)) {
                    rocks.get(StateKeys.tableKey(table.definition(), table.key(i / PER_PARTITION, i % PER_PARTITION)));
                }
                putToRocks(i);
            }
            return meter.sample(writes);
        }

        private void putToRocks(int number) throws RocksDBException {
            Item item = table.item(number / PER_PARTITION, number % PER_PARTITION, rounds);
            rocks.put(StateKeys.tableKey(table.definition(), item), ItemCodec.encode(item));
        }

        @Override
        public List<String> notes() {
            return List.of(
                    "a put is " + putBytes + " bytes in the journal, an update " + updateBytes
                            + "; durability process; CPU is that of the whole process, RocksDB's compactions included; all items are "
                            + "there before; the bare RocksDB reads before an update, and its side makes and encodes the items too");
        }

        @Override
        public void close() {
            rocks.close();
            table.close();
        }
    }
}
