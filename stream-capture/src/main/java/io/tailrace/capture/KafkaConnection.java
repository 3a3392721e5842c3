package io.tailrace.capture;

import io.tailrace.schemas.model.TableDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a session asks of Kafka: a real cluster, or a simulated one. All but {@link #send} and {@link #stopSending} may throw a
 * {@link org.apache.kafka.common.KafkaException} when Kafka is away.
 */
interface KafkaConnection extends AutoCloseable {
    /** Creates the region's topics where they are missing. */
    void ensureRegionTopics();

    /** Creates the topic of a table's stream when it is missing, and gives it what it lacks of partitions and retention. */
    TopicDescription ensureStreamTopic(TableDefinition table);

    /** Gives the topic of a table's stream exactly the retention that the stream has. */
    void setStreamRetention(TableDefinition table);

    /** What Kafka says of the topic; empty when there is none. */
    Optional<TopicDescription> describe(String topic);

    /**
     * Where all partitions of these topics end.
     *
     * @param settleTime for how long they must not have moved; zero to take them as they are
     */
    Map<TopicPartition, PartitionEnd> readEnds(Collection<TopicDescription> topics, Duration settleTime);

    /** Lets the producer know these topics, so that no send has to wait for that. */
    void learn(Set<String> topics);

    /**
     * Hands the record to an idempotent producer. Records of a partition arrive in this order and once.
     *
     * @param callback hears of the outcome, perhaps on another thread; a failure is final
     */
    void send(ProducerRecord<byte[], byte[]> record, Callback callback);

    /** Sends nothing more, not even what it was given; may be called within a callback. */
    void stopSending();

    /** As {@link #stopSending}, and lets go of everything. */
    @Override
    void close();
}
