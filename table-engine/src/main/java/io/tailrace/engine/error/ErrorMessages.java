package io.tailrace.engine.error;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.KeyAttribute;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of the errors of requests on items, word for word as DynamoDB gives them; those of requests on tables are in
 * {@link TableErrorMessages}. Sources: the API Reference (types and
 * conditions), the Developer Guide (limits) and answers of the service itself, as applications have them in their logs.
 */
public final class ErrorMessages {
    private static final String INVALID_PARAMETERS = "One or more parameter values were invalid: ";
    private static final Pattern VIOLATIONS = Pattern.compile("\\d+ validation errors? detected: ");
    private static final String NOT_VALID = "One or more parameter values are not valid. ";

    private ErrorMessages() {}

    /** ItemCollectionSizeLimitExceededException. (Developer Guide, "Error handling"; API Reference, TransactWriteItems.) */
    public static String itemCollectionTooLarge() {
        return "Collection size exceeded.";
    }

    /** PutItem, UpdateItem, DeleteItem: a condition that does not hold. */
    public static String conditionalCheckFailed() {
        return "The conditional request failed";
    }

    /** TransactWriteItems: the token came with another request before. (API Reference, IdempotentParameterMismatchException.) */
    public static String idempotentParameterMismatch() {
        return "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent "
                + "token that was already used.";
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

    /** The prefix of most semantic refusals, with what was wrong. */
    public static String invalidParameters(String detail) {
        return INVALID_PARAMETERS + detail;
    }

    /** One violation of the model's constraints; {@code value} with its quotes. */
    public static String constraintViolation(String value, String path, String constraint) {
        return "Value " + value + " at '" + path + "' failed to satisfy constraint: " + constraint;
    }

    /** One violation in the newer words, by the member's API name and without its value. */
    public static String constraintViolation(String member, String constraint) {
        return "Value at '" + member + "' failed to satisfy constraint: " + constraint;
    }

    /** PutItem, UpdateItem and DeleteItem: no ReturnValues at all. The words, and UPDATE_NEW, are DynamoDB's. */
    public static String returnValuesUnknown() {
        return "Failed to satisfy constraint: Member must satisfy enum value set: "
                + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]";
    }

    /** PutItem, UpdateItem, DeleteItem and Query: no ConditionalOperator at all. The words, and ALL, are DynamoDB's. */
    public static String conditionalOperatorUnknown() {
        return "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]";
    }

    /** Whether a message is one of {@link #constraintViolations}. */
    public static boolean isConstraintViolations(String message) {
        return VIOLATIONS.matcher(message).lookingAt();
    }

    /** All violations of one request. */
    public static String constraintViolations(List<String> violations) {
        return violations.size()
                + (violations.size() == 1 ? " validation error detected: " : " validation errors detected: ")
                + String.join("; ", violations);
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
        return NOT_VALID
                + "The update expression attempted to update a secondary index key to a value that is not supported. "
                + "The AttributeValue for a key attribute cannot contain an empty " + typeName(type) + " value.";
    }

    /** Whether a message is of an empty value for a key: transactions report those on their own, not as a reason. */
    public static boolean isEmptyKey(String message) {
        return message.startsWith(NOT_VALID);
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
        return "Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit";
    }

    /** Attribute names. */
    public static String attributeNameTooLong() {
        return invalidParameters("Attribute name is too large, must be less than 65536 bytes");
    }

    /** Parameters of the API that this engine knows but does not serve. The text is ours: DynamoDB serves them. */
    public static String parameterNotSupported(String parameter) {
        return invalidParameters("Unsupported parameter: " + parameter);
    }

    /** Query and Scan. */
    public static String indexMissing(String indexName) {
        return "The table does not have the specified index: " + indexName;
    }

    /** Query and Scan of an index that is not active yet. */
    public static String indexBackfilling(String indexName) {
        return "Cannot read from backfilling global secondary index: " + indexName;
    }

    /** Query and Scan. */
    public static String consistentReadOfGlobalIndex() {
        return "Consistent reads are not supported on global secondary indexes";
    }

    /** Query and Scan, Select. */
    public static String allAttributesOfGlobalIndex(String indexName) {
        return invalidParameters("Select type ALL_ATTRIBUTES is not supported for global secondary index " + indexName
                + " because its projection type is not ALL");
    }

    /** Query and Scan with a projection. */
    public static String notProjected(String indexName, Collection<String> attributes) {
        return invalidParameters("Global secondary index " + indexName + " does not project " + attributes);
    }

    /** Query and Scan with a filter. */
    public static String filterNotProjected(String indexName, Collection<String> attributes) {
        return invalidParameters(
                "Secondary index " + indexName + " does not project one or more filter attributes: " + attributes);
    }

    /** Query and Scan, Select. */
    public static String projectedAttributesWithoutIndex() {
        return "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName";
    }

    /** Query and Scan, Select. */
    public static String specificAttributesMissing() {
        return "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES";
    }

    /** Query and Scan, Select. */
    public static String projectionWithSelect(String parameter, String select) {
        return "Cannot specify the " + parameter + " when choosing to get "
                + (select.equals("COUNT") ? "only the Count" : select);
    }

    /** Query: a filter on a key attribute. */
    public static String filterOnKey(String parameter, String attribute) {
        return parameter + " can only contain non-primary key attributes: Primary key attribute: " + attribute;
    }

    /** Any expression with a path into a key attribute. */
    public static String pathIntoKey(String attribute) {
        return "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: "
                + attribute;
    }

    /** Any expression with a path into an index key attribute. */
    public static String pathIntoIndexKey(String attribute) {
        return "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: "
                + attribute;
    }

