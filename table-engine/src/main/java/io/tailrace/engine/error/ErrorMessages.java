package io.tailrace.engine.error;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.KeyAttribute;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of the API's errors, word for word as DynamoDB gives them. Sources: the API Reference (types and
 * conditions), the Developer Guide (limits) and answers of the service itself, as applications have them in their logs.
 */
public final class ErrorMessages {
    private static final String INVALID_PARAMETERS = "One or more parameter values were invalid: ";
    private static final String NOT_VALID = "One or more parameter values are not valid. ";

    private ErrorMessages() {}

    /** PutItem, UpdateItem, DeleteItem: a condition that does not hold. */
    public static String conditionalCheckFailed() {
        return "The conditional request failed";
    }

    /** TransactWriteItems: the summary in front of the reasons. */
    public static String transactionCanceled(List<CancellationReason> reasons) {
        return "Transaction cancelled, please refer cancellation reasons for specific reasons ["
                + reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", "))
                + "]";
    }

    /** Data operations on a table that does not exist. */
    public static String resourceNotFound() {
        return "Requested resource not found";
    }

    /** Table operations on a table that does not exist. */
    public static String tableNotFound(String tableName) {
        return "Requested resource not found: Table: " + tableName + " not found";
    }

    /** The prefix of most semantic refusals, with what was wrong. */
    public static String invalidParameters(String detail) {
        return INVALID_PARAMETERS + detail;
    }

    /** One violation of the model's constraints; {@code value} with its quotes. */
    public static String constraintViolation(String value, String path, String constraint) {
        return "Value " + value + " at '" + path + "' failed to satisfy constraint: " + constraint;
    }

    /** All violations of one request. */
    public static String constraintViolations(List<String> violations) {
        return violations.size()
                + (violations.size() == 1 ? " validation error detected: " : " validation errors detected: ")
                + String.join("; ", violations);
    }

    /** Table operations without the parameter. */
    public static String parameterRequired(String parameter) {
        return "The parameter '" + parameter + "' is required but was not present in the request";
    }

    /** Table operations. */
    public static String tableNameLength() {
        return "TableName must be at least 3 characters long and at most 255 characters long";
    }

    /** A key with missing, surplus or wrongly typed attributes. */
    public static String keyDoesNotMatchSchema() {
        return "The provided key element does not match the schema";
    }

    /** PutItem. */
    public static String missingKey(String attribute) {
        return invalidParameters("Missing the key " + attribute + " in the item");
    }

    /** PutItem. */
    public static String keyTypeMismatch(KeyAttribute expected, AttributeType actual) {
        return invalidParameters(
                "Type mismatch for key " + expected.name() + " expected: " + expected.type() + " actual: " + actual);
    }

    /** Any write or read with an empty key attribute. */
    public static String emptyKey(String attribute, AttributeType type) {
        return NOT_VALID + "The AttributeValue for a key attribute cannot contain an empty " + typeName(type)
                + " value. Key: " + attribute;
    }

    /** PutItem. */
    public static String indexKeyTypeMismatch(KeyAttribute expected, AttributeType actual, String indexName) {
        return invalidParameters("Type mismatch for Index Key " + expected.name() + " Expected: " + expected.type()
                + " Actual: " + actual + " IndexName: " + indexName);
    }

    /** PutItem. */
    public static String emptyIndexKey(String attribute, AttributeType type, String indexName) {
        return NOT_VALID + "A value specified for a secondary index key is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty " + typeName(type)
                + " value. IndexName: " + indexName + ", IndexKey: " + attribute;
    }

    /** UpdateItem. */
    public static String updatedIndexKeyType() {
        return "The update expression attempted to update the secondary index key to unsupported type";
    }

    /** UpdateItem. */
    public static String updatedIndexKeyEmpty(AttributeType type) {
        return "The update expression attempted to update a secondary index key to a value that is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty " + typeName(type) + " value.";
    }

    /** The missing blank is DynamoDB's. */
    public static String partitionKeyTooLong() {
        return invalidParameters("Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }

    /** Any write or read with too long a sort key. */
    public static String sortKeyTooLong() {
        return invalidParameters("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }

    /** PutItem. */
    public static String itemTooLarge() {
        return "Item size has exceeded the maximum allowed size";
    }

    /** UpdateItem. */
    public static String updatedItemTooLarge() {
        return "Item size to update has exceeded the maximum allowed size";
    }

    /** Attribute values. */
    public static String nestingTooDeep() {
        return "Nesting Levels have exceeded supported limits";
    }

    /** Attribute names. */
    public static String attributeNameTooLong() {
        return invalidParameters("Attribute name is too large, must be less than 65536 bytes");
    }

    /** CreateTable. */
    public static String capacityOutOfBounds(String member, long units) {
        return "Given value " + units + " for " + member + " is out of bounds";
    }

    /** Parameters of the API that this engine knows but does not serve. The text is ours: DynamoDB serves them. */
    public static String parameterNotSupported(String parameter) {
        return invalidParameters("Unsupported parameter: " + parameter);
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

    private static String typeName(AttributeType type) {
        return type == AttributeType.B ? "binary" : "string";
    }
}
