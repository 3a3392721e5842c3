package io.tailrace.engine.operation;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.error.FeatureErrorMessages;
import io.tailrace.engine.limits.Limits;
import io.tailrace.engine.read.ReadContext;
import io.tailrace.engine.read.ReadOperation;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The operations on one thing of a kind of which there is none here. The request is checked as the service does it; then
 * the thing is not found, and that is the truth. (API Reference, DescribeBackup, DeleteBackup, DescribeExport,
 * DescribeImport, DescribeTableReplicaAutoScaling; of version 2017.11.29 of global tables CreateGlobalTable,
 * DescribeGlobalTable, DescribeGlobalTableSettings, UpdateGlobalTable, UpdateGlobalTableSettings.)
 */
public final class AbsentResource implements ReadOperation<Void> {
    private static final String TABLE_ARN = "arn:[a-z-]+:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[a-zA-Z0-9_.-]+";
    private static final Pattern BACKUP = Pattern.compile(TABLE_ARN + "/backup/[^/]+");
    private static final Pattern EXPORT = Pattern.compile(TABLE_ARN + "/export/[^/]+");
    private static final Pattern IMPORT = Pattern.compile(TABLE_ARN + "/import/[^/]+");

    private final ErrorType type;
    private final String message;

    private AbsentResource(ErrorType type, String message) {
        this.type = type;
        this.message = message;
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentResource backup(String backupArn) {
        require("backupArn", backupArn, BACKUP, FeatureErrorMessages.notABackup());
        return new AbsentResource(ErrorType.BACKUP_NOT_FOUND, FeatureErrorMessages.backupNotFound(backupArn));
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentResource export(String exportArn) {
        require("exportArn", exportArn, EXPORT, FeatureErrorMessages.notAnExport());
        return new AbsentResource(ErrorType.EXPORT_NOT_FOUND, FeatureErrorMessages.exportNotFound(exportArn));
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentResource importOf(String importArn) {
        require("importArn", importArn, IMPORT, FeatureErrorMessages.notAnImport());
        return new AbsentResource(ErrorType.IMPORT_NOT_FOUND, FeatureErrorMessages.importNotFound(importArn));
    }

    private static void require(String path, String arn, Pattern form, String otherwise) {
        new Constraints()
                .required(path, arn)
                .lengthAtLeast(path, arn, Limits.MIN_RESOURCE_ARN_LENGTH)
                .lengthAtMost(path, arn, Limits.MAX_TABLE_ARN_LENGTH)
                .verify();
        if (!form.matcher(arn).matches()) {
            throw DynamoException.validation(otherwise);
        }
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentResource globalTable(String globalTableName) {
        requireName(globalTableName);
        return new AbsentResource(
                ErrorType.GLOBAL_TABLE_NOT_FOUND, FeatureErrorMessages.globalTableNotFound(globalTableName));
    }

    /** @throws DynamoException when the request is wrong */
    public static AbsentResource globalTableSettings(String globalTableName) {
        requireName(globalTableName);
        return new AbsentResource(
                ErrorType.GLOBAL_TABLE_NOT_FOUND, FeatureErrorMessages.globalTableMissing(globalTableName));
    }

    /**
     * A global table of version 2017.11.29 that is to be made: the service makes none any more, and looks at nothing else.
     *
     * @param replicas the regions; null where the request has none
     * @throws DynamoException when the request is wrong
     */
    public static AbsentResource newGlobalTable(String globalTableName, List<String> replicas) {
        new Constraints()
                .required("globalTableName", globalTableName)
                .name("globalTableName", globalTableName)
                .required("replicationGroup", replicas)
                .verify();
        return new AbsentResource(ErrorType.VALIDATION, FeatureErrorMessages.globalTableVersionNotSupported());
    }

    /**
     * Replicas more or less of a global table of version 2017.11.29.
     *
     * @param creates for each of the updates whether it creates a replica; null where the request has no updates
     * @throws DynamoException when the request is wrong
     */
    public static AbsentResource updatedGlobalTable(String globalTableName, List<Boolean> creates) {
        new Constraints()
                .required("globalTableName", globalTableName)
                .name("globalTableName", globalTableName)
                .required("replicaUpdates", creates)
                .verify();
        if (creates.isEmpty()) {
            throw DynamoException.validation(FeatureErrorMessages.noReplicaUpdates());
        }
        return creates.contains(true)
                ? new AbsentResource(ErrorType.VALIDATION, FeatureErrorMessages.globalTableVersionNotSupported())
                : globalTable(globalTableName);
    }

    private static void requireName(String globalTableName) {
        new Constraints()
                .required("globalTableName", globalTableName)
                .name("globalTableName", globalTableName)
                .verify();
    }

    /**
     * Which auto scaling the replicas of a table have: only tables with replicas have any.
     *
     * @throws DynamoException when the request is wrong
     */
    public static AbsentResource replicaAutoScaling(String tableName) {
        TableReference table = TableReference.required(tableName);
        new Constraints().namePattern("tableName", table.name()).verify();
        return new AbsentResource(ErrorType.RESOURCE_NOT_FOUND, FeatureErrorMessages.globalTableMissing(table.name()));
    }

    @Override
    public Void execute(ReadContext context) {
        throw new DynamoException(type, message);
    }
}
