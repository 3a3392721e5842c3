package io.tailrace.processors.broker;

import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a stream topic as capture does: in order of sequence numbers, a user's records into one partition. */
final class ActivityProducer implements AutoCloseable {
    private final String topic;
    private final int partitions;
    private final Producer<byte[], StreamRecord> producer;
    private long sequence;

    ActivityProducer(String bootstrapServers, String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        // On a new topic the first batch may be refused and the second accepted: out of order for ever.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        "1",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        "110000",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        "30000"),
                new ByteArraySerializer(),
                new TailraceSerdes(null).streamRecord().serializer());
    }

    void insert(int user, Instant time, String type, String page, long bytes) {
        send(
                user,
                Item.builder()
                        .set("UserID", "user" + user)
                        .set("Timestamp", time.toString() + "#" + sequence)
                        .set("ActivityType", type)
                        .set("Page", page)
                        .set("Bytes", bytes)
                        .build());
    }

    void insertWithoutPage(int user) {
        send(user, Item.builder().set("UserID", "user" + user).build());
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(int user, Item image) {
        sequence++;
        StreamRecord record = new StreamRecord(
                "event-" + sequence,
                EventName.INSERT,
                "eu-central-1",
                Instant.EPOCH,
                Item.EMPTY,
                image,
                null,
                SequenceNumbers.format(sequence, 0),
                1,
                StreamViewType.NEW_AND_OLD_IMAGES,
                null);
        producer.send(new ProducerRecord<>(topic, user % partitions, new byte[] {(byte) user}, record));
    }
}
