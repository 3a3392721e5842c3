package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.conformance.Difference.Place;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.BiPredicate;

/**
 * The differences from DynamoDB Local in which Tailrace is right, or differs knowingly: the one place where they are
 * listed. docs/compatibility.md is made from it.
 */
enum AcceptedDifference {
    TEXT(
            "Refusals have the service's words where DynamoDB Local has its own.",
            "API Reference, common errors; the texts are the ones that applications have in their logs.",
            (difference, place) -> isRefusal(place)
                    && RefusalTexts.isSameFault(difference, local(difference, place), tailrace(difference, place))),
    ORDER(
            "Of several faults in one request Tailrace names the one that the service names: first what the model says of single "
                    + "members, then parameters that exclude one another, values, expressions, the table, the schema, the item.",
            "The service validates a request before it looks at tables; DynamoDB Local checks keys before expressions.",
            (difference, place) -> isRefusal(place)
                    && RefusalTexts.isEarlierFault(local(difference, place), tailrace(difference, place))),
    EXPRESSION_ORDER(
            "Of several faults in a request's expressions Tailrace names the first in the order of the text.",
            "DynamoDB Local's order follows its syntax tree and has no documented rule.",
            (difference, place) -> isRefusal(place)
                    && RefusalTexts.areFaultsOfExpressions(
                            difference, local(difference, place), tailrace(difference, place))),
    ONE_STEP(
            "Of several faults of one kind (of the older parameters, of conditions on keys, of an update's actions) Tailrace "
                    + "names the first in the order of the schema or of the text.",
            "DynamoDB Local's order is that of its hash maps.",
            (difference, place) -> isRefusal(place)
                    && RefusalTexts.areFaultsOfOneStep(
                            difference, local(difference, place), tailrace(difference, place))),
    LOCAL_FAILS(
            "Requests that make DynamoDB Local fail (status 500) are answered.",
            "For example a comparison with <> as a condition on a key.",
            (difference, place) ->
                    difference.expected().status() >= 500 && difference.actual().status() < 500),
    JSON_TYPES(
            "A member of another JSON type is refused before anything else is looked at.",
            "SerializationException, as the service answers; DynamoDB Local takes 1 for \"1\" and true for \"true\".",
            (difference, place) -> difference.actual().errorName().equals("SerializationException")),
    EMPTY_PARAMETERS(
            "An empty ExpressionAttributeNames, ExpressionAttributeValues, ExclusiveStartKey or list of indexes is refused.",
            "DynamoDB Local takes some of them for absent.",
            (difference, place) -> place.path().equals("status")
                    && difference
                            .actual()
                            .message()
                            .matches(
                                    "ExpressionAttribute\\w+ can only be .*|The provided starting key is .*|.*List of .* is empty")),
    CANCELLED(
            "An action that its table cannot take cancels its transaction before any condition is looked at, and all conditions "
                    + "are looked at before any item changes; the reasons name the actions.",
            "API Reference, TransactWriteItems: TransactionCanceledException, cancellation reason codes, ValidationError.",
            (difference, place) -> isRefusal(place)
                    && difference.actual().body().has("CancellationReasons")
                    && RefusalTexts.isNotLater(difference, local(difference, place), tailrace(difference, place))),
    CANCELLED_TEXT(
            "The reason of a failed condition ends without a full stop.",
            "API Reference, TransactWriteItems: \"The conditional request failed\".",
            (difference, place) -> place.path().equals("CancellationReasons[].Message")
                    && place.expected().asText().equals("The conditional request failed.")),
    TOKEN(
            "A token with any other parameter is refused, ReturnConsumedCapacity included.",
            "API Reference, TransactWriteItems, ClientRequestToken: \"a change in other parameters\".",
            (difference, place) -> difference.actual().errorName().equals("IdempotentParameterMismatchException")),
    STATEMENT_TEXT(
            "A statement that is not well formed is refused without being repeated, and without positions.",
            "DynamoDB's texts after \"can't be processed:\" are not documented.",
            (difference, place) -> isRefusal(place)
                    && local(difference, place)
                            .replaceAll("(can't be processed).*|[. ]+at \\d+:\\d+:\\d+$", "$1")
                            .equals(tailrace(difference, place).replaceAll("(can't be processed).*|\\.$", "$1"))),
    FAILED_STATEMENTS(
            "A failed statement of a batch is named with its table, as far as the statement says it.",
            "API Reference, BatchStatementResponse, TableName: \"The table name associated with a failed PartiQL batch statement\".",
            (difference, place) -> place.path().equals("Responses[].TableName")
                    && place.expected().isMissingNode()),
    CAPACITY_OF_NO_DELETE(
            "A DELETE statement that finds nothing to delete returns ConsumedCapacity when asked.",
            "API Reference, ExecuteStatement, ReturnConsumedCapacity.",
            (difference, place) -> difference.call().operation().matches("\\w*Execute\\w+")
                    && place.path().startsWith("ConsumedCapacity")
                    && place.expected().isMissingNode()),
    TWICE_IN_TRANSACTION(
            "Two actions on one item are refused before anything else is asked of them.",
            "API Reference, TransactWriteItems: \"no two actions can target the same item\"; DynamoDB Local compares what actions "
                    + "of one kind say.",
            (difference, place) -> place.path().matches("error|message|status")
                    && difference
                            .actual()
                            .message()
                            .equals("Transaction request cannot include multiple operations on one item")),
    TRANSACTION_UNITS(
            "Transactions report read and write units apart, and the units of all their actions.",
            "API Reference, ConsumedCapacity; Developer Guide, \"Capacity management for transactions\".",
            (difference, place) -> difference.call().operation().matches("Transact\\w+|ExecuteTransaction")
                    && place.path().startsWith("ConsumedCapacity")
                    && (place.expected().isMissingNode()
                            || units(difference.expected().body())
                                    < units(difference.actual().body()))),
    TABLE_MEMBERS(
            "Descriptions of tables carry WarmThroughput and the throughput of the indexes of on-demand tables; CreateTable "
                    + "answers with the state CREATING, DeleteTable with DELETING.",
            "API Reference: TableDescription, GlobalSecondaryIndexDescription; CreateTable: \"DynamoDB immediately returns a "
                    + "response with a TableStatus of CREATING\".",
            (difference, place) -> place.path().matches("Table(Description)?\\..*")
                    && (place.expected().isMissingNode()
                            || place.path().endsWith("Status")
                                    && place.actual().asText().matches("CREATING|UPDATING|DELETING"))),
    ON_DEMAND_INDEXES(
            "The indexes of a table that becomes an on-demand one have no throughput any more, nor may they be given one.",
            "Developer Guide, \"Considerations when switching capacity modes\": indexes follow their table.",
            (difference, place) -> place.path().matches(".*GlobalSecondaryIndexes\\[\\]\\.ProvisionedThroughput\\..*")
                            && place.actual().asInt() == 0
                    || place.path().equals("status")
                            && difference
                                    .actual()
                                    .message()
                                    .matches(".*(when BillingMode is PAY_PER_REQUEST|for index: \\S+).*")),
    UNCHANGED_SETTINGS(
            "UpdateTable leaves alone what it does not name, and BillingModeSummary is there once a table has been on demand.",
            "API Reference, UpdateTable and BillingModeSummary; DynamoDB Local switches deletion protection off.",
            (difference, place) -> place.path().matches("Table(Description)?\\.DeletionProtectionEnabled")
                    || place.path().matches("Table(Description)?\\.BillingModeSummary")
                            && place.actual().isMissingNode()),
    LOOSER_SETTINGS(
            "A switch to on-demand may go with a change of the stream, and there is no quota of an account on throughput.",
            "API Reference, UpdateTable, names what must not change at once, and streams are not among it; Developer Guide, "
                    + "\"Service, account, and table quotas\": the quota on throughput can be raised.",
            (difference, place) -> place.path().equals("status")
                    && difference
                            .expected()
                            .message()
                            .matches("Cannot (change IOPS and Streams at|increase provisioned throughput to more).*")),
    ONE_CHANGE_AT_A_TIME(
            "UpdateTable changes the table class or deletion protection alone, and decreases of throughput are counted.",
            "API Reference, UpdateTable and ProvisionedThroughputDescription; DynamoDB Local does neither.",
            (difference, place) -> difference.actual().message().endsWith("must be the only operation in the request")
                    || place.path().endsWith(".NumberOfDecreasesToday")),
    THROUGHPUT_FOR_PROVISIONED(
            "UpdateTable to BillingMode PROVISIONED must say the throughput.",
            "API Reference, UpdateTable, ProvisionedThroughput.",
            (difference, place) -> place.path().equals("status")
                    && difference
                            .actual()
                            .message()
                            .endsWith("ProvisionedThroughput must be specified when BillingMode is PROVISIONED")),
    PARAMETER_OF_A_BATCH(
            "A parameter that is no attribute value fails its statement, not the whole batch.",
            "API Reference, BatchExecuteStatement: errors are those of single statements.",
            (difference, place) -> difference.call().operation().equals("BatchExecuteStatement")
                    && place.path().equals("status")
                    && difference.actual().body().path("Responses").toString().contains("ValidationError")),
    MISSING_INDEX(
            "UpdateTable of an index that is not there answers ResourceNotFoundException.",
            "API Reference, UpdateTable, errors.",
            (difference, place) -> place.path().equals("error")
                    && difference.expected().message().equals("Invalid global secondary index name")),
    BATCH_SELECT(
            "A SELECT of a batch may ask for more than the key.",
            "API Reference, BatchExecuteStatement: \"must specify an equality condition on all key attributes\".",
            (difference, place) -> place.path().equals("Responses[].Error")
                    && place.actual().isMissingNode()
                    && place.expected().path("Message").asText().equals("Only single item select is supported")),
    FAULT_BEFORE_CONDITION(
            "A statement that its table cannot take is refused before its condition is looked at.",
            "API Reference, BatchStatementError.",
            (difference, place) -> place.path().equals("Responses[].Error.Code")
                    && place.actual().asText().equals("ValidationError")),
    SAME_TABLE_CLASS(
            "UpdateTable takes the table class that the table has.",
            "API Reference, UpdateTable, TableClass; DynamoDB Local finds nothing to update.",
            (difference, place) -> place.path().equals("status")
                    && difference.expected().message().equals("Nothing to update")
                    && difference.call().body().has("TableClass")),
    INDEX_STATISTICS(
            "ItemCount and IndexSizeBytes of global secondary indexes lag behind.",
            "API Reference, GlobalSecondaryIndexDescription: DynamoDB updates them about every six hours.",
            (difference, place) -> place.path()
                    .matches("Table(Description)?\\.GlobalSecondaryIndexes\\[\\]\\.(ItemCount|IndexSizeBytes)")),
    INDEX_SIZE(
            "IndexSizeBytes of a local secondary index counts what the index projects.",
            "Developer Guide, \"Local secondary indexes\", storage considerations; DynamoDB Local counts whole items.",
            (difference, place) ->
                    place.path().matches("Table(Description)?\\.LocalSecondaryIndexes\\[\\]\\.IndexSizeBytes")
                            && place.actual().asDouble() < place.expected().asDouble()),
    UNASKED_CAPACITY(
            "DeleteItem of an item that is not there returns ConsumedCapacity only when asked.",
            "API Reference, DeleteItem: ReturnConsumedCapacity is NONE unless given.",
            (difference, place) -> difference.call().operation().equals("DeleteItem")
                    && place.path().equals("ConsumedCapacity")
                    && !difference
                            .call()
                            .body()
                            .path("ReturnConsumedCapacity")
                            .asText()
                            .matches("TOTAL|INDEXES")),
    CAPACITY_OF_WRITES(
            "Writes consume units of an index only for entries that they write or remove, and deletes of nothing one unit.",
            "Developer Guide, \"Provisioned throughput considerations for global secondary indexes\"; DynamoDB Local charges "
                    + "for entries that there are not.",
            (difference, place) -> !difference.call().isRead()
                    && place.path().startsWith("ConsumedCapacity")
                    && units(difference.expected().body())
                            > units(difference.actual().body())),
    CAPACITY_OF_NOTHING(
            "Reads that find nothing consume the units of the smallest item.",
            "Developer Guide, \"Read and write operations\": \"If you perform a read operation on an item that does not exist, "
                    + "DynamoDB still consumes read capacity\".",
            (difference, place) -> difference.call().isRead()
                    && place.path().startsWith("ConsumedCapacity")
                    && !difference.call().operation().equals("GetItem")
                    && units(difference.expected().body())
                            < units(difference.actual().body())),
    COLLECTION_METRICS(
            "Every write to a table with local secondary indexes returns ItemCollectionMetrics when asked.",
            "API Reference, ItemCollectionMetrics; DynamoDB Local leaves them out.",
            (difference, place) -> place.path().startsWith("ItemCollectionMetrics")
                    && place.expected().isMissingNode()),
    STATEMENT_PARAMETERS(
            "A statement takes as many parameters as it has question marks, not more.",
            "DynamoDB Local overlooks parameters that are too many.",
            (difference, place) -> difference.actual().message().startsWith("Number of parameters in request")),
    STATEMENT_WITHOUT_KEY(
            "A statement of a transaction whose clause does not name one item is refused with its position.",
            "API Reference, ExecuteTransaction; DynamoDB Local cancels the transaction and gives no reasons.",
            (difference, place) -> difference.call().operation().equals("ExecuteTransaction")
                    && difference
                            .expected()
                            .message()
                            .equals("ValidationError "
                                    + RefusalTexts.withoutPosition(
                                            difference.actual().message()))),
    STATEMENT_PAGE(
            "ExecuteStatement returns LastEvaluatedKey along with NextToken.",
            "API Reference, ExecuteStatement, LastEvaluatedKey; DynamoDB Local leaves it out.",
            (difference, place) -> difference.call().operation().equals("ExecuteStatement")
                    && place.path().startsWith("LastEvaluatedKey")
                    && place.expected().isMissingNode()),
    START_AT_THE_END(
            "A query may start after the last item of its range: a page may have ended there.",
            "API Reference, Query, ExclusiveStartKey: \"Use the value that was returned for LastEvaluatedKey\".",
            (difference, place) -> place.path().equals("status")
                    && difference.actual().body().path("Count").asInt(-1) == 0
                    && difference.call().body().has("ExclusiveStartKey")
                    && difference.expected().message().endsWith("does not match the range key predicate")),
    LAST_PAGE(
            "A page that ends exactly at Limit has a LastEvaluatedKey, even when nothing comes after it.",
            "API Reference, Query: \"If LastEvaluatedKey is not empty, it does not necessarily mean that there is more data\".",
            (difference, place) -> place.path().equals("LastEvaluatedKey")
                    && place.expected().isMissingNode()
                    && difference.expected().body().path("ScannedCount").asInt()
                            == difference.call().body().path("Limit").asInt()),
    ZEROES(
            "A zero is in range, or not, as it is written: 0e500 is too large.",
            "Developer Guide, \"Data types\": numbers have a range; DynamoDB Local looks at their values.",
            (difference, place) -> difference.actual().fault().contains("Number overflow")
                    && difference.call().body().toString().matches("(?s).*\\b0e500\\b.*")),
    NUMBERS(
            "Numbers are normalised wherever they are stored: +5 is 5.",
            "Developer Guide, \"Data types\": \"Leading and trailing zeroes are trimmed\".",
            (difference, place) ->
                    place.path().matches(".*\\.(N|NS\\[\\])") && isSameNumber(place.expected(), place.actual())),
    REMOVE_FROM_NOTHING(
            "REMOVE of a nested path from an item that does not exist does nothing.",
            "So does the service; it refuses such a path only where there is an item.",
            (difference, place) -> place.path().equals("status")
                    && difference.expected().message().startsWith("The document path provided in the update expression")
                    && difference
                            .call()
                            .body()
                            .toString()
                            .toUpperCase(Locale.ROOT)
                            .contains("REMOVE")),
    STRICT_MODEL(
            "Values outside of what the API's model allows are refused in every parameter.",
            "API Reference; DynamoDB Local overlooks some (ReturnConsumedCapacity, empty strings and lists).",
            (difference, place) -> (isRefusal(place) || place.path().equals("status"))
                    && difference.actual().message().matches("\\d+ validation errors? detected: .*")),
    RESERVED_SIZE(
            "SIZE is a reserved word: no attribute without a placeholder.",
            "Developer Guide, \"Reserved words\".",
            (difference, place) -> difference.actual().message().endsWith("reserved keyword: size")),
    FILTER_NOT_PROJECTED(
            "A filter on attributes that the index does not project is refused.",
            "Developer Guide, \"Global secondary indexes\": \"you can only request attributes that are projected\".",
            (difference, place) -> place.path().equals("status")
                    && difference.actual().message().contains("does not project")),
    DUPLICATES(
            "Keys of a batch are compared by value: 1 and 1.0 are one key.",
            "API Reference, BatchGetItem and BatchWriteItem; numbers are normalised.",
            (difference, place) -> place.path().equals("status")
                    && difference.actual().message().equals("Provided list of item keys contains duplicates")),
    INDEX_KEY_TYPES(
            "An update that gives an index key another type is refused, whether the value comes from the request or is computed.",
            "Developer Guide, \"Working with item collections\", and API Reference, UpdateItem.",
            (difference, place) -> place.path().equals("status")
                    && difference
                            .actual()
                            .message()
                            .matches(
                                    "(?i).*(update the secondary index key to unsupported type|Type mismatch for Index Key).*")),
    KEY_SIZES(
            "Key conditions with values that are too long for a key are refused.",
            "Developer Guide, \"Service, account, and table quotas\".",
            (difference, place) -> place.path().equals("status")
                    && difference.actual().message().matches(".*(hashkey|range keys) has exceeded.*")),
    REMOVING_MAKES_NO_ITEM(
            "An update that does nothing but remove (REMOVE, DELETE, or the older DELETE action) makes no item where there is none.",
            "Developer Guide, \"Legacy conditional parameters\", AttributeUpdates: DELETE: \"Nothing happens; there is no attribute to "
                    + "delete\". DynamoDB Local makes an item of the key.",
            (difference, place) ->
                    onlyRemoves(difference.call()) && place.path().startsWith("Attributes")),
    DEFAULT_ACTION(
            "An AttributeUpdates entry without an Action is a PUT.",
            "API Reference, AttributeValueUpdate; DynamoDB Local does nothing.",
            (difference, place) ->
                    hasUpdateWithoutAction(difference.call()) && place.path().startsWith("Attributes")),
    NESTING_OF_VALUES(
            "Values of expressions that nest more than 32 levels deep are refused, used or not.",
            "Developer Guide, \"Service, account, and table quotas\": 32 levels.",
            (difference, place) -> difference.actual().message().contains("Nesting Levels have exceeded")),
    BAD_BASE64(
            "Binaries that are not valid Base64 are refused.",
            "DynamoDB Local answers with an internal failure, or takes them.",
            (difference, place) -> difference.actual().message().matches(".*[Bb]ase ?64.*"));

