package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that a broker that was killed between a transaction's commit and its markers comes back with the transaction in
 * all of its partitions, and with no partition at which readers of committed records wait for ever.
 */
@Timeout(300)
class TransactionKillIT {
    private static final String TOPIC = "whole";
    private static final String TRANSACTIONAL_ID = "whole";
    private static final int PARTITIONS = 3;

    @TempDir
    private Path dir;

    @Test
    void aTransactionCutOffBeforeItsMarkersIsFinished() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(dir, 0)) {
            KafkaProbe.createTopic(broker.bootstrapServers(), TOPIC, PARTITIONS);
            commit(broker.bootstrapServers(), 1);
            commit(broker.bootstrapServers(), 2);
            awaitMarkers(broker.bootstrapServers());
            broker.kill();
        }
        cutOffBeforeMarkers();
        try (BrokerProcess broker = BrokerProcess.start(dir, 0)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(committed(broker.bootstrapServers(), new TopicPartition(TOPIC, partition)))
                        .containsExactly(1, 2);
            }
        }
    }

    /** One record with this key in each partition. */
    private static void commit(String bootstrapServers, int key) {
        try (KafkaProducer<Integer, Integer> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        TRANSACTIONAL_ID),
                new IntegerSerializer(),
                new IntegerSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>(TOPIC, partition, key, key));
            }
            producer.commitTransaction();
        }
    }

    private static void awaitMarkers(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Await.until(
                    "the transaction is complete",
                    () -> admin.describeTransactions(List.of(TRANSACTIONAL_ID))
                                    .description(TRANSACTIONAL_ID)
                                    .get()
                                    .state()
                            == TransactionState.COMPLETE_COMMIT);
        }
    }

    /** What a kill at that moment leaves behind: the coordinator's last entry is the decision, the markers are missing. */
    private void cutOffBeforeMarkers() throws IOException {
        int cut = 0;
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path segment : files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file ->
                            file.getParent().getFileName().toString().matches("(__transaction_state|whole)-\\d+"))
                    .toList()) {
                cut += cutLastBatch(segment) ? 1 : 0;
            }
        }
        assertThat(cut).as("one coordinator, and each partition").isEqualTo(1 + PARTITIONS);
    }

    /** False when the segment is empty. */
    private static boolean cutLastBatch(Path segment) throws IOException {
        try (FileRecords records = FileRecords.open(segment.toFile())) {
            List<Integer> positions = new ArrayList<>();
            for (FileChannelRecordBatch batch : records.batches()) {
                positions.add(batch.position());
            }
            if (positions.isEmpty()) {
                return false;
            }
            records.truncateTo(positions.get(positions.size() - 1));
            return true;
        }
    }

    /** The committed keys from the first on, as soon as there are two. */
    private static List<Integer> committed(String bootstrapServers, TopicPartition partition) throws Exception {
        try (KafkaConsumer<Integer, Integer> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new IntegerDeserializer(),
                new IntegerDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<Integer> keys = new ArrayList<>();
            Await.until(partition + " is read", () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> keys.add(record.key()));
                return keys.size() >= 2;
            });
            return keys;
        }
    }
}
