package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** What a service answered: the HTTP status and the body, which is an empty object where there was none. */
record Answer(int status, JsonNode body) {
    boolean isOk() {
        return status == 200;
    }

    /** The error's name without its name space; empty for success. */
    String errorName() {
        String type = body.path("__type").asText();
        return type.substring(type.indexOf('#') + 1);
    }

    /** The error's text, which some errors call {@code Message}. */
    String message() {
        return body.path(body.has("message") ? "message" : "Message").asText();
    }
}