    /** Query and Scan with an ExclusiveStartKey that does not fit. */
    public static String startKeyInvalid() {
        return "The provided starting key is invalid";
    }

    /** Query and Scan with an ExclusiveStartKey that does not fit. */
    public static String startKeyInvalid(String why) {
        return startKeyInvalid() + ": " + why;
    }

    /** Query and Scan with an ExclusiveStartKey that holds a malformed value: some of the texts stand alone. */
    public static String startKeyMalformed(String why) {
        boolean alone = why.startsWith("The parameter cannot be converted")
                || why.startsWith("Number ")
                || why.startsWith("Attempting to store")
                || why.contains("duplicates")
                || why.endsWith("An number set  may not be empty");
        return alone ? why : startKeyInvalid(why);
    }

    /** Query: an ExclusiveStartKey of another partition. */
    public static String startKeyOutsideQuery() {
        return "The provided starting key is outside query boundaries based on provided conditions";
    }

    /** Query: an ExclusiveStartKey that the sort key's condition excludes. */
    public static String startKeyOutsideRange() {
        return "The provided starting key does not match the range key predicate";
    }

    /** Query: an ExclusiveStartKey of another partition, with a sort key condition. */
    public static String queryCannotBeRestarted() {
        return "The query can return at most one row and cannot be restarted";
    }

    /** Scan: an ExclusiveStartKey of another segment. */
    public static String startKeyOutsideSegment(int totalSegments, int segment) {
        return startKeyInvalid("Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. "
                + "TotalSegments: " + totalSegments + " Segment: " + segment);
    }

    /** Query without either. */
    public static String keyConditionsMissing() {
        return "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.";
    }

    /** Query. */
    public static String keyConditionMissing(String attribute) {
        return "Query condition missed key schema element: " + attribute;
    }

    /** An item with an attribute that has no name. */
    public static String emptyAttributeName() {
        return "Empty attribute name";
    }

    /** Query of a table. */
    public static String tooManyKeyConditions() {
        return "Conditions can be of length 1 or 2 only";
    }

    /** Scan. */
    public static String totalSegmentsMissing() {
        return "The TotalSegments parameter is required but was not present in the request when Segment parameter is present";
    }

    /** Scan. */
    public static String segmentMissing() {
        return "The Segment parameter is required but was not present in the request when parameter TotalSegments is present";
    }

    /** Scan. */
    public static String segmentTooLarge(int segment, int totalSegments) {
        return "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: " + segment
                + " is not less than TotalSegments: " + totalSegments;
    }

    /** Reads with AttributesToGet. */
    public static String duplicateAttributeToGet(String attribute) {
        return invalidParameters("Duplicate value in attribute name: " + attribute);
    }

    /** Expression parameters beside the older ones that they replace. */
    public static String mixedParameters(Collection<String> older, Collection<String> expressions) {
        return "Can not use both expression and non-expression parameters in the same request: "
                + "Non-expression parameters: {" + String.join(", ", older) + "} "
                + "Expression parameters: {" + String.join(", ", expressions) + "}";
    }

    /** ExpressionAttributeNames without an expression. */
    public static String namesWithoutExpression() {
        return "ExpressionAttributeNames can only be specified when using expressions";
    }

    /** PutItem, UpdateItem and DeleteItem: ExpressionAttributeValues without an expression. */
    public static String valuesWithoutExpression() {
        return "ExpressionAttributeValues can only be specified when using expressions";
    }

    /** ExpressionAttributeValues without an expression that could use them. */
    public static String valuesWithoutExpression(Collection<String> expressions) {
        return valuesWithoutExpression() + ": "
                + String.join(" and ", expressions)
                + (expressions.size() > 1 ? " are" : " is")
                + " null";
    }

    /** ExpressionAttributeValues. */
    public static String invalidExpressionValue(String placeholder, String why) {
        return "ExpressionAttributeValues contains invalid value: " + why + " for key " + placeholder;
    }

    /** PutItem and DeleteItem. */
    public static String returnValuesOfPut() {
        return "ReturnValues can only be ALL_OLD or NONE";
    }

    /** UpdateItem. */
    public static String keyUpdated(String attribute) {
        return invalidParameters("Cannot update attribute " + attribute + ". This attribute is part of the key");
    }

    /** BatchGetItem and BatchWriteItem. */
    public static String duplicateKeys() {
        return "Provided list of item keys contains duplicates";
    }

    /** BatchGetItem and BatchWriteItem. */
    public static String tooManyItems(String operation) {
        return "Too many items requested for the " + operation + " call";
    }

    /** BatchWriteItem with an element that is neither or both of put and delete. The text is DynamoDB's all the same. */
    public static String notOneWrite() {
        return "Supplied AttributeValue has more than one datatypes set, "
                + "must contain exactly one of the supported datatypes";
    }

    /** Any request, when more are under way than the engine takes. */
    public static String throughputExceeded() {
        return "The level of configured provisioned throughput for the table was exceeded. "
                + "Consider increasing your provisioning level with the UpdateTable API.";
    }

    /** TransactWriteItems with an element that is not exactly one action. */
    public static String notOneAction() {
        return "TransactItems can only contain one of Check, Put, Update or Delete";
    }

    /** TransactWriteItems and TransactGetItems. */
    public static String itemTwiceInTransaction() {
        return "Transaction request cannot include multiple operations on one item";
    }

    /** TransactWriteItems and TransactGetItems. */
    public static String transactionTooLarge(long bytes) {
        return "Transaction payload size cannot exceed 4MB. Payload Size: " + bytes;
    }

    private static String typeName(AttributeType type) {
        return type == AttributeType.B ? "binary" : "string";
    }
}