    private final String title;
    private final String reason;
    private final BiPredicate<Difference, Place> covers;

    AcceptedDifference(String title, String reason, BiPredicate<Difference, Place> covers) {
        this.title = title;
        this.reason = reason;
        this.covers = covers;
    }

    String title() {
        return title;
    }

    String reason() {
        return reason;
    }

    boolean covers(Difference difference, Place place) {
        return covers.test(difference, place);
    }

    /** Whether the tables may differ after the call although both services answered it alike. */
    static boolean mayDivergeSilently(Call call, Answer local) {
        // DynamoDB Local refuses a batch of statements after it has carried out some of them.
        return local.isOk()
                ? onlyRemoves(call) || hasUpdateWithoutAction(call)
                : call.operation().equals("BatchExecuteStatement");
    }

    private static boolean onlyRemoves(Call call) {
        if (!call.operation().equals("UpdateItem")
                || call.body().path("ConditionExpression").asText().startsWith("attribute_exists(")) {
            return false;
        }
        JsonNode older = call.body().path("AttributeUpdates");
        boolean makesByOlder = older.isEmpty();
        for (JsonNode update : older) {
            makesByOlder |= !update.path("Action").asText().equals("DELETE");
        }
        String expression = call.body().path("UpdateExpression").asText();
        return !makesByOlder
                || !expression.isEmpty() && !expression.toUpperCase(Locale.ROOT).matches("(?s).*\\b(SET|ADD)\\s.*");
    }

