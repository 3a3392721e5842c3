package io.tailrace.conformance;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of refusals by the step of DynamoDB's checks in which they arise, and which texts of DynamoDB Local stand for
 * which ones of the service. With it, a difference between two refusals of one request is no error of Tailrace's when it
 * has the service's text for the same fault, or when it names a fault of an earlier step.
 */
final class RefusalTexts {
    /** DynamoDB's steps, in their order. */
    enum Step {
        /** What the API's model says of single members: present, length, pattern, range, enumeration. */
        MODEL,
        /** Parameters that exclude one another, and empty ones. */
        PARAMETERS,
        /** Attribute values that are none, and the older parameters that expressions have replaced. */
        VALUES,
        /** Placeholders and expressions, each expression as a whole before the next one. */
        EXPRESSIONS,
        /** Whether a batch names an item twice, and whether the table is there. */
        TABLE,
        /** Keys, indexes and paths against the table. */
        SCHEMA,
        /** What depends on the item. */
        ITEM
    }

    /** One kind of fault: how DynamoDB Local names it, how the service and Tailrace do. */
    private record Fault(Step step, Pattern local, Pattern tailrace, boolean otherWords) {}

    private static final String MODEL = "(\\d+ validation errors? detected: |Failed to satisfy constraint: Member ).*";
    private static final String KEY = "The provided key element does not match the schema";
    private static final Pattern IN_TRANSACTION =
            Pattern.compile("Validation failed in TransactStatements\\[\\d+\\]: (.*)", Pattern.DOTALL);
    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final String NUMBER = "The parameter cannot be converted to a numeric value.*";

