package io.tailrace.engine.operation;

/**
 * The answer to UpdateTimeToLive.
 */
public record UpdateTimeToLiveResponse(TimeToLiveSpecification timeToLiveSpecification) {}
