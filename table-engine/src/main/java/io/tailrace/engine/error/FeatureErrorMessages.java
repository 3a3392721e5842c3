package io.tailrace.engine.error;

/**
 * The texts of the errors of requests on backups, exports, imports, policies and the like, word for word as DynamoDB gives
 * them; sources as in {@link ErrorMessages}.
 */
public final class FeatureErrorMessages {
    private FeatureErrorMessages() {}

    /** DescribeBackup and DeleteBackup with something else. */
    public static String notABackup() {
        return "Invalid Backup ARN";
    }

    /** DescribeBackup and DeleteBackup. */
    public static String backupNotFound(String arn) {
        return "Backup not found: " + arn;
    }

    /** ListBackups. */
    public static String timeRangeInverted() {
        return "Time range lower bound must be less than or equal to upper bound";
    }

    /** DescribeExport with something else. */
    public static String notAnExport() {
        return "Invalid Export ARN";
    }

    /** DescribeExport. The repetition is DynamoDB's. */
    public static String exportNotFound(String arn) {
        return "Export not found: Export not found: " + arn;
    }

    /** DescribeImport with something else. */
    public static String notAnImport() {
        return "Invalid Import ARN";
    }

    /** DescribeImport. */
    public static String importNotFound(String arn) {
        return "Import not found: Import not found: " + arn;
    }

    /** ListExports and ListImports with the ARN of something else. */
    public static String notATable() {
        return "Invalid Request: Table ARN is invalid.";
    }

    /** Lists that gave out no such token. */
    public static String unknownToken(String token) {
        return "Invalid Request: Provided nextToken is invalid: " + token;
    }

    /** DescribeGlobalTable. */
    public static String globalTableNotFound(String name) {
        return "Global table not found: " + globalTableMissing(name);
    }

    /** DescribeGlobalTableSettings and DescribeTableReplicaAutoScaling. */
    public static String globalTableMissing(String name) {
        return "Global table with name: '" + name + "' does not exist.";
    }

    /** CreateGlobalTable, and UpdateGlobalTable with a replica to create. */
    public static String globalTableVersionNotSupported() {
        return ErrorMessages.invalidParameters(
                "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version"
                        + " 2019.11.21, instead of version 2017.11.29 (Legacy).");
    }

    /** UpdateGlobalTable. The service says no more. */
    public static String noReplicaUpdates() {
        return "One or more parameter values were invalid";
    }

    /** DescribeContributorInsights. */
    public static String indexNotFound(String indexName, String tableName) {
        return ErrorMessages.resourceNotFound() + ": Index: " + indexName + " not found for Table: " + tableName;
    }

    /** Operations on resource policies. */
    public static String policyNotFound(String arn) {
        return "Resource-based policy not found for the provided ResourceArn: " + arn;
    }

    /** Operations on resource policies with something that is no ARN. */
    public static String noArn(String text) {
        return ErrorMessages.invalidParameters("ARNs must start with 'arn:': " + text);
    }

    /** Operations on resource policies with an ARN of another service or region. */
    public static String arnOfElsewhere(String arn) {
        return ErrorMessages.invalidParameters("Invalid resource Arn: " + arn);
    }

    /** Operations on resource policies with the ARN of an index. */
    public static String policyOfIndex(String arn) {
        return ErrorMessages.invalidParameters(
                "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " + arn);
    }

    /** Operations on resource policies with the ARN of a backup and the like. */
    public static String policyOfSomethingElse(String arn) {
        return ErrorMessages.invalidParameters("Provided Arn is not a DynamoDB resource arn: " + arn);
    }

    /** Operations on resource policies. */
    public static String streamNotFound(String label, String tableName) {
        return ErrorMessages.resourceNotFound() + ": Stream: " + label + " not found for Table: " + tableName;
    }
}
