package io.tailrace.engine.error;

import io.tailrace.schemas.model.Item;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A refusal that the API reports as it stands: its type and its message go to the client. Carries no stack trace unless
 * the server is at fault, because most of them are ordinary outcomes (a failed condition) and are made by the million.
 */
public final class DynamoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorType type;
    private final transient Item item;
    private final transient List<CancellationReason> cancellationReasons;

    public DynamoException(ErrorType type, String message) {
        this(type, message, null, null, List.of());
    }

    /** With the exception that led to it, for server faults. */
    public DynamoException(ErrorType type, String message, Throwable cause) {
        this(type, message, cause, null, List.of());
    }

    private DynamoException(
            ErrorType type, String message, Throwable cause, Item item, List<CancellationReason> cancellationReasons) {
        super(message, cause, true, type.httpStatus() >= 500);
        this.type = Objects.requireNonNull(type);
        this.item = item;
        this.cancellationReasons = List.copyOf(cancellationReasons);
    }

    /** A ValidationException of this text. */
    public static DynamoException validation(String message) {
        return new DynamoException(ErrorType.VALIDATION, message);
    }

    /** A failed condition; {@code item} goes into the error body, null for none. */
    public static DynamoException conditionalCheckFailed(Item item) {
        return new DynamoException(
                ErrorType.CONDITIONAL_CHECK_FAILED, ErrorMessages.conditionalCheckFailed(), null, item, List.of());
    }

    /** A cancelled transaction with one reason for each action, in their order. */
    public static DynamoException transactionCanceled(List<CancellationReason> reasons) {
        return new DynamoException(
                ErrorType.TRANSACTION_CANCELED, ErrorMessages.transactionCanceled(reasons), null, null, reasons);
    }

    public ErrorType type() {
        return type;
    }

    /** The {@code Item} of the error body: the item whose condition failed, when the request asked for it. */
    public Optional<Item> item() {
        return Optional.ofNullable(item);
    }

    /** The {@code CancellationReasons} of the error body; empty for everything but cancelled transactions. */
    public List<CancellationReason> cancellationReasons() {
        return cancellationReasons;
    }
}
