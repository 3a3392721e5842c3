package io.tailrace.engine.operation;

import java.util.Map;

/**
 * The capacity units that an operation took from a table and its indexes. Members are null where they are not reported:
 * the parts with ReturnConsumedCapacity TOTAL, read and write units outside transactions.
 */
public record ConsumedCapacity(
        String tableName,
        Double capacityUnits,
        Double readCapacityUnits,
        Double writeCapacityUnits,
        Capacity table,
        Map<String, Capacity> localSecondaryIndexes,
        Map<String, Capacity> globalSecondaryIndexes) {}
