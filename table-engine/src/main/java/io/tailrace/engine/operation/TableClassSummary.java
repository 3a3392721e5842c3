package io.tailrace.engine.operation;

import java.time.Instant;

/**
 * The class of a table. Members are null where the answer has none.
 */
public record TableClassSummary(String tableClass, Instant lastUpdateDateTime) {}
