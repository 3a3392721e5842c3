package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** What a service answered: the HTTP status and the body, which is an empty object where there was none. */
record Answer(int status, JsonNode body) {
    private static final Pattern ENVELOPE =
            Pattern.compile("^1 validation error detected: (?!Value |Failed to satisfy)");

    boolean isOk() {
        return status == 200;
    }

    /** The error's name without its name space; empty for success. */
    String errorName() {
        String type = body.path("__type").asText();
        return type.substring(type.indexOf('#') + 1);
    }

    /**
     * The error's text, which some errors call {@code Message}; without the words that the service puts before it when it
     * is not the model's, and DynamoDB Local does not.
     */
    String message() {
        return ENVELOPE.matcher(
                        body.path(body.has("message") ? "message" : "Message").asText())
                .replaceFirst("");
    }

    /** The text that says what is wrong: of a cancelled transaction, that of the first action that is. */
    String fault() {
        for (JsonNode reason : body.path("CancellationReasons")) {
            if (reason.has("Message")) {
                return reason.path("Message").asText();
            }
        }
        return message();
    }
}
