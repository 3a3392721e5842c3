package io.tailrace.capture.streams;

import java.util.List;
import java.util.Objects;

/**
 * That the shards of a stream were rolled over.
 *
 * @param shards in the order of their partitions
 */
public record RolledShards(String tableName, String streamArn, List<Shard> shards) {
    /** A shard that was closed, and its child. */
    public record Shard(
            String closedShardId, String endingSequenceNumber, String childShardId, String startingSequenceNumber) {
        public Shard {
            Objects.requireNonNull(closedShardId);
            Objects.requireNonNull(childShardId);
        }
    }

    public RolledShards {
        Objects.requireNonNull(tableName);
        Objects.requireNonNull(streamArn);
        shards = List.copyOf(shards);
    }
}
