package io.tailrace.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One request of a scenario.
 *
 * @param operation as in the target header
 * @param allPages whether to go on with each LastEvaluatedKey until there is none, and to compare what the pages hold together
 * @param sortedBy for queries of a global index: its sort key, whose equal values come in any order, or an empty name when
 *     it has none
 */
public record Call(String operation, ObjectNode body, boolean allPages, Optional<String> sortedBy) {
    public Call(String operation, ObjectNode body) {
        this(operation, body, false, Optional.empty());
    }

    public Call(String operation, ObjectNode body, boolean allPages) {
        this(operation, body, allPages, Optional.empty());
    }

    Call withBody(ObjectNode newBody) {
        return new Call(operation, newBody, allPages, sortedBy);
    }

    boolean isRead() {
        return switch (operation) {
            case "GetItem", "BatchGetItem", "Query", "Scan", "DescribeTable", "ListTables" -> true;
            default -> false;
        };
    }

    /** Whether the answer may come from a global index, which lags behind. */
    boolean readsIndex() {
        return body.has("IndexName");
    }

    @Override
    public String toString() {
        return operation + (allPages ? " (all pages) " : " ") + body;
    }
}
