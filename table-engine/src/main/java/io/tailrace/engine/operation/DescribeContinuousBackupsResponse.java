package io.tailrace.engine.operation;

/**
 * The answer to DescribeContinuousBackups.
 */
public record DescribeContinuousBackupsResponse(String continuousBackupsStatus, String pointInTimeRecoveryStatus) {}
