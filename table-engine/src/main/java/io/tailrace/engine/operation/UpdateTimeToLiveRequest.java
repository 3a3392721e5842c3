package io.tailrace.engine.operation;

/**
 * The request of UpdateTimeToLive. Members are null where the request has none.
 */
public record UpdateTimeToLiveRequest(String tableName, TimeToLiveSpecification timeToLiveSpecification) {}
