package io.tailrace.capture;

import io.tailrace.schemas.topic.SequenceNumbers;

/**
 * The end of a partition of a stream topic, as far as capture knows it.
 *
 * @param endOffset the offset behind the last record
 * @param last the mutation that the last record stands for; null when there is none
 */
public record PartitionTail(long endOffset, SequenceNumbers.Position last) {
    /** Whether nothing in the partition is at this place or behind it. */
    public boolean isBefore(SequenceNumbers.Position place) {
        return last == null || last.compareTo(place) < 0;
    }
}
