package io.tailrace.capture;

import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka holds of streams, and how far the consumer groups are that commit offsets. Belongs to one thread. */
public final class StreamPositions implements AutoCloseable {
    private final String region;
    private final Admin admin;

    /**
     * A table's stream topic.
     *
     * @param records by partition, how many there may be (offsets can have gaps)
     * @param lagByGroup records that each group has still to read
     */
    public record Position(List<Long> records, Map<String, Long> lagByGroup) {
        public Position {
            records = List.copyOf(records);
            lagByGroup = new TreeMap<>(lagByGroup);
        }
    }

    /** Of {@code config} the connection and the region count. */
    public StreamPositions(CaptureConfig config) {
        this.region = config.region();
        this.admin = Admin.create(new HashMap<>(config.connection()));
    }

    /**
     * Of the table's topic; without one there is nothing in it.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka is away
     */
    public Position of(String table) {
        String topic = Topics.stream(region, table);
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
        List<Long> records = partitions.stream()
                .map(partition -> ends.get(partition) - starts.get(partition))
                .toList();
        return new Position(records, lags(ends));
    }

    private List<TopicPartition> partitions(String topic) {
        try {
            TopicDescription description = KafkaCalls.await(
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic), "describe " + topic);
            return description.partitions().stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
        } catch (UnknownTopicOrPartitionException none) {
            return List.of();
        }
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec end) {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(partition, end));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        KafkaCalls.await(admin.listOffsets(request).all(), "read the offsets of " + partitions)
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private Map<String, Long> lags(Map<TopicPartition, Long> ends) {
        Map<String, ListConsumerGroupOffsetsSpec> request = new HashMap<>();
        for (GroupListing group : KafkaCalls.await(admin.listGroups().all(), "list the consumer groups")) {
            request.put(
                    group.groupId(),
                    new ListConsumerGroupOffsetsSpec().topicPartitions(new ArrayList<>(ends.keySet())));
        }
        Map<String, Long> lags = new TreeMap<>();
        if (request.isEmpty() || ends.isEmpty()) {
            return lags;
        }
        KafkaCalls.await(admin.listConsumerGroupOffsets(request).all(), "read the consumer groups' offsets")
                .forEach((group, committed) -> {
                    if (committed.values().stream().anyMatch(offset -> offset != null)) {
                        lags.put(group, lag(ends, committed));
                    }
                });
        return lags;
    }

    /** A partition of which nothing is committed counts as unread as a whole. */
    private static long lag(Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndMetadata> committed) {
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata offset = committed.get(end.getKey());
            lag += end.getValue() - (offset == null ? 0 : offset.offset());
        }
        return lag;
    }

    @Override
    public void close() {
        admin.close();
    }
}
