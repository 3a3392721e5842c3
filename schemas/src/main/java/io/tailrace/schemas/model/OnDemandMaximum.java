package io.tailrace.schemas.model;

/**
 * The most that an on-demand table or index is to serve.
 *
 * @param readRequestUnits per second; null for no maximum
 * @param writeRequestUnits per second; null for no maximum
 */
public record OnDemandMaximum(Long readRequestUnits, Long writeRequestUnits) {}
