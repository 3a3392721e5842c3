package io.tailrace.capture;

import io.tailrace.schemas.topic.SequenceNumbers;
import org.apache.kafka.common.Uuid;

/**
 * The end of a partition of a stream topic, as far as capture knows it.
 *
 * @param topic which one of that name: another number when the topic was deleted and created again; never {@link #NO_TOPIC}
 * @param endOffset the offset behind the last record
 * @param last the mutation that the last record stands for; null when there is none
 */
public record PartitionTail(int topic, long endOffset, SequenceNumbers.Position last) {
    /** Of a topic that is not known. */
    public static final int NO_TOPIC = 0;

    static PartitionTail of(Uuid topicId, long endOffset, SequenceNumbers.Position last) {
        int topic = topicId.hashCode();
        return new PartitionTail(topic == NO_TOPIC ? 1 : topic, endOffset, last);
    }

    /** Whether nothing in the partition is at this place or behind it. */
    public boolean isBefore(SequenceNumbers.Position place) {
        return last == null || last.compareTo(place) < 0;
    }
}
