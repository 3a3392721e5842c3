package io.tailrace.engine.error;

import java.util.Collection;

/**
 * The texts of the errors of PartiQL statements, word for word as DynamoDB gives them. Sources: the Developer Guide
 * (PartiQL) and answers of the service, as applications have them in their logs; where those say nothing, DynamoDB Local.
 */
public final class StatementErrorMessages {
    private StatementErrorMessages() {}

    /** A text that is no statement. */
    public static String malformed(String detail) {
        return "Statement wasn't well formed, can't be processed: " + detail;
    }

    public static String unsupportedOperation(String operation) {
        return "Unsupported operation: " + operation;
    }

    public static String unsupportedClause(String clause) {
        return "Unsupported clause: " + clause;
    }

    public static String aliasing() {
        return "Aliasing is not supported";
    }

    public static String severalSources() {
        return "Only select from a single table or index is supported.";
    }

    public static String pathTooLongInFrom() {
        return "A path may contain at most 2 components in the FROM clause";
    }

    public static String tableName() {
        return "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.";
    }

    public static String writeToIndex() {
        return "This operation is not supported on an index";
    }

    public static String returningOfInsert() {
        return "RETURNING is not supported in INSERT";
    }

    public static String returningOfDelete(String words) {
        return "Invalid returning clause: RETURNING " + words
                + " *. Only RETURNING ALL OLD * is allowed in DELETE statements.";
    }

    public static String parameterCount() {
        return "Number of parameters in request and statement don't match.";
    }

    public static String notBoolean() {
        return "WHERE clause must contain an expression that resolves to a boolean";
    }

    /** @param position where the function's name stands, as line, column and length */
    public static String unrecognizedFunction(String name, String position) {
        return "Unrecognized function: " + name + " at " + position;
    }

    /** A table's or an index's name that is empty. */
    public static String emptyPathComponent() {
        return "Path component cannot be an empty string";
    }

    /** A function where SELECT names what it returns. */
    public static String functionInProjection(String position) {
        return "Unexpected path component at " + position;
    }

    /** Statements do not say which index it is. */
    public static String indexMissing() {
        return "The table does not have the specified index";
    }

    public static String consistentReadOfGlobalIndex() {
        return "Strongly consistent read is not supported on Global Secondary Indexes";
    }

    public static String keysOfSeveralAttributes() {
        return "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.";
    }

    /** A literal that is a number, but none of DynamoDB's; {@code place} is where in its value it stands. */
    public static String numberLiteral(String why, String place) {
        return why + " under root" + place;
    }

    public static String transactionIndexRead() {
        return "Reads on indices are not supported within transactions.";
    }

    public static String functionInUpdate(String name) {
        return "The function is not allowed in an update expression; function: " + name;
    }

    public static String functionInCondition(String name) {
        return "The function is not allowed in a condition expression; function: " + name;
    }

    public static String operatorInCondition(String operator) {
        return "Unsupported operator in Condition Expression. Operator: " + operator;
    }

    public static String operatorInUpdate(String operator) {
        return "Unsupported operator in Update Expression. Operator: " + operator;
    }

    public static String missingOutsideIs() {
        return "MISSING must be compared using IS operator";
    }

    public static String inOperands() {
        return "IN operator must have a left hand argument of type Variable Reference and right hand argument of type Seq"
                + " with at least one member";
    }

    public static String typeOfIs(String type) {
        return "Unsupported data type for IS operator: " + type
                + ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]";
    }

    public static String valueType(String what) {
        return "Unsupported data type: " + what;
    }

    /** Parameters stand for whole values only. */
    public static String nestedParameter(String path) {
        return valueType("Parameter under key " + path);
    }

    public static String duplicateMember(String name) {
        return "Duplicate keys in tuple. Key: " + name;
    }

    public static String emptyBag() {
        return "Empty bags are not supported";
    }

    public static String bagType() {
        return "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags";
    }

    public static String duplicateNumberInBag() {
        return "Input collection contains duplicates";
    }

    public static String duplicateStringInBag(Collection<String> elements) {
        return ErrorMessages.invalidParameters(
                "Input collection [" + String.join(", ", elements) + "] contains duplicates.");
    }

    public static String setFunctionOperands(String function, String position) {
        return function + " must have exactly two arguments at " + position;
    }

    public static String setFunctionPath(String function, String position) {
        return "The first argument to " + function + " must equal the assignment value at " + position;
    }

    public static String setFunctionValue(String function, String position) {
        return "The second argument to " + function + " must be a value with type SET at " + position;
    }

    public static String functionAsValue(String function, String position) {
        return valueType(function + " under key root at " + position);
    }

    public static String insertValue() {
        return "Unsupported format in item expression. Please use struct format {...} to express item values for insert"
                + " statement.";
    }

    public static String duplicateIdentifier(String name) {
        return "Duplicate identifiers in select clause: " + name;
    }

    public static String orderByWithoutWhere() {
        return "Must have WHERE clause in the statement when using ORDER BY clause.";
    }

    public static String orderByWithoutHashKey() {
        return "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.";
    }

    public static String orderByNotKey(String name) {
        return "Variable reference " + name + " in ORDER BY clause must be part of the primary key";
    }

    /** Sort keys of several attributes are read in one direction; the text is ours. */
    public static String orderByDirections() {
        return "All sort key attributes in ORDER BY clause must have the same direction";
    }

    public static String keyEqualityMissing() {
        return "Where clause does not contain a mandatory equality on all key attributes";
    }

    public static String keyMissing(String attribute) {
        return "Key attribute should be present in the item: Key " + attribute;
    }

    public static String keyType(String attribute) {
        return "Key attribute's data type should match its data type in table's schema: Key " + attribute;
    }

    public static String duplicateItem() {
        return "Duplicate primary key exists in table";
    }

    public static String invalidNextToken() {
        return "Invalid NextToken";
    }

    public static String otherNextToken() {
        return "NextToken does not match request";
    }

    public static String existsOutsideTransaction() {
        return "EXISTS can only be used in ExecuteTransaction write requests.";
    }

    public static String batchMixed() {
        return "Read and write requests together in the same batch is not supported.";
    }

    public static String batchSelectWithoutKey() {
        return "Select statements within BatchExecuteStatement must specify the primary key in the where clause.";
    }

    public static String batchDuplicates() {
        return "Provided list of item keys contains duplicates";
    }

    public static String transactionMixed() {
        return "ExecuteTransaction API does not support both read and write operations in the same request.";
    }

    /** What is wrong with one statement of a transaction. */
    public static String transactionStatement(int position, String detail) {
        return "Validation failed in TransactStatements[" + position + "]: " + detail;
    }

    public static String transactionSelectWithoutKey() {
        return "Select statements within ExecuteTransaction must specify the primary key in the where clause.";
    }

    public static String transactionReturning() {
        return "RETURNING clause is not supported in ExecuteTransaction.";
    }

    public static String existsWithoutCondition() {
        return "EXISTS() must contain a single item read with additional condition";
    }

    public static String numberOverflow() {
        return "Number overflow. Attempting to store a number with magnitude larger than supported range";
    }

    public static String numberUnderflow() {
        return "Number underflow. Attempting to store a number with magnitude smaller than supported range";
    }

    public static String numberPrecision() {
        return "Attempting to store more than 38 significant digits in a Number";
    }

    public static String statementTooDeep() {
        return malformed("Expressions are nested too deeply");
    }
}