    private static final List<Fault> FAULTS = List.of(
            fault(
                    Step.MODEL,
                    "(Value .* at '.*' failed to satisfy constraint.*|Cannot have null key for .*|Item to put in PutItem cannot be null|"
                            + "Batch\\w+ (must have some|cannot have a null or no) requests set|"
                            + "The list of keys in RequestItems for BatchGetItem is required.*|"
                            + "The batch write request list for a table cannot be null or empty.*|"
                            + "The supplied Item contains a null AttributeValue|Select must be .*|Comparison type does not exist.*|"
                            + "Limit must be greater than or equal to 1|"
                            + "Invalid table/index name\\..*|The table does not have the specified index: .?|"
                            + "Member must satisfy enum value set.*|Invalid comparison operator)",
                    MODEL),
            fault(
                    Step.MODEL,
                    "(Value null at 'tableName'.*|Invalid table/index name\\..*)",
                    "(The parameter 'TableName' is required but was not present in the request|TableName must be at least 3 "
                            + "characters long and at most 255 characters long)"),
            fault(
                    Step.VALUES,
                    "The supplied Item contains a null AttributeValue.*",
                    "Supplied AttributeValue is empty, .*"),
            fault(
                    Step.EXPRESSIONS,
                    "ExpressionAttributeValues contains invalid value: The supplied Item contains a null .*",
                    "ExpressionAttributeValues contains invalid value: Supplied AttributeValue is empty, .*"),
            fault(
                    Step.VALUES,
                    "Return values set to invalid value",
                    "(ReturnValues can only be ALL_OLD or NONE|" + MODEL + ")"),
            fault(
                    Step.VALUES,
                    "Cannot have two attributes with the same name",
                    "One or more parameter values were invalid: Duplicate value in attribute name: .*"),
            fault(Step.VALUES, "Either the KeyConditions or .*", "Conditions can be of length 1 or 2 only"),
            fault(
                    Step.PARAMETERS,
                    "If (total )?segments? is specified, .*",
                    "The (Total)?Segments? parameter is required.*"),
            fault(
                    Step.VALUES,
                    "Supplied AttributeValue .*",
                    "The provided starting key is invalid: Supplied AttributeValue .*"),
            fault(
                    Step.PARAMETERS,
                    "ExpressionAttributeValues can only be specified when .*",
                    "Invalid FilterExpression: The expression can not be empty;"),
            same(
                    Step.PARAMETERS,
                    "(Can not use both expression and non-expression parameters|"
                            + "ExpressionAttribute\\w+ can only be specified|Either the KeyConditions or|Must specify the AttributesToGet|"
                            + "Cannot specify the |ALL_PROJECTED_ATTRIBUTES can be used|The (Total)?Segments? parameter).*"),
            fault(
                    Step.PARAMETERS,
                    ".*'segment' failed to satisfy constraint.*",
                    "The Segment parameter is zero-based.*"),
            fault(Step.VALUES, "A value provided cannot be converted into a number", NUMBER),
            // DynamoDB Local has one text for values and for results, which come last.
            ours(Step.VALUES, "Attempting to store more than 38 significant digits in a Number"),
            fault(
                    Step.ITEM,
                    "DynamoDB only supports precision up to 38 digits",
                    "Attempting to store more than 38 significant digits in a Number"),
            fault(
                    Step.VALUES,
                    ".*Input collection .*contains duplicates.?",
                    ".*Input collection .*contains duplicates.?"),
            same(Step.VALUES, "(Supplied AttributeValue |Number (over|under)flow|Nesting Levels have exceeded).*"),
            fault(
                    Step.VALUES,
                    ".*Null attribute value types must have the value of true.*",
                    ".*Null attribute value types must have the value of true.*"),
            fault(
                    Step.VALUES,
                    "(One or more parameter values were invalid: (An? \\w+ set|Binary sets).*)",
                    "One or more parameter values were invalid: (An? \\w+ set|Binary sets).*"),
            // We look for them before the table, DynamoDB Local does along with the keys.
            ours(Step.TABLE, "Provided list of item keys contains duplicates"),
            fault(
                    Step.PARAMETERS,
                    "Invalid Request: TransactWriteRequest should contain.*",
                    "TransactItems can only contain one of .*"),
            same(Step.TABLE, "Transaction request cannot include multiple.*"),
            same(Step.SCHEMA, "Provided list of item keys contains duplicates"),
            fault(
                    Step.VALUES,
                    "One or more parameter values were invalid: ComparisonOperator (IN|BETWEEN) is not valid for .*",
                    "One or more parameter values were invalid: AttributeValues inside AttributeValueList must be of same type"),
            same(
                    Step.VALUES,
                    "(One or more parameter values were invalid: (ComparisonOperator |Invalid number of argument|"
                            + "Value (must|cannot) be |AttributeValues inside|ADD action|DELETE action|Only DELETE action|"
                            + "Cannot )|ConditionalOperator c|The BETWEEN condition was provided|"
                            + "Attempted conditional constraint).*"),
            fault(
                    Step.EXPRESSIONS,
                    "ExpressionAttribute(Names|Values) contains invalid key: The expression attribute map "
                            + "contains an empty key;",
                    "ExpressionAttribute(Names|Values) contains invalid key: Syntax error; key: \"\""),
            fault(
                    Step.EXPRESSIONS,
                    "ExpressionAttributeValues contains invalid value: .*cannot be converted into a number.*",
                    "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value.*"),
            fault(
                    Step.EXPRESSIONS,
                    "ExpressionAttributeValues contains invalid value: .* only supports precision up to 38.*",
                    "ExpressionAttributeValues contains invalid value: Attempting to store more than 38 significant.*"),
            fault(
                    Step.EXPRESSIONS,
                    "ExpressionAttributeValues contains invalid value: .*Input collection .*",
                    "ExpressionAttributeValues contains invalid value: .*Input collection .*"),
            fault(
                    Step.EXPRESSIONS,
                    "Invalid (\\w+): Invalid attribute type name found; type: .*",
                    "Invalid \\w+: Invalid attribute type name found; type: .*"),
            fault(
                    Step.EXPRESSIONS,
                    "Invalid (\\w+): The BETWEEN operator requires .*",
                    "Invalid \\w+: The BETWEEN operator requires .*"),
            fault(
                    Step.EXPRESSIONS,
                    "Invalid \\w+: Two document paths overlap with each other.*",
                    "Invalid \\w+: Two document paths overlap with each other.*"),
            same(
                    Step.EXPRESSIONS,
                    "(ExpressionAttribute(Names|Values) (must not be empty|contains)|Invalid \\w+Expression|"
                            + "Value provided in ExpressionAttribute|KeyConditionExpressions (must|cannot)|Invalid operator used in Key).*"),
            same(
                    Step.EXPRESSIONS,
                    "(RETURNING |Invalid returning clause|Unexpected path component|Incorrect operand type for operator|The function is not allowed|Unsupported operator|Unrecognized function|"
                            + "Statement wasn't well formed|Unsupported (data type|clause|operation|format)|Duplicate (keys|identifiers)|"
                            + "WHERE clause must|MISSING must be|IN operator must|Aliasing is|Only select from|The (first|second) argument|"
                            + "The BETWEEN operator requires|Two document paths|Number of parameters|Empty bags).*"),
            same(
                    Step.PARAMETERS,
                    "(ExecuteTransaction API does not|Read and write requests|"
                            + "Invalid NextToken|NextToken does not).*"),
            fault(
                    Step.SCHEMA,
                    "Only single item select is supported",
                    "Select statements within BatchExecuteStatement must specify .*"),
            same(
                    Step.SCHEMA,
                    "(ValidationError |Key attribute|Where clause does not|Must have |Variable reference|EXISTS\\(\\) must|Select statements within|"
                            + "This operation is not supported on an index).*"),
            same(Step.ITEM, "Duplicate primary key exists.*"),
            fault(Step.TABLE, "Cannot do operations on a non-existent table", "Requested resource not found.*"),
            fault(
                    Step.SCHEMA,
                    "(The number of conditions on the keys is invalid|Invalid attribute value type|"
                            + "One of the required keys was not given a value|Item to put in PutItem cannot be null|"
                            + "The list of keys in RequestItems for BatchGetItem may not contain null.*|"
                            + "One or more parameter values were invalid: Type mismatch for key)",
                    KEY),
            fault(
                    Step.SCHEMA,
                    "(Invalid attribute value type|One or more parameter values were invalid: Type mismatch for "
                            + "(Index Key|key)|One of the required keys was not given a value)",
                    "One or more parameter values were invalid: (Type mismatch for (Index Key|key) .*|Missing the key .*)"),
            fault(
                    Step.SCHEMA,
                    "(Invalid attribute value type|Updates on index keys must be of the same data type.*)",
                    "(The update expression attempted to update the secondary index key to unsupported type|"
                            + "One or more parameter values were invalid: Type mismatch for Index Key.*)"),
            fault(
                    Step.SCHEMA,
                    "One or more parameter values were invalid: Size limit exceeded",
                    "One or more parameter values were invalid: (Aggregated size of all range keys|Size of hashkey) has .*"),
            fault(
                    Step.SCHEMA,
                    "One or more parameter values were invalid: Global secondary index \\S+ does not project .*",
                    "One or more parameter values were invalid: Global secondary index \\w+ does not project .*"),
            fault(
                    Step.SCHEMA,
                    "Hash primary key values must be under 2048 bytes, and range primary key values must be under .*",
                    "One or more parameter values were invalid: (Aggregated size of all range keys|Size of hashkey) has .*"),
            fault(
                    Step.SCHEMA,
                    "Consistent read cannot be true when (querying|scanning) a GSI",
                    "(Consistent reads are not supported on global secondary indexes|Strongly consistent read is not supported.*)"),
            fault(
                    Step.SCHEMA,
                    "Query condition missed key schema element",
                    "Query condition missed key schema element: .*"),
            fault(
                    Step.SCHEMA,
                    "(Exclusive Start Key must have same size as table's key schema|.*[Ss]tarting key.*|"
                            + "Type mismatch for .*)",
                    "(The provided starting key.*|" + KEY + "|The query can return at most one row.*)"),
            fault(
                    Step.SCHEMA,
                    ".*A value specified for a secondary index key is not supported.*",
                    ".*A value specified for a secondary index key is not supported.*"),
            same(
                    Step.SCHEMA,
                    "(One or more parameter values (were|are) (invalid: (Cannot update|Select|Condition|Type mismatch|"
                            + "Secondary|Global secondary|Local|Aggregated|Size of)|not valid)|Query (key )?condition|"
                            + "Filter Expression can only|Conditions can be of|The number of query conditions|The table does not have the specified index|"
                            + "Key attributes must be scalars|" + KEY + "|Hash primary key values|Exclusive Start Key|"
                            + "Consistent reads? |The number of conditions on the keys).*"),
            same(
                    Step.ITEM,
                    "(The conditional request failed|The document path provided|The provided expression refers to|"
                            + "An operand in the update expression|Item size).*"));

