package io.tailrace.benchmarks.bulk;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Scale;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.benchmarks.stream.Broker;
import io.tailrace.capture.TopicSettings;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.operation.DeleteItemOperation;
import io.tailrace.engine.operation.DeleteItemRequest;
import io.tailrace.engine.operation.TimeToLiveSpecification;
import io.tailrace.engine.operation.UpdateTimeToLiveOperation;
import io.tailrace.engine.operation.UpdateTimeToLiveRequest;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.ttl.TtlConfig;
import io.tailrace.processors.ttl.TtlProcessor;
import io.tailrace.processors.ttl.TtlTopology;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Very many items that are due at once: they are in the store of the ttl processor when it starts, as after a downtime. Beside
 * it the engine is asked for as many DeleteItem as it takes. All the while an application writes; what its writes take is told
 * beside what they take in quiet times.
 */
public final class DueExpiries implements Benchmark {
    private static final String ATTRIBUTE = "expires";
    private static final int ITEM_BYTES = 200;
    /**
     * More than the engine does. Not very much more: four seconds' deletions are under way at a time, and one that the engine
     * has not come to within twenty seconds is asked for again.
     */
    private static final Load HIGH_LIMIT = limit(20_000);

    private static final Load DEFAULT_LIMIT = limit(TtlConfig.DEFAULT.deletesPerSecond());
    /** The processor has learned of all before it deletes any, or nearly so: less it cannot. */
    private static final TtlConfig TRICKLE = new TtlConfig(1);

    private static final int UNMEASURED_SHARE = 100;
    private static final int MOST_DELETED_BY_REQUEST = 200_000;
    private static final int PENDING = 2_000;
    private static final long LIMIT_SECONDS = 60;

    private static Load limit(int deletesPerSecond) {
        return new Load("limit " + deletesPerSecond + "/s", deletesPerSecond);
    }

    @Override
    public String name() {
        return "ttl-due";
    }

    @Override
    public String summary() {
        return "Expired items deleted when very many are due at once, beside DeleteItem at the engine;"
                + " latency is that of " + Foreground.WRITES_PER_SECOND
                + " PutItem a second meanwhile, beside quiet times.";
    }

    @Override
    public String operation() {
        return "one deletion of an item of 200 B, the foreground writes not counted";
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
        private final List<Load> loads;
        private final Items items;
        private final Map<Load, Integer> due;
        private final Duration quiet;
        private final Broker broker;
        private final LiveRegion region;

        Opened(Setup setup) throws Exception {
            loads = setup.scale() == Scale.QUICK ? List.of(HIGH_LIMIT) : List.of(HIGH_LIMIT, DEFAULT_LIMIT);
            items = new Items(setup.seed(), ITEM_BYTES);
            due = Map.of(HIGH_LIMIT, setup.scale().pick(300_000, 2_000), DEFAULT_LIMIT, 40_000);
            quiet = Duration.ofMillis(setup.scale().pick(10_000, 300));
            broker = Broker.start(setup.workDir(), TopicSettings.DEFAULT);
            region = LiveRegion.open(broker, EngineConfig.of(setup.workDir().resolve("engine"), Table.REGION));
            region.engine()
                    .write(new UpdateTimeToLiveOperation(
                            new UpdateTimeToLiveRequest(Table.NAME, new TimeToLiveSpecification(ATTRIBUTE, true))))
                    .join();
            Foreground.fill(region.table(), items);
        }

        @Override
        public List<Load> loads() {
            return loads;
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, this::expire);
            sides.put(Side.REFERENCE, this::delete);
            return sides;
        }

        @Override
        public int mostWarmups() {
            return 0;
        }

        private Sample expire(Load load) throws Exception {
            ProcessorConfig config = region.processors();
            try (Instances alone = Instances.asking(config.adminSettings())) {
                try (TtlProcessor learning = new TtlProcessor(config, TRICKLE, alone, new SimpleMeterRegistry())) {
                    learning.start();
                    AttributeValue past =
                            AttributeValue.number(Instant.now().minusSeconds(60).getEpochSecond());
                    region.table()
                            .fill(number -> items.item("due-" + number, number).with(ATTRIBUTE, past), due.get(load));
                    awaitLearned(config);
                }
                long total = region.itemCount() - Foreground.KEYS;
                TtlConfig limit = new TtlConfig((int) load.value());
                try (TtlProcessor ttl = new TtlProcessor(config, limit, alone, new SimpleMeterRegistry());
                        Foreground writes = Foreground.start(region.table(), items)) {
                    ttl.start();
                    Sample deletions = Progression.measure(
                            Math.max(1, total / UNMEASURED_SHARE),
                            total,
                            () -> total + Foreground.KEYS - region.itemCount());
                    return with(writes.latencies(System.nanoTime() - deletions.wallNanos()), deletions);
                }
            }
        }

        /** The processor commits what it has processed, so what it has committed is in its store. */
        private void awaitLearned(ProcessorConfig config) throws Exception {
            Map<Integer, Long> ends = region.awaitCaptured();
            try (Admin admin = Admin.create(config.adminSettings())) {
                for (Map.Entry<Integer, Long> end : ends.entrySet()) {
                    TopicPartition partition = new TopicPartition(Topics.mutations(config.region()), end.getKey());
                    Progression.await(
                            partition + " is processed", () -> committed(admin, config, partition) >= end.getValue());
                }
            }
        }

        private static long committed(Admin admin, ProcessorConfig config, TopicPartition partition) {
            try {
                OffsetAndMetadata offset = admin.listConsumerGroupOffsets(config.applicationId(TtlTopology.NAME))
                        .partitionsToOffsetAndMetadata()
                        .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                        .get(partition);
                return offset == null ? 0 : offset.offset();
            } catch (ExecutionException | TimeoutException failure) {
                throw new IllegalStateException("the offsets of the ttl processor are not known", failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
        }

        /** They have no time to live, and no processor is there. */
        private Sample delete(Load load) throws Exception {
            int count = Math.min(due.get(load), MOST_DELETED_BY_REQUEST);
            region.table().fill(items, "plain", count);
            region.awaitCaptured();
            Histogram latencies = Foreground.quiet(region.table(), items, quiet);
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            Deque<CompletableFuture<?>> pending = new ArrayDeque<>();
            for (int i = 0; i < count; i++) {
                Item key = Item.builder().set(Items.KEY, "plain-" + i).build();
                pending.add(region.engine().write(new DeleteItemOperation(deletion(key))));
                if (pending.size() >= PENDING) {
                    pending.remove().join();
                }
            }
            pending.forEach(CompletableFuture::join);
            return with(latencies, meter.sample(count));
        }

        private static DeleteItemRequest deletion(Item key) {
            return new DeleteItemRequest(
                    Table.NAME, key, null, null, null, null, null, null, null, null, null, List.of());
        }

        private static Sample with(Histogram latencies, Sample deletions) {
            return new Sample(deletions.operations(), deletions.wallNanos(), deletions.cpuNanos(), latencies);
        }

        @Override
        public List<String> notes() {
            return List.of(due.get(HIGH_LIMIT) + " items due with the high limit, " + due.get(DEFAULT_LIMIT)
                    + " with the default one, which the rate then is; DeleteItem of at most "
                    + MOST_DELETED_BY_REQUEST
                    + ", with capture beside it; CPU has that of the foreground writes in it");
        }

        @Override
        public void close() {
            region.close();
            broker.close();
        }
    }
}
