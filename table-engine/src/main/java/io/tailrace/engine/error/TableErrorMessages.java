package io.tailrace.engine.error;

import io.tailrace.schemas.model.ProvisionedThroughput;

/**
 * The texts of the errors of requests on tables, their tags and their time to live, word for word as DynamoDB gives them;
 * sources as in {@link ErrorMessages}.
 */
public final class TableErrorMessages {
    private TableErrorMessages() {}

    /** Table operations on a table that does not exist. */
    public static String tableNotFound(String tableName) {
        return "Requested resource not found: Table: " + tableName + " not found";
    }

    /** DescribeContinuousBackups. (API Reference, TableNotFoundException.) */
    public static String backedUpTableNotFound(String tableName) {
        return "Table not found: " + tableName;
    }

    /** Table operations without the parameter. */
    public static String parameterRequired(String parameter) {
        return "The parameter '" + parameter + "' is required but was not present in the request";
    }

    /** Table operations. */
    public static String tableNameLength() {
        return "TableName must be at least 3 characters long and at most 255 characters long";
    }

    /** CreateTable. */
    public static String capacityOutOfBounds(String member, long units) {
        return "Given value " + units + " for " + member + " is out of bounds";
    }

    /** CreateTable. */
    public static String tableAlreadyExists(String tableName) {
        return "Table already exists: " + tableName;
    }

    /** CreateTable. */
    public static String tooManyTables() {
        return "Subscriber limit exceeded: There is a limit of 2500 tables per subscriber";
    }

    /** DeleteTable. */
    public static String deletionProtected() {
        return "Resource cannot be deleted as it is currently protected against deletion. "
                + "Disable deletion protection first.";
    }

    /** UpdateTimeToLive. */
    public static String timeToLiveAttributeEmpty() {
        return "TimeToLiveSpecification.AttributeName must be non empty";
    }

    /** UpdateTimeToLive that asks for what is so. */
    public static String timeToLiveAlready(boolean enabled) {
        return enabled ? "TimeToLive is already enabled" : "TimeToLive is already disabled";
    }

    /** UpdateTimeToLive that switches it off by another attribute's name. */
    public static String timeToLiveOtherAttribute() {
        return "TimeToLive is active on a different AttributeName";
    }

    /** CreateTable and UpdateTable. */
    public static String streamViewTypeMissing() {
        return "Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams.";
    }

    /** CreateTable and UpdateTable. */
    public static String streamViewTypeSurplus() {
        return "Invalid StreamViewType: Stream StreamEnabled was false but a StreamViewType was present.";
    }

    /** CreateTable and TagResource. */
    public static String reservedTagKey() {
        return ErrorMessages.invalidParameters("Tag keys starting with 'aws:' are reserved");
    }

    /** CreateTable and TagResource. */
    public static String duplicateTagKey(String key) {
        return ErrorMessages.invalidParameters("Duplicate tag key: " + key);
    }

    /** CreateTable and TagResource. */
    public static String tooManyTags() {
        return "Too many tags: a resource can have at most 50";
    }

    /** Operations on tags without an ARN. */
    public static String tagsWithoutArn() {
        return "Invalid TableArn";
    }

    /** Operations on tags with an ARN of something else. */
    public static String tagsOfOtherArn(String arn) {
        return "Invalid TableArn: Invalid ResourceArn provided as input " + arn;
    }

    /** TagResource. */
    public static String tagsMissing() {
        return "Atleast one Tag needs to be provided as Input.";
    }

    /** UntagResource. */
    public static String tagKeysMissing() {
        return "Atleast one Tag Key needs to be provided as Input.";
    }

    /** Operations on tags of a table that does not exist. The spelling is DynamoDB's. */
    public static String taggedResourceNotFound(String arn) {
        return ErrorMessages.resourceNotFound() + ": ResourcArn: " + arn + " not found";
    }

    /** UpdateTable that asks for nothing. */
    public static String nothingToUpdate() {
        return "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or "
                + "SSESpecification or ReplicaUpdates is required";
    }

    /** UpdateTable that asks for what is so. */
    public static String throughputUnchanged(ProvisionedThroughput current) {
        return "The provisioned throughput for the table will not change. The requested value equals the current value. "
                + "Current ReadCapacityUnits provisioned for the table: " + current.readCapacityUnits()
                + ". Requested ReadCapacityUnits: " + current.readCapacityUnits()
                + ". Current WriteCapacityUnits provisioned for the table: " + current.writeCapacityUnits()
                + ". Requested WriteCapacityUnits: " + current.writeCapacityUnits()
                + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";
    }

    /** UpdateTable. */
    public static String streamAlreadyEnabled(String tableName) {
        return "Table already has an enabled stream: TableName: " + tableName;
    }

    /** UpdateTable. */
    public static String noStreamToDisable(String tableName) {
        return "Table has no stream to disable: TableName: " + tableName;
    }

    /** UpdateTable. */
    public static String indexUpdateEmpty() {
        return ErrorMessages.invalidParameters(
                "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null");
    }

    /** UpdateTable. */
    public static String indexUpdatedTwice(String indexName) {
        return ErrorMessages.invalidParameters(
                "Only one global secondary index update per index is allowed simultaneously. Index: " + indexName);
    }

    /** CreateTable and UpdateTable. */
    public static String throughputOfOnDemand() {
        return ErrorMessages.invalidParameters(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                        + "PAY_PER_REQUEST");
    }

    /** CreateTable. */
    public static String throughputMissing() {
        return ErrorMessages.invalidParameters(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is " + "PROVISIONED");
    }

    /** UpdateTable. */
    public static String throughputMissingForMode() {
        return ErrorMessages.invalidParameters(
                "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }

    /** CreateTable and UpdateTable. */
    public static String indexThroughputMissing(String indexName) {
        return ErrorMessages.invalidParameters("ProvisionedThroughput must be specified for index: " + indexName);
    }

    /** CreateTable and UpdateTable. */
    public static String indexThroughputOfOnDemand(String indexName) {
        return ErrorMessages.invalidParameters("ProvisionedThroughput should not be specified for index: " + indexName
                + " when BillingMode is PAY_PER_REQUEST");
    }

    /** ListTagsOfResource, which gives out no tokens. */
    public static String unknownNextToken() {
        return "Invalid NextToken";
    }
}
