package io.tailrace.schemas.model;

/** Read and write capacity units per second. */
public record ProvisionedThroughput(long readCapacityUnits, long writeCapacityUnits) {}
