package io.tailrace.engine.read;

/**
 * What a table holds.
 *
 * @param sizeBytes the sum of the items' sizes by DynamoDB's rules
 */
public record TableStatistics(long itemCount, long sizeBytes) {
    public static final TableStatistics NONE = new TableStatistics(0, 0);
}