    private static boolean hasUpdateWithoutAction(Call call) {
        for (JsonNode update : call.body().path("AttributeUpdates")) {
            if (!update.has("Action")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRefusal(Place place) {
        return place.path().equals("message")
                || place.path().equals("error")
                || place.path().equals("CancellationReasons")
                || isText(place);
    }

    /** Whether a refusal's text is within the answer. */
    private static boolean isText(Place place) {
        return place.path().equals("CancellationReasons[].Message")
                || place.path().equals("Responses[].Error.Message");
    }

    /** DynamoDB Local's text of a refusal. */
    private static String local(Difference difference, Place place) {
        return isText(place) ? place.expected().asText() : difference.expected().fault();
    }

    private static String tailrace(Difference difference, Place place) {
        return isText(place) ? place.actual().asText() : difference.actual().fault();
    }

    /** The units that an answer reports, of all tables. */
    private static double units(JsonNode body) {
        JsonNode capacity = body.path("ConsumedCapacity");
        double units = capacity.path("CapacityUnits").asDouble();
        for (JsonNode table : capacity) {
            units += table.path("CapacityUnits").asDouble();
        }
        return units;
    }

    private static boolean isSameNumber(JsonNode expected, JsonNode actual) {
        return new BigDecimal(expected.asText()).compareTo(new BigDecimal(actual.asText())) == 0;
    }
}
