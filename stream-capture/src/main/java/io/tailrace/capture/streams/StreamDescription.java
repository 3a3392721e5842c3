package io.tailrace.capture.streams;

import io.tailrace.engine.operation.KeySchemaElement;
import java.time.Instant;
import java.util.List;

/**
 * A stream and a page of its shards. (API Reference, Streams, StreamDescription.)
 *
 * @param lastEvaluatedShardId null when there are no more shards
 */
public record StreamDescription(
        String streamArn,
        String streamLabel,
        String streamStatus,
        String streamViewType,
        Instant creationRequestDateTime,
        String tableName,
        List<KeySchemaElement> keySchema,
        List<ShardDescription> shards,
        String lastEvaluatedShardId) {
    /**
     * A shard.
     *
     * @param endingSequenceNumber null while it is open
     * @param parentShardId null when it has none
     */
    public record ShardDescription(
            String shardId, String startingSequenceNumber, String endingSequenceNumber, String parentShardId) {}

    public StreamDescription {
        keySchema = List.copyOf(keySchema);
        shards = List.copyOf(shards);
    }
}
