package io.tailrace.capture.streams;

/** GetShardIterator; null where a parameter is absent. (API Reference, Streams, GetShardIterator.) */
public record GetShardIteratorRequest(
        String streamArn, String shardId, String shardIteratorType, String sequenceNumber) {}
