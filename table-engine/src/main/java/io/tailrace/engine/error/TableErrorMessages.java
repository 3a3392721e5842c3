package io.tailrace.engine.error;

import io.tailrace.engine.limits.Limits;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.ProvisionedThroughput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The texts of the errors of requests on tables, their tags and their time to live, word for word as DynamoDB gives them;
 * sources as in {@link ErrorMessages}.
 */
public final class TableErrorMessages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEEE, MMMM d, uuuu 'at' h:mm:ss a 'Coordinated Universal Time'", Locale.US)
            .withZone(ZoneOffset.UTC);

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

    /** Table operations on a table whose state does not allow them. */
    public static String tableIsBeing(String what, String tableName) {
        return "Attempt to change a resource which is still in use: Table is being " + what + ": " + tableName;
    }

    /** DeleteTable. */
    public static String tableIsInUpdate(String tableName) {
        return "Attempt to change a resource which is still in use: Table: " + tableName
                + " is in the process of being updated.";
    }

    /** CreateTable and UpdateTable; {@code index} is null for the table. */
    public static String maximumOutOfRange(String member, String index) {
        return ErrorMessages.invalidParameters("Requested " + member + " for OnDemandThroughput for "
                + (index == null ? "table" : "index : " + index) + " is outside of valid range");
    }

    /** CreateTable and UpdateTable; {@code index} is null for the table. */
    public static String maximumOfProvisioned(String member, String index, boolean creating) {
        String ofIndex = "";
        if (index != null) {
            ofIndex = " for index" + (creating ? ": " : " : ") + index;
        }
        return ErrorMessages.invalidParameters(
                member + " for OnDemandThroughput" + ofIndex + " cannot be specified when "
                        + (creating ? "table BillingMode is PROVISIONED." : "the table BillingMode is PROVISIONED"));
    }

    /** CreateTable; {@code index} is null for the table. */
    public static String warmBelowInitial(String member, String unit, String index, boolean onDemand) {
        return ErrorMessages.invalidParameters("Requested " + member + " for WarmThroughput for "
                + (index == null ? "table" : "index " + index) + " is lower than "
                + (onDemand
                        ? "initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
                                + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial"
                        : unit + " of ProvisionedThroughput"));
    }

    /** UpdateTable; {@code index} is null for the table. */
    public static String warmDecreased(String member, String index) {
        return ErrorMessages.invalidParameters("Requested " + member + " for WarmThroughput for "
                + (index == null ? "table" : "index " + index)
                + " is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
    }

    /** UpdateTable. */
    public static String tooManyDecreases(int today, Instant last, Instant next) {
        return "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the "
                + "first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every "
                + "3600 seconds. Number of decreases today: " + today + ". Last decrease at " + TIME.format(last)
                + ". Next decrease can be made at " + TIME.format(next);
    }

    /** UpdateTable. */
    public static String tooManyOnDemandSwitches(Instant last, Instant next) {
        return "Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 day(s). Last update at "
                + TIME.format(last) + ". Next update can be made at " + TIME.format(next);
    }

    /** UpdateTable. */
    public static String tooManyTableClassChanges() {
        return "Subscriber limit exceeded: Updates to TableClass are limited to 2 times in 30 day(s).";
    }

    /** UpdateTable with something else besides. */
    public static String mustBeAlone(String what) {
        return ErrorMessages.invalidParameters(what + " must be the only operation in the request");
    }

    /** UpdateTable. */
    public static String maximumWithOthers() {
        return ErrorMessages.invalidParameters(
                "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    }

    /** UpdateTable. */
    public static String streamWithThroughput() {
        return ErrorMessages.invalidParameters("You cannot modify stream status while updating table IOPS");
    }

    /** UpdateTable that asks for the encryption that there always is. */
    public static String encryptedByDefault() {
        return ErrorMessages.invalidParameters("Table is already encrypted by default");
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
    public static String timeToLiveOtherAttribute(String current) {
        return "TimeToLive is active on a different AttributeName: current AttributeName is " + current;
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
    public static String reservedTagKey(String key) {
        return "Tag Key cannot be prefixed with aws:, Key: " + key;
    }

    /** CreateTable and TagResource. */
    public static String duplicateTagKey(String key) {
        return "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key;
    }

    /** CreateTable, TagResource and UntagResource. */
    public static String invalidTagKey(String key) {
        return "The Tag Key provided is invalid, Key: " + key;
    }

    /** CreateTable and TagResource. */
    public static String invalidTagValue(String value) {
        return "The Tag Value provided is invalid, Value: " + value;
    }

    /** CreateTable and TagResource; such tags are Tailrace's own. */
    public static String unknownOwnTag(String key, Collection<String> known) {
        return ErrorMessages.invalidParameters(
                "Unknown tag " + key + ": the tags that begin with tailrace: are " + String.join(", ", known));
    }

    /** CreateTable and TagResource; such tags are Tailrace's own. */
    public static String ownTagValue(String key, String value, String allowed) {
        return ErrorMessages.invalidParameters(
                "The tag " + key + " cannot have the value '" + value + "': allowed is " + allowed);
    }

    /** CreateTable, TagResource and UntagResource. */
    public static String tooManyTags() {
        return "Number of Tags exceed the current limit for the provided ResourceArn";
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
        return "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                + "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass "
                + "is required";
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

    /** A request to roll shards over, in the words of UpdateTable. */
    public static String noStreamToRoll(String tableName) {
        return "Table has no enabled stream: TableName: " + tableName;
    }

    /** UpdateTable. */
    public static String indexUpdateEmpty() {
        return ErrorMessages.invalidParameters(
                "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
                        + "GlobalSecondaryIndexUpdate.Delete must not be null");
    }

    /** UpdateTable. */
    public static String indexUpdateAmbiguous() {
        return ErrorMessages.invalidParameters(
                "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
    }

    /** UpdateTable. */
    public static String noIndexUpdates() {
        return ErrorMessages.invalidParameters("List of GlobalSecondaryIndexUpdates is empty");
    }

    /** UpdateTable that creates an index. */
    public static String definitionsMissing(String indexName) {
        return ErrorMessages.invalidParameters("AttributeDefinitions is not specified for index: " + indexName);
    }

    /** UpdateTable that creates an index. */
    public static String indexExists() {
        return "Attempting to create an index which already exists";
    }

    /** UpdateTable that creates an index on an attribute that is in a key already, by another type. */
    public static String attributesRedefined(KeySchema existing, KeySchema asked) {
        return ErrorMessages.invalidParameters(
                "Attributes cannot be redefined. Please check that your attribute has the "
                        + "same type as previously defined. Existing schema: " + schema(existing) + " New schema: "
                        + schema(asked));
    }

    private static String schema(KeySchema key) {
        return Stream.concat(
                        key.partitionKey().stream().map(attribute -> schemaElement(attribute, "HASH")),
                        key.sortKey().stream().map(attribute -> schemaElement(attribute, "RANGE")))
                .collect(Collectors.joining(", ", "Schema:[", "]"));
    }

    private static String schemaElement(KeyAttribute attribute, String keyType) {
        return "SchemaElement: key{" + attribute.name() + ":" + attribute.type() + ":" + keyType + "}";
    }

    /** UpdateTable. */
    public static String notGlobal(String action, String indexName) {
        return "Cannot " + action + " an index that is not a GlobalSecondaryIndex: " + indexName;
    }

    /** UpdateTable that creates or deletes more than one index, or one while another is on its way. */
    public static String oneOnlineIndex() {
        return "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table";
    }

    /** CreateTable and UpdateTable. */
    public static String tooManyGlobalIndexes() {
        return ErrorMessages.invalidParameters(
                "GlobalSecondaryIndex count exceeds the per-table limit of " + Limits.MAX_GLOBAL_SECONDARY_INDEXES);
    }

    /** UpdateTable that creates or deletes an index and changes the table's throughput. */
    public static String indexesWithThroughput() {
        return "You cannot create or delete index while updating table IOPS";
    }

    /** UpdateTable that creates or deletes an index and changes the stream. */
    public static String indexesWithStream() {
        return "You cannot create or delete index while changing stream status";
    }

    /** CreateTable and UpdateTable. */
    public static String keyWithoutDefinition() {
        return "Invalid KeySchema: Some index key attribute have no definition";
    }

    /** CreateTable and UpdateTable. */
    public static String firstKeyNotHash() {
        return "Invalid KeySchema: The first KeySchemaElement is not a HASH key type";
    }

    /** CreateTable and UpdateTable. */
    public static String keyOfOneName() {
        return "Both the Hash Key and the Range Key element in the KeySchema have the same name";
    }

    /** CreateTable and UpdateTable, multi-attribute keys. */
    public static String keyNamesRepeated() {
        return "The KeySchema contains multiple key attributes with the same name";
    }

    /** CreateTable and UpdateTable, multi-attribute keys. */
    public static String hashAfterRange() {
        return ErrorMessages.invalidParameters(
                "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }

    /** CreateTable and UpdateTable, multi-attribute keys. */
    public static String tooManyKeyAttributes(String keyType) {
        return ErrorMessages.invalidParameters(
                "The KeySchema exceeds the maximum allowed number of " + keyType + " key attributes");
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

    /** Lists, which give out no tokens. */
    public static String unknownNextToken() {
        return "Invalid NextToken";
    }

    /** UpdateTimeToLive. */
    public static String timeToLiveChangedTooOften() {
        return "Time to live has been modified multiple times within a fixed interval";
    }
}
