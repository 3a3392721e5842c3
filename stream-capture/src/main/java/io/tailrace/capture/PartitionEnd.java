package io.tailrace.capture;

import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.Objects;
import org.apache.kafka.common.Uuid;

/**
 * Where a partition ends in Kafka.
 *
 * @param topicId changes when a topic is deleted and created again
 * @param endOffset of the next record
 * @param last the mutation that the last record stands for; null when the partition holds no record of capture
 * @param tombstone whether the last record has no value
 */
record PartitionEnd(Uuid topicId, long endOffset, SequenceNumbers.Position last, boolean tombstone) {
    PartitionEnd {
        Objects.requireNonNull(topicId);
    }

    /** An end that is no tombstone. */
    PartitionEnd(Uuid topicId, long endOffset, SequenceNumbers.Position last) {
        this(topicId, endOffset, last, false);
    }
}
