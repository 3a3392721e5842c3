package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.replication.RegionKafka;
import io.tailrace.processors.replication.ReplicationState;
import io.tailrace.processors.replication.Replicator;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.GlobalTable;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replicator between two real topics forwards everything in order, through restarts, a broker that is away, records that
 * cannot be understood and several instances; and says so when Kafka has lost what it had not read.
 */
class ReplicatorIT {
    private static final int SOURCE_PARTITIONS = 3;
    private static final int TARGET_PARTITIONS = 2;

    @TempDir
    static Path dir;

    private static TestBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private final TailraceSerdes serdes = new TailraceSerdes(null);
    private long sequence;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new TestBroker(dir);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void forwardsInOrderThroughRestartsAndTellsEveryPartitionOfTables() throws Exception {
        createTopics("a", "b");
        TableDefinition table = global(Things.TABLE);
        tell("a", new CatalogChange(CatalogChange.Action.CREATE_TABLE, table));
        send("a", 0, "nonsense".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
        write("a", table, 0, 40);
        try (Replicator replicator = start("a", "b")) {
            awaitCommands("b", 40 + SOURCE_PARTITIONS * TARGET_PARTITIONS);
            Await.until("running", () -> replicator.state() == ReplicationState.RUNNING);
            assertThat(replicator.status().deadLetters()).isOne();
            assertThat(replicator.status().detail()).isEmpty();
        }
        write("a", table, 40, 80);
        write("a", Things.TABLE, 0, 5); // in one region only
        try (Replicator first = start("a", "b");
                Replicator second = start("a", "b")) {
            awaitCommands("b", 80 + SOURCE_PARTITIONS * TARGET_PARTITIONS);
            broker.stop();
            Await.until("degraded", () -> first.state() == ReplicationState.DEGRADED);
            assertThat(first.status().detail()).isPresent();
            broker.start();
            write("a", table, 80, 100);
            awaitCommands("b", 100 + SOURCE_PARTITIONS * TARGET_PARTITIONS);
            Await.until(
                    "running again",
                    () -> first.state() == ReplicationState.RUNNING && second.state() == ReplicationState.RUNNING);
            Await.until(
                    "nothing is pending", () -> first.status().pendingRecords().orElse(-1) == 0);
        }
        requireLastVersions();
        List<ConsumerRecord<byte[], byte[]>> dead = read(Topics.deadLetters("b"), 1);
        assertThat(dead).hasSize(1);
        assertThat(RecordHeaders.textValue(dead.get(0)
                        .headers()
                        .lastHeader(RecordHeaders.SOURCE_TOPIC)
                        .value()))
                .isEqualTo(Topics.mutations("a"));
    }

    @Test
    void saysSoWhenRecordsAreGoneThatItHasNotRead() throws Exception {
        createTopics("c", "d");
        TableDefinition table = global(Things.TABLE);
        write("c", table, 0, 20);
        try (Replicator replicator = start("c", "d")) {
            awaitCommands("d", 20);
            assertThat(replicator.status().restarts()).isZero();
        }
        write("c", table, 20, 60);
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < SOURCE_PARTITIONS; partition++) {
            all.put(new TopicPartition(Topics.mutations("c"), partition), RecordsToDelete.beforeOffset(-1));
        }
        try (Admin admin = admin();
                Replicator replicator = failing(admin, all)) {
            Await.until("failed", () -> replicator.state() == ReplicationState.FAILED);
            assertThat(replicator.status().detail().orElseThrow())
                    .contains("were removed before d had read them", "tailrace.replication.c-to-d");
        }
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> earliest = new HashMap<>();
            admin.deleteRecords(all)
                    .lowWatermarks()
                    .forEach((partition, low) -> earliest.put(
                            partition,
                            new OffsetAndMetadata(low.toCompletionStage()
                                    .toCompletableFuture()
                                    .join()
                                    .lowWatermark())));
            admin.alterConsumerGroupOffsets("tailrace.replication.c-to-d", earliest)
                    .all()
                    .get();
        }
        write("c", table, 60, 70);
        try (Replicator replicator = start("c", "d")) {
            Await.until("running", () -> replicator.state() == ReplicationState.RUNNING);
            awaitCommands("d", 30);
        }
    }

    private Replicator failing(Admin admin, Map<TopicPartition, RecordsToDelete> all) throws Exception {
        admin.deleteRecords(all).all().get();
        return start("c", "d");
    }

    /** Of each item the last command comes last, though some may have come again, and none is missing. */
    private void requireLastVersions() {
        Map<String, Long> last = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Topics.commands("b"))) {
            Await.until("the last version of each item", () -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Command command = serdes.command().deserializer().deserialize(record.topic(), record.value());
                    if (command.action() instanceof Command.Put put) {
                        last.put(
                                put.item().get("Id").toString(),
                                command.version().time().getEpochSecond());
                    }
                }
                return last.size() == 10 && last.values().stream().allMatch(version -> version >= 90);
            });
        }
    }

    private static TableDefinition global(TableDefinition table) {
        return table.withDetails(table.details()
                .withGlobalTable(new GlobalTable(
                        "g", Instant.EPOCH, "a", true, List.of(), Map.of(), Map.of(), List.of(), List.of())));
    }

    private void createTopics(String source, String target) throws Exception {
        broker.createTopic(Topics.mutations(source), SOURCE_PARTITIONS);
        broker.createTopic(Topics.commands(target), TARGET_PARTITIONS);
        broker.createTopic(Topics.deadLetters(target), 1);
    }

    private Replicator start(String source, String target) {
        Replicator replicator =
                new Replicator(kafka(source), kafka(target), Clock.systemUTC(), new SimpleMeterRegistry());
        replicator.start();
        return replicator;
    }

    private static RegionKafka kafka(String region) {
        return new RegionKafka(region, Map.of("bootstrap.servers", broker.bootstrapServers()), null);
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private void tell(String region, Change change) throws Exception {
        ChangeRecord record = new ChangeRecord(++sequence, 0, 1, Instant.EPOCH, region, null, null, change);
        for (int partition = 0; partition < SOURCE_PARTITIONS; partition++) {
            send(region, partition, StateKeys.idPrefix(change.tableId()), encode(region, record));
        }
    }

    /** Ten items again and again. */
    private void write(String region, TableDefinition table, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            Item item = Item.builder().set("Id", "item-" + i % 10).set("n", i).build();
            Item key = table.key().keyOf(item);
            ItemVersion version = table.isGlobal() ? new ItemVersion(Instant.ofEpochSecond(i), region) : null;
            ChangeRecord record = new ChangeRecord(
                    ++sequence,
                    0,
                    1,
                    Instant.ofEpochSecond(i),
                    region,
                    null,
                    null,
                    new ItemChange(table.id(), table.name(), key, null, item),
                    version);
            int partition = PartitionHash.partition(PartitionHash.of(table.key(), key), SOURCE_PARTITIONS);
            send(region, partition, StateKeys.topicKey(table, key), encode(region, record));
        }
    }

    private byte[] encode(String region, ChangeRecord record) {
        return serdes.changeRecord().serializer().serialize(Topics.mutations(region), record);
    }

    private void send(String region, int partition, byte[] key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(Topics.mutations(region), partition, key, value))
                .get();
    }

    private void awaitCommands(String region, int count) {
        assertThat(read(Topics.commands(region), count)).hasSizeGreaterThanOrEqualTo(count);
    }

    /** Everything, as soon as there is so much. */
    private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            Await.until(count + " records in " + topic, () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }

    /** From the beginning. */
    private static KafkaConsumer<byte[], byte[]> consumer(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = IntStream.range(
                        0, consumer.partitionsFor(topic).size())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
