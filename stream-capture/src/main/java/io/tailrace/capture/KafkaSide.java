package io.tailrace.capture;

import io.tailrace.capture.Checkpoint.Acknowledged;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session's view of Kafka: the topics that it has prepared, what their partitions hold, and the one producer. After any
 * failed send the producer sends nothing more, so that no record can overtake a failed one.
 */
final class KafkaSide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSide.class);

    private final CaptureConfig config;
    private final KafkaConnection kafka;
    private final CaptureMetrics metrics;
    private final StepListener steps;
    /** By topic, those that were prepared. */
    private final Map<String, Uuid> topicIds = new ConcurrentHashMap<>();
    /** The last mutation in each partition when the session began; that and all before is skipped. */
    private final Map<TopicPartition, SequenceNumbers.Position> last = new HashMap<>();
    /** Those of them whose last record is no tombstone: one for the same mutation would still be missing. */
    private final Set<TopicPartition> withoutTombstone = new HashSet<>();
    /** The offset that the next acknowledgement must have, if the session's records are the only ones. */
    private final Map<TopicPartition, Long> nextOffsets = new ConcurrentHashMap<>();

    /** The ends of all partitions that any session has met; the latest session's word counts. */
    private final Map<TopicPartition, PartitionTail> tails;

    KafkaSide(
            CaptureConfig config,
            KafkaConnection kafka,
            CaptureMetrics metrics,
            Map<TopicPartition, PartitionTail> tails,
            StepListener steps) {
        this.config = config;
        this.kafka = kafka;
        this.steps = steps;
        this.tails = tails;
        this.metrics = metrics;
    }

    /** Creates the region's topics where they are missing. */
    void ensureRegionTopics() {
        kafka.ensureRegionTopics();
    }

    /** Reads the ends of the mutations topic and of these tables' stream topics; a topic that is not there is empty. */
    Map<TopicPartition, PartitionEnd> readEnds(Collection<TableDefinition> streamTables, Duration settleTime) {
        List<TopicDescription> topics = new ArrayList<>();
        topics.add(require(Topics.mutations(config.region())));
        for (TableDefinition table : streamTables) {
            topics.add(kafka.ensureStreamTopic(table));
        }
        return kafka.readEnds(topics, settleTime);
    }

    /** Takes over what {@link #readEnds} found. */
    void begin(Map<TopicPartition, PartitionEnd> found, Map<TopicPartition, SequenceNumbers.Position> lastPositions) {
        found.forEach((partition, end) -> {
            topicIds.put(partition.topic(), end.topicId());
            nextOffsets.put(partition, end.endOffset());
            tails.put(partition, PartitionTail.of(end.topicId(), end.endOffset(), end.last()));
            if (!end.tombstone() && end.last() != null && end.last().equals(lastPositions.get(partition))) {
                withoutTombstone.add(partition);
            }
        });
        last.putAll(lastPositions);
        // The producer learns the topics now, so that no send has to wait for that.
        kafka.learn(found.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    }

    /** Whether the session knows where all partitions end that the table's stream uses. */
    boolean isPrepared(TableDefinition table) {
        int lastPartition = config.topics().streamPartitions(table) - 1;
        return nextOffsets.containsKey(new TopicPartition(Topics.stream(config.region(), table.name()), lastPartition));
    }

    /** Makes the table's stream topic ready for records. */
    void prepareStream(TableDefinition table) {
        TopicDescription topic = kafka.ensureStreamTopic(table);
        Map<TopicPartition, PartitionEnd> found =
                new HashMap<>(kafka.readEnds(List.of(topic), config.flow().settleTime()));
        // A stream that was enabled again can use more partitions: what the session has sent to the others may be on
        // its way.
        found.keySet().removeAll(nextOffsets.keySet());
        Map<TopicPartition, SequenceNumbers.Position> positions = new HashMap<>();
        found.forEach((partition, end) -> {
            if (end.last() != null) {
                positions.put(partition, end.last());
            }
        });
        begin(found, positions);
    }

    /** Gives the table's stream topic the retention that its stream has now. */
    void setStreamRetention(TableDefinition table) {
        kafka.setStreamRetention(table);
    }

    /** Whether Kafka had the record already when the session began. */
    boolean has(CapturedRecord record) {
        SequenceNumbers.Position reached = last.get(record.partition());
        if (reached != null && record.isTombstone() && record.position().equals(reached)) {
            return !withoutTombstone.contains(record.partition());
        }
        return reached != null && record.position().compareTo(reached) <= 0;
    }

    void send(CapturedRecord record, CommitTracker.Commit commit, CommitTracker tracker) {
        tracker.sending(commit, record.sizeBytes());
        kafka.send(record.record(), (metadata, failure) -> {
            if (failure == null) {
                steps.reached(CaptureStep.ACKNOWLEDGED_BY_KAFKA);
                acknowledge(record, metadata.hasOffset() ? metadata.offset() : -1, commit, tracker);
                return;
            }
            tracker.fail(new KafkaException(
                    "cannot send sequence number " + record.position().sequence() + " (" + record.sizeBytes()
                            + " bytes) to " + record.partition() + ": " + failure.getMessage(),
                    failure));
            kafka.stopSending();
        });
    }

    private void acknowledge(CapturedRecord record, long offset, CommitTracker.Commit commit, CommitTracker tracker) {
        Long expected = nextOffsets.get(record.partition());
        if (offset >= 0 && expected != null && offset != expected) {
            metrics.count(CaptureMeter.UNEXPECTED_OFFSETS, 1);
            LOG.error(
                    "{} took sequence number {} at offset {} where {} was next: {}",
                    record.partition(),
                    record.position().sequence(),
                    offset,
                    expected,
                    offset < expected
                            ? "Kafka lost records that it had acknowledged"
                            : "something else writes to this topic");
            if (offset < expected) {
                tracker.fail(new KafkaException("Kafka lost acknowledged records of " + record.partition()));
                kafka.stopSending();
                return;
            }
        }
        if (offset >= 0) {
            nextOffsets.put(record.partition(), offset + 1);
        } else {
            nextOffsets.computeIfPresent(record.partition(), (partition, next) -> next + 1);
        }
        // Before the commit counts as captured: who knows that it is finds its records at the tail.
        Long next = nextOffsets.get(record.partition());
        if (next != null) {
            tails.put(
                    record.partition(),
                    PartitionTail.of(topicIds.get(record.record().topic()), next, record.position()));
        }
        metrics.count(CaptureMeter.RECORDS_SENT, 1);
        metrics.count(CaptureMeter.BYTES_SENT, record.sizeBytes());
        tracker.acknowledged(commit, record, topicIds.get(record.record().topic()), offset);
    }

    /**
     * Looks whether the topics are still those of the session.
     *
     * @return whether Kafka answered; when it does not, nothing is known
     * @throws KafkaException when a topic is gone
     */
    boolean verifyTopics() {
        for (Map.Entry<String, Uuid> topic : topicIds.entrySet()) {
            Uuid now;
            try {
                now = kafka.describe(topic.getKey())
                        .map(TopicDescription::topicId)
                        .orElse(null);
            } catch (TimeoutException away) {
                LOG.debug("Kafka does not answer", away);
                return false;
            }
            if (!topic.getValue().equals(now)) {
                throw new KafkaException("the topic " + topic.getKey() + " was deleted");
            }
        }
        return true;
    }

    /** Where this session stands as far as nothing was acknowledged yet. */
    static Map<TopicPartition, Acknowledged> acknowledgedAt(
            Map<TopicPartition, PartitionEnd> found, Map<TopicPartition, SequenceNumbers.Position> positions) {
        Map<TopicPartition, Acknowledged> acknowledged = new HashMap<>();
        positions.forEach((partition, position) -> {
            PartitionEnd end = found.get(partition);
            acknowledged.put(partition, new Acknowledged(end.topicId(), end.endOffset() - 1, position));
        });
        return acknowledged;
    }

    private TopicDescription require(String topic) {
        return kafka.describe(topic)
                .orElseThrow(() -> new TimeoutException("the topic " + topic + " is not there yet"));
    }

    /** Sends nothing more, not even what it was given. */
    @Override
    public void close() {
        kafka.close();
    }
}
