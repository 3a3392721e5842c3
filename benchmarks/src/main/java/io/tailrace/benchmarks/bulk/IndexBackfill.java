package io.tailrace.benchmarks.bulk;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import io.tailrace.benchmarks.stream.Broker;
import io.tailrace.capture.TopicSettings;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.engine.operation.AttributeDefinition;
import io.tailrace.engine.operation.DeleteGlobalSecondaryIndex;
import io.tailrace.engine.operation.GlobalSecondaryIndex;
import io.tailrace.engine.operation.GlobalSecondaryIndexUpdate;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.engine.operation.ProjectionSpecification;
import io.tailrace.engine.operation.UpdateTableOperation;
import io.tailrace.engine.operation.UpdateTableRequest;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.instances.Instances;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.server.runtime.GlobalIndexes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast an index that is added to a filled table becomes active, with the limit of the rate lifted. Beside it a scan of the
 * table, which a backfill cannot do without; and a rewrite of all items by PutItem until Kafka has them, which is the way of a
 * backfill but for the index: it, too, commits each item and captures it.
 */
public final class IndexBackfill implements Benchmark {
    private static final String SCAN = "scan";
    private static final String REWRITE = "rewrite";
    private static final String INDEX = "ByOwner";
    private static final String OWNER = "owner";
    private static final int OWNERS = 10_000;
    /** As far as the setting goes. */
    private static final int MOST_PER_SECOND = 10_000_000;

    private static final int ITEM_BYTES = 300;

    @Override
    public String name() {
        return "backfill";
    }

    @Override
    public String summary() {
        return "An index added to a filled table until it is active, without a limit of the rate, beside a scan of the table"
                + " and beside PutItem of all items until Kafka has them (rewrite).";
    }

    @Override
    public String operation() {
        return "one item of 300 B, projected wholly";
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final int count;
        private final Items items;
        private final Broker broker;
        private final LiveRegion region;
        private final Instances instances;
        private final GsiProcessor gsi;
        private int writes;

        Opened(Setup setup) throws Exception {
            count = setup.scale().pick(300_000, 2_000);
            items = new Items(setup.seed(), ITEM_BYTES);
            broker = Broker.start(setup.workDir(), TopicSettings.DEFAULT);
            region = LiveRegion.open(
                    broker,
                    EngineConfig.of(setup.workDir().resolve("engine"), Table.REGION)
                            .withBackfill(BackfillLimits.DEFAULT.withItemsPerSecond(MOST_PER_SECOND)));
            instances = Instances.asking(region.processors().adminSettings());
            gsi = new GsiProcessor(region.processors(), instances, new SimpleMeterRegistry());
            gsi.start();
            region.engine().setGlobalIndexReader(new GlobalIndexes(gsi, region.capture(), region.engine()::catalog));
            write();
            region.awaitIndexed(); // the processor is up
        }

        /** Each time the items are others than the last time. */
        private void write() {
            int offset = writes++;
            region.table().fill(number -> item(number, offset), count);
        }

        private Item item(long number, int offset) {
            return items.item("item-" + number, number + offset)
                    .with(OWNER, AttributeValue.string("owner-" + number % OWNERS));
        }

        @Override
        public List<Load> loads() {
            return List.of(new Load(count + " items", count));
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> backfill());
            sides.put(SCAN, load -> scan());
            sides.put(REWRITE, load -> rewrite());
            return sides;
        }

        @Override
        public int mostWarmups() {
            return 0;
        }

        private Sample backfill() throws Exception {
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            update(new GlobalSecondaryIndexUpdate(
                    null,
                    new GlobalSecondaryIndex(
                            INDEX,
                            List.of(new KeySchemaElement(OWNER, "HASH")),
                            new ProjectionSpecification("ALL", null),
                            null,
                            null,
                            null),
                    null));
            Progression.await("the index is active", () -> index().orElseThrow().status() == IndexStatus.ACTIVE);
            Sample sample = meter.sample(count);
            requireComplete(index().orElseThrow().id());
            update(new GlobalSecondaryIndexUpdate(null, null, new DeleteGlobalSecondaryIndex(INDEX)));
            Progression.await("the index is gone", () -> index().isEmpty());
            return sample;
        }

        private void requireComplete(int indexId) {
            long entries = region.engine()
                    .read(context -> context.globalIndexes().statistics(indexId))
                    .itemCount();
            if (entries != count) {
                throw new IllegalStateException("the index has " + entries + " entries of " + count);
            }
        }

        private void update(GlobalSecondaryIndexUpdate change) {
            region.engine()
                    .write(new UpdateTableOperation(new UpdateTableRequest(
                            Table.NAME,
                            List.of(new AttributeDefinition(Items.KEY, "S"), new AttributeDefinition(OWNER, "S")),
                            null,
                            null,
                            List.of(change),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            false,
                            false)))
                    .join();
        }

        private TableDefinition table() {
            return region.engine().catalog().table(Table.NAME).orElseThrow();
        }

        private Optional<IndexDefinition> index() {
            return table().globalSecondaryIndexes().stream().findFirst();
        }

        private Sample scan() {
            byte[] first = StateKeys.idPrefix(table().id());
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            int found = region.engine().read(context -> scan(context, first));
            Sample sample = meter.sample(found);
            if (found != count) {
                throw new IllegalStateException("a scan found " + found + " items of " + count);
            }
            return sample;
        }

        private static int scan(ReadContext context, byte[] first) {
            int found = 0;
            try (StateCursor cursor = context.scan(first, StateKeys.successor(first), true)) {
                while (cursor.next()) {
                    found += cursor.item().item().has(OWNER) ? 1 : 0;
                }
            }
            return found;
        }

        private Sample rewrite() throws Exception {
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            write();
            region.awaitCaptured();
            Sample sample = meter.sample(count);
            region.awaitIndexed(); // or the next side would be measured with it
            return sample;
        }

        @Override
        public List<String> notes() {
            return List.of(count + " items of " + ITEM_BYTES + " bytes, " + OWNERS
                    + " partition keys in the index; the index is deleted between the rounds");
        }

        @Override
        public void close() {
            gsi.close();
            instances.close();
            region.close();
            broker.close();
        }
    }
}
