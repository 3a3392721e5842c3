package io.tailrace.engine.operation;

/**
 * Upper bounds of the throughput of an on-demand table or index. Members are null where the request has none.
 */
public record OnDemandThroughput(Long maxReadRequestUnits, Long maxWriteRequestUnits) {}
