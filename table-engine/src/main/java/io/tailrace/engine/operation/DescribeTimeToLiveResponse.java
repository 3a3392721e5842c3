package io.tailrace.engine.operation;

/**
 * The answer to DescribeTimeToLive.
 *
 * @param attributeName null when time to live is off
 */
public record DescribeTimeToLiveResponse(String timeToLiveStatus, String attributeName) {}
