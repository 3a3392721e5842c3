package io.tailrace.engine.operation;

/**
 * The request of ListBackups. Members are null where the request has none.
 *
 * @param timeRangeLowerBound seconds since 1970
 * @param timeRangeUpperBound seconds since 1970
 */
public record ListBackupsRequest(
        String tableName,
        Integer limit,
        Double timeRangeLowerBound,
        Double timeRangeUpperBound,
        String exclusiveStartBackupArn,
        String backupType) {}
