package io.tailrace.capture;

import io.tailrace.schemas.model.TableDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients of a real cluster. */
final class ClusterConnection implements KafkaConnection {
    private final TopicAdmin admin;
    private final TopicEnds ends;
    private final KafkaProducer<byte[], byte[]> producer;

    ClusterConnection(CaptureConfig config) {
        this.admin = new TopicAdmin(config.connection(), config.region(), config.topics());
        this.ends = new TopicEnds(admin, config.connection());
        this.producer =
                new KafkaProducer<>(ProducerSettings.of(config), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void ensureRegionTopics() {
        admin.ensureRegionTopics();
    }

    @Override
    public TopicDescription ensureStreamTopic(TableDefinition table) {
        return admin.ensureStreamTopic(table);
    }

    @Override
    public void setStreamRetention(TableDefinition table) {
        admin.setStreamRetention(table);
    }

    @Override
    public Optional<TopicDescription> describe(String topic) {
        return admin.describe(topic);
    }

    @Override
    public Map<TopicPartition, PartitionEnd> readEnds(Collection<TopicDescription> topics, Duration settleTime) {
        return ends.read(topics, settleTime);
    }

    @Override
    public void learn(Set<String> topics) {
        topics.forEach(producer::partitionsFor);
    }

    @Override
    public void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        producer.send(record, callback);
    }

    @Override
    public void stopSending() {
        producer.close(Duration.ZERO);
    }

    @Override
    public void close() {
        stopSending();
        admin.close();
    }
}
