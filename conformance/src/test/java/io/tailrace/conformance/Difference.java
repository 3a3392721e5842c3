package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Two answers to one request that are not the same.
 *
 * @param expected DynamoDB Local's answer, without what is different each time
 * @param actual Tailrace's
 * @param places where they differ, at least one
 */
record Difference(Call call, Answer expected, Answer actual, List<Place> places) {
    /**
     * One place where the answers differ.
     *
     * @param path of the member, list positions left out: {@code Items[].a.N}; {@code status}, {@code error} or
     *     {@code message} for refusals
     * @param expected a missing node where there is nothing
     * @param actual a missing node where there is nothing
     */
    record Place(String path, JsonNode expected, JsonNode actual) {}

    Difference {
        places = List.copyOf(places);
    }

    /** The same for differences that have the same cause, as far as one can tell: names and values are left out. */
    String signature() {
        return call.operation() + " | "
                + places.stream().map(Place::path).distinct().collect(Collectors.joining(" "))
                + " | " + outline(expected) + " | " + outline(actual);
    }

    /** Whether one service did what the other did not. */
    boolean mayLeaveOtherItems() {
        return expected.isOk() != actual.isOk()
                || expected.status() >= 500
                || places.stream().anyMatch(place -> place.path().startsWith("Responses[].Error"));
    }

    private static String outline(Answer answer) {
        if (answer.isOk()) {
            return "ok";
        }
        return answer.errorName() + ": "
                + answer.message()
                        .replaceAll("'[^']*'", "'_'")
                        .replaceAll("\\{[^{}]*\\}", "{_}")
                        .replaceAll("\\[[^\\[\\]]*\\]", "[_]")
                        .replaceAll(
                                "(attribute|operand type|operand|actual|key|Key|near|token|index|name|value|keyword): [^,;]+",
                                "$1: _")
                        .replaceAll("[-\\d]\\d*", "0");
    }

    @Override
    public String toString() {
        return "differs in "
                + places.stream().map(Place::path).distinct().collect(Collectors.joining(", "))
                + "\n    request        " + call + "\n    DynamoDB Local " + expected.status() + " "
                + expected.body() + "\n    Tailrace       " + actual.status() + " " + actual.body();
    }
}
