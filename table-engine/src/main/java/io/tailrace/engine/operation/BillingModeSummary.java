package io.tailrace.engine.operation;

import java.time.Instant;

/**
 * How capacity is set, and since when it is on demand. Members are null where the answer has none.
 */
public record BillingModeSummary(String billingMode, Instant lastUpdateToPayPerRequestDateTime) {}