    private RefusalTexts() {}

    private static Fault fault(Step step, String local, String tailrace) {
        return new Fault(step, Pattern.compile(local, Pattern.DOTALL), Pattern.compile(tailrace, Pattern.DOTALL), true);
    }

    /** Of Tailrace only: where its text belongs to another step than DynamoDB Local's. */
    private static Fault ours(Step step, String tailrace) {
        return new Fault(step, NEVER, Pattern.compile(tailrace, Pattern.DOTALL), false);
    }

    /** Texts that are the same in both. */
    private static Fault same(Step step, String text) {
        return new Fault(step, Pattern.compile(text, Pattern.DOTALL), Pattern.compile(text, Pattern.DOTALL), false);
    }

    /** Whether Tailrace has the service's text for what DynamoDB Local names in its own words. */
    static boolean isSameFault(Difference difference, String local, String tailrace) {
        if (difference.call().operation().matches("(Create|Update)Table|UpdateTimeToLive")) {
            return true; // DynamoDB Local has texts and an order of its own for all of their faults
        }
        return FAULTS.stream()
                .anyMatch(fault -> fault.otherWords()
                        && fault.local().matcher(local).matches()
                        && fault.tailrace().matcher(tailrace).matches());
    }

    /** Whether Tailrace names the fault of an earlier step. */
    static boolean isEarlierFault(String localText, String tailraceText) {
        Step local = step(localText, true);
        Step tailrace = step(tailraceText, false);
        return local != null && tailrace != null && tailrace.compareTo(local) < 0;
    }

