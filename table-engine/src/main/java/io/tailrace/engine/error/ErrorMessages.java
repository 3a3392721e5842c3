package io.tailrace.engine.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The texts of the API's errors, word for word as DynamoDB gives them. Sources: the API Reference (types and
 * conditions), the Developer Guide (limits) and answers of the service itself, as applications have them in their logs.
 */
public final class ErrorMessages {
    private static final String INVALID_PARAMETERS = "One or more parameter values were invalid: ";

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
}
