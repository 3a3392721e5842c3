package io.tailrace.capture;

import org.apache.kafka.common.TopicPartition;

/** How far capture is, for those who read what it wrote. For use by several threads. */
public interface StreamProgress {
    /** Kafka has all records of the commits up to this one; 0 until Kafka was reached. */
    long capturedSequence();

    /**
     * The end of a partition, or null while capture has not met it. Of the commits up to {@link #capturedSequence}, asked
     * before, nothing is missing.
     */
    PartitionTail tail(TopicPartition partition);
}
