package io.tailrace.benchmarks.bulk;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Scale;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.benchmarks.stream.Broker;
import io.tailrace.benchmarks.stream.TopicReader;
import io.tailrace.capture.CommandConsumer;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.TopicSettings;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.processors.replication.RegionKafka;
import io.tailrace.processors.replication.Replicator;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Replica;
import io.tailrace.schemas.model.ReplicaSettings;
import io.tailrace.schemas.model.ReplicaStatus;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How fast a replicator brings a global table's mutations to another region, beside a consumer and a producer with its settings
 * that send the very commands that it made. The first tenth of each round is not measured.
 */
public final class ReplicationThroughput implements Benchmark {
    private static final String SOURCE = "us-east-1";
    private static final String TARGET = "eu-west-1";
    private static final String REPLICATOR_GROUP = "tailrace.replication." + SOURCE + "-to-" + TARGET;
    private static final String PAIR_GROUP = "bare-pair";
    private static final int ITEM_BYTES = 1_000;
    private static final int UNMEASURED_SHARE = 10;
    private static final long LIMIT_SECONDS = 180;
    private static final Load FORWARDED = new Load("forwarded", 1);
    private static final Load APPLIED = new Load("forwarded, applied", 2);

    @Override
    public String name() {
        return "replication-throughput";
    }

    @Override
    public String summary() {
        return "Mutations forwarded to another region, and applied there, beside a bare consumer-producer pair"
                + " with the same records and settings.";
    }

    @Override
    public String operation() {
        return "one mutation of an item of 1 KB, acknowledged by the other region's Kafka (applied: by its engine too)";
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
        private final int items;
        private final Path dir;
        private final Broker broker;
        private final RegionKafka source;
        private final RegionKafka target;
        private final ReplicatedTopics topics;
        private final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> commands;
        private final long commandCount;
        private int targets;

        Opened(Setup setup) throws Exception {
            // What is applied was forwarded.
            loads = setup.scale() == Scale.QUICK ? List.of(APPLIED) : List.of(FORWARDED, APPLIED);
            items = setup.scale().pick(100_000, 3_000);
            dir = setup.workDir();
            broker = Broker.start(dir, TopicSettings.DEFAULT);
            source = kafka(SOURCE);
            target = kafka(TARGET);
            topics = new ReplicatedTopics(broker, SOURCE, TARGET);
            fill(setup);
            broker.createTopics(broker.region(TARGET), Table.NAME);
            commandCount = topics.commandCount();
            forward();
            commands = topics.commands(commandCount);
        }

        private RegionKafka kafka(String region) {
            return new RegionKafka(
                    region, Map.of("bootstrap.servers", broker.region(region).bootstrapServers()), null);
        }

        private void fill(Setup setup) throws Exception {
            EngineConfig config = EngineConfig.of(dir.resolve("source"), SOURCE).withDurability(Durability.PROCESS);
            try (Table table = Table.open(config, creation());
                    StreamCapture capture =
                            new StreamCapture(table.engine(), broker.region(SOURCE), new SimpleMeterRegistry())) {
                capture.start();
                table.fill(new Items(setup.seed(), ITEM_BYTES), "item", items);
                capture.whenCaptured(table.engine().appliedSequence()).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }

        /** As both regions have it once they have agreed on the replicas. */
        private static WriteOperation<Boolean> creation() {
            Instant since = Instant.EPOCH;
            ItemVersion created = new ItemVersion(since, SOURCE);
            List<Replica> replicas = Stream.of(SOURCE, TARGET)
                    .map(region -> new Replica(region, created, ReplicaStatus.ACTIVE, created, ReplicaSettings.NONE))
                    .toList();
            TableDefinition plain = new TableDefinition(
                    1,
                    "benchmark",
                    Table.NAME,
                    KeySchema.simple(new KeyAttribute(Items.KEY, AttributeType.S)),
                    Map.of(Items.KEY, AttributeType.S),
                    List.of(),
                    List.of(),
                    BillingMode.PAY_PER_REQUEST,
                    null,
                    null,
                    null,
                    false,
                    Map.of(),
                    since);
            TableDefinition table = plain.withDetails(plain.details()
                    .withGlobalTable(new GlobalTable(
                            "benchmark", since, SOURCE, true, replicas, Map.of(), Map.of(), List.of(), List.of())));
            return context -> new Plan<>(List.of(new CatalogMutation(CatalogChange.Action.CREATE_TABLE, table)), true);
        }

        @Override
        public List<Load> loads() {
            return loads;
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> load.equals(APPLIED) ? forwardAndApply() : forward());
            sides.put(Side.REFERENCE, load -> load.equals(APPLIED) ? sendAndReceive() : send());
            return sides;
        }

        private Sample forward() throws Exception {
            topics.beginAnew(REPLICATOR_GROUP);
            try (Replicator replicator = replicator()) {
                replicator.start();
                return Progression.measure(
                        commandCount / UNMEASURED_SHARE,
                        commandCount,
                        () -> replicator.status().forwarded());
            }
        }

        private Replicator replicator() {
            return new Replicator(source, target, Clock.systemUTC(), new SimpleMeterRegistry());
        }

        private Sample forwardAndApply() throws Exception {
            topics.beginAnew(REPLICATOR_GROUP);
            EngineConfig config = EngineConfig.of(dir.resolve("target-" + ++targets), TARGET);
            try (Table table = Table.open(config, creation());
                    CommandConsumer consumer =
                            new CommandConsumer(table.engine(), broker.region(TARGET), new SimpleMeterRegistry());
                    Replicator replicator = replicator()) {
                consumer.start();
                replicator.start();
                return Progression.measure(items / UNMEASURED_SHARE, items, () -> itemCount(table.engine()));
            }
        }

        private static long itemCount(TableEngine engine) {
            int table = engine.catalog().table(Table.NAME).orElseThrow().id();
            return engine.read(context -> context.statistics(table)).itemCount();
        }

        private Sample send() throws Exception {
            topics.beginAnew(PAIR_GROUP);
            try (BarePair pair = new BarePair(source, target, PAIR_GROUP, commands)) {
                pair.start();
                return Progression.measure(items / UNMEASURED_SHARE, items, pair::acknowledged);
            }
        }

        private Sample sendAndReceive() throws Exception {
            topics.beginAnew(PAIR_GROUP);
            try (CountingConsumer received =
                            new CountingConsumer(new TopicReader(broker.region(TARGET), Topics.commands(TARGET)));
                    BarePair pair = new BarePair(source, target, PAIR_GROUP, commands)) {
                pair.start();
                return Progression.measure(items / UNMEASURED_SHARE, items, () -> {
                    pair.acknowledged(); // tells of its failure
                    return received.count();
                });
            }
        }

        @Override
        public List<String> notes() {
            return List.of(items + " items of " + ITEM_BYTES + " bytes, " + commandCount
                    + " commands; the engine that applies them makes its journal safe on the disk");
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
