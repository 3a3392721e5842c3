package io.tailrace.engine.operation;

import java.time.Instant;

/**
 * The ProvisionedThroughput of a description; zeros for on-demand tables. Members are null where the answer has none.
 */
public record ThroughputDescription(
        Instant lastIncreaseDateTime,
        Instant lastDecreaseDateTime,
        long numberOfDecreasesToday,
        long readCapacityUnits,
        long writeCapacityUnits) {}
