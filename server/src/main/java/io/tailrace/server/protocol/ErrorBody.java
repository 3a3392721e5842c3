package io.tailrace.server.protocol;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.server.http.Refusal;
import java.io.IOException;
import java.util.Optional;

/**
 * An error as it goes to the client. (Developer Guide, "Error handling with DynamoDB"; API Reference, "Common Errors".)
 *
 * @param wireType the {@code __type} member
 * @param messageMember how the body calls the text
 * @param details the exception whose further members go into the body; empty for none
 */
record ErrorBody(int status, String wireType, String messageMember, String message, Optional<DynamoException> details) {
    private static final String SERVICE = "com.amazon.coral.service#";
    private static final String INTERNAL =
            "The request processing has failed because of an unknown error, exception or failure.";

    static ErrorBody of(DynamoException refused) {
        return of(refused.type(), refused.getMessage(), Optional.of(refused));
    }

    static ErrorBody serialization(String message) {
        return of(ErrorType.SERIALIZATION, message, Optional.empty());
    }

    /** Says nothing of what went wrong: that is for the log. */
    static ErrorBody internal() {
        return of(ErrorType.INTERNAL_SERVER_ERROR, INTERNAL, Optional.empty());
    }

    static ErrorBody of(Refusal refusal) {
        return switch (refusal) {
            case OVERLOADED -> of(ErrorType.THROTTLING, refusal.text() + ".", Optional.empty());
            case STOPPING -> of(ErrorType.SERVICE_UNAVAILABLE, refusal.text() + ".", Optional.empty());
            case HOST_NOT_OURS -> front(refusal, "AccessDeniedException");
            case TIMED_OUT -> front(refusal, "RequestTimeoutException");
            case BODY_TOO_LARGE -> front(refusal, "RequestEntityTooLargeException");
            case MALFORMED, TARGET_TOO_LONG, ENCODING_NOT_SUPPORTED, EXPECTATION_NOT_SUPPORTED, HEADERS_TOO_LARGE ->
                front(refusal, "MalformedHttpRequestException");
        };
    }

    /** The error's code without its name space. */
    String code() {
        return wireType.substring(wireType.indexOf('#') + 1);
    }

    void write(JsonWriter out) throws IOException {
        out.startObject();
        out.member("__type", wireType);
        out.member(messageMember, message);
        if (details.isPresent()) {
            out.member("Item", details.get().item().orElse(null), JsonWriter.ITEM);
            if (!details.get().cancellationReasons().isEmpty()) {
                out.list("CancellationReasons", details.get().cancellationReasons(), ErrorBody::reason);
            }
        }
        out.endObject();
    }

    private static void reason(JsonWriter out, CancellationReason reason) throws IOException {
        out.startObject();
        out.member("Code", reason.code());
        out.member("Message", reason.message());
        out.member("Item", reason.item(), JsonWriter.ITEM);
        out.endObject();
    }

    private static ErrorBody of(ErrorType type, String message, Optional<DynamoException> details) {
        return new ErrorBody(type.httpStatus(), type.wireType(), type.messageMember(), message, details);
    }

    /** An error of the service's HTTP front, which no operation has. */
    private static ErrorBody front(Refusal refusal, String code) {
        return new ErrorBody(refusal.status(), SERVICE + code, "message", refusal.text() + ".", Optional.empty());
    }
}