    /** Whether Tailrace names the same fault, or one of the same or an earlier step. */
    static boolean isNotLater(Difference difference, String local, String tailrace) {
        if (local.equals(tailrace) || isSameFault(difference, local, tailrace)) {
            return true;
        }
        Step localStep = step(local, true);
        Step tailraceStep = step(tailrace, false);
        return localStep != null && tailraceStep != null && tailraceStep.compareTo(localStep) <= 0;
    }

    /** Whether both name faults of expressions that can have several. */
    static boolean areFaultsOfExpressions(Difference difference, String local, String tailrace) {
        boolean several = difference.call().body().properties().stream()
                        .filter(member -> member.getKey().endsWith("Expression"))
                        .count()
                > 1;
        boolean compound = difference.call().body().properties().stream()
                .filter(member -> member.getKey().endsWith("Expression"))
                .anyMatch(member ->
                        member.getValue().asText().toUpperCase(Locale.ROOT).matches(".* (AND|OR) .*|.*,.*"));
        // Each table, action or statement has expressions of its own.
        boolean batch = difference.call().operation().matches("Batch.*|Transact.*|Execute.*");
        return (several || compound || batch)
                && step(local, true) == Step.EXPRESSIONS
                && step(tailrace, false) == Step.EXPRESSIONS;
    }

    /**
     * Whether both name faults of one step, where the service's order is that of the schema or of the text and DynamoDB
     * Local's is another one: reads with several conditions, older parameters, updates with several actions.
     */
    static boolean areFaultsOfOneStep(Difference difference, String localText, String tailraceText) {
        Step local = step(localText, true);
        Step tailrace = step(tailraceText, false);
        if (local == null || local != tailrace) {
            return false;
        }
        return switch (local) {
            case PARAMETERS, VALUES -> true;
            case SCHEMA -> true;
            case ITEM ->
                difference.call().body().path("UpdateExpression").asText().matches("(?s).*(,| [A-Za-z]{3,6} ).*");
            case MODEL, EXPRESSIONS, TABLE -> false;
        };
    }

    /** The text of a refusal without the position of the statement that it is about. */
    static String withoutPosition(String text) {
        Matcher ofTransaction = IN_TRANSACTION.matcher(text);
        return ofTransaction.matches() ? ofTransaction.group(1) : text;
    }

    private static Step step(String text, boolean local) {
        String message = withoutPosition(text);
        return FAULTS.stream()
                .filter(fault -> (local ? fault.local() : fault.tailrace())
                        .matcher(message)
                        .matches())
                .map(Fault::step)
                .findFirst()
                .orElse(null);
    }
}
