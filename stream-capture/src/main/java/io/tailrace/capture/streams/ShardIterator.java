package io.tailrace.capture.streams;

import io.tailrace.capture.PartitionTail;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Instant;
import java.util.Objects;

/**
 * A reader's place in a shard.
 *
 * @param shardStart sequence of the commit that the shard begins with; it and the partition make the shard
 * @param next the first place that was not read yet: what is before it is skipped
 * @param offset of Kafka, from which on it is to be found; {@link #UNKNOWN_OFFSET} when it has to be looked for
 * @param topic which topic the offset is of, as {@link io.tailrace.capture.PartitionTail#topic}; its {@code NO_TOPIC} when that
 *     is not known
 * @param fromHorizon whether the reader takes what is left of the shard, wherever that begins
 * @param created to milliseconds
 */
record ShardIterator(
        String streamArn,
        long shardStart,
        int partition,
        SequenceNumbers.Position next,
        long offset,
        int topic,
        boolean fromHorizon,
        Instant created) {
    static final long UNKNOWN_OFFSET = -1;

    ShardIterator {
        Objects.requireNonNull(streamArn);
        Objects.requireNonNull(next);
        created = Instant.ofEpochMilli(created.toEpochMilli());
    }

    /** Of the same shard, further on. */
    ShardIterator movedTo(SequenceNumbers.Position newNext, long newOffset, int newTopic, Instant now) {
        return new ShardIterator(
                streamArn,
                shardStart,
                partition,
                newNext,
                newOffset,
                newTopic,
                newOffset == UNKNOWN_OFFSET && fromHorizon,
                now);
    }

    /** At the same place, which has to be looked for. */
    ShardIterator withoutOffset() {
        return new ShardIterator(
                streamArn, shardStart, partition, next, UNKNOWN_OFFSET, PartitionTail.NO_TOPIC, fromHorizon, created);
    }
}
