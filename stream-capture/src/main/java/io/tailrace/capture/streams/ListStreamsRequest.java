package io.tailrace.capture.streams;

/** ListStreams; null where a parameter is absent. (API Reference, Streams, ListStreams.) */
public record ListStreamsRequest(String exclusiveStartStreamArn, Integer limit, String tableName) {}
