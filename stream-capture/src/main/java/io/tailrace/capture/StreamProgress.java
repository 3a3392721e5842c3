package io.tailrace.capture;

import java.util.Optional;
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

    /** That Kafka lacks records that it had, and nothing was done about it yet: who reads now would miss them. */
    Optional<TopicLoss> loss();

    /** The oldest commit that topics can be filled with again. */
    long firstSequence();
}
