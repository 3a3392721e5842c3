package io.tailrace.capture.streams;

/** GetRecords; null where a parameter is absent. (API Reference, Streams, GetRecords.) */
public record GetRecordsRequest(String shardIterator, Integer limit) {}
