package io.tailrace.capture.streams;

/** DescribeStream; null where a parameter is absent. (API Reference, Streams, DescribeStream.) */
public record DescribeStreamRequest(
        String streamArn, Integer limit, String exclusiveStartShardId, ShardFilter shardFilter) {
    /** Which shards are wanted. (API Reference, Streams, ShardFilter.) */
    public record ShardFilter(String type, String shardId) {}
}
