package io.tailrace.capture.streams;

import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/**
 * What is to be read of a partition.
 *
 * @param next records before this place are skipped
 * @param end records from this place on are not of the shard; null when it is open
 * @param offset where to begin; {@link ShardIterator#UNKNOWN_OFFSET} when the place has to be found
 * @param horizonTime when not null, the shard's beginning: take what is left from there on
 * @param endOffset where the partition is known to end; negative when Kafka has to be asked
 * @param firstSequence commits before this one may have been lost with their topic
 * @param maxRecords at least 1
 */
record ReadRequest(
        TopicPartition partition,
        SequenceNumbers.Position next,
        SequenceNumbers.Position end,
        long offset,
        Instant horizonTime,
        long endOffset,
        long firstSequence,
        int maxRecords) {
    ReadRequest {
        Objects.requireNonNull(partition);
        Objects.requireNonNull(next);
    }
}
