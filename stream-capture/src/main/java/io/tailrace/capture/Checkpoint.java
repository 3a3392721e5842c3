package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What capture knows of its own progress. Never ahead of Kafka, so a lost or old checkpoint costs time and no records.
 *
 * @param capturedSequence all records of the commits up to this one were acknowledged
 * @param catalog the tables as of that commit
 * @param acknowledged the last record acknowledged in each partition; may be of a later commit
 * @param clean whether nothing was on its way when this was written
 */
record Checkpoint(
        long capturedSequence, Catalog catalog, Map<TopicPartition, Acknowledged> acknowledged, boolean clean) {
    /** One partition's last acknowledged record. */
    record Acknowledged(Uuid topicId, long offset, SequenceNumbers.Position position) {
        Acknowledged {
            Objects.requireNonNull(topicId);
            Objects.requireNonNull(position);
        }
    }

    Checkpoint {
        Objects.requireNonNull(catalog);
        acknowledged = Map.copyOf(acknowledged);
    }
}
