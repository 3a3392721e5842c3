package io.tailrace.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One request of a scenario.
 *
 * @param operation as in the target header
 * @param extent how much of the answer is asked for
 * @param order what is known of the order of the answer's items
 */
public record Call(String operation, ObjectNode body, Extent extent, Order order) {
    /** How often a read is repeated to get it all. */
    public enum Extent {
        /** One request. */
        ONCE,
        /** Goes on after each page until there is none, and compares what the pages hold together. */
        ALL_PAGES,
        /** All pages of all segments of a Scan, whose body has TotalSegments and no Segment. */
        ALL_SEGMENTS
    }

    /**
     * The order in which items come.
     *
     * @param kind whether there is one
     * @param sortKey for {@link Kind#TIES} the attribute that items are sorted by
     */
    public record Order(Kind kind, String sortKey) {
        /** The order of the items. */
        public static final Order FIXED = new Order(Kind.FIXED, "");
        /** No order, as of scans. */
        public static final Order ANY = new Order(Kind.ANY, "");

        /** Sorted by an attribute, and items with the same value in any order, as queries of global indexes are. */
        public static Order by(String sortKey) {
            return new Order(Kind.TIES, sortKey);
        }

        /** What is known of an order. */
        public enum Kind {
            FIXED,
            TIES,
            ANY
        }
    }

    public Call(String operation, ObjectNode body) {
        this(operation, body, Extent.ONCE, operation.equals("Scan") ? Order.ANY : Order.FIXED);
    }

    public Call with(Extent newExtent) {
        return new Call(operation, body, newExtent, order);
    }

    public Call with(Order newOrder) {
        return new Call(operation, body, extent, newOrder);
    }

    Call withBody(ObjectNode newBody) {
        return new Call(operation, newBody, extent, order);
    }

    boolean isRead() {
        return switch (operation) {
            case "GetItem",
                    "BatchGetItem",
                    "TransactGetItems",
                    "Query",
                    "Scan",
                    "DescribeTable",
                    "ListTables",
                    "DescribeTimeToLive",
                    "ListTagsOfResource" -> true;
            case "ExecuteStatement" -> isSelect();
            default -> false;
        };
    }

    private boolean isSelect() {
        return body.path("Statement").asText().stripLeading().regionMatches(true, 0, "SELECT", 0, 6);
    }

    /** Whether the answer may come from a global index, which lags behind. */
    boolean readsIndex() {
        return body.has("IndexName") || body.path("Statement").asText().contains("\".\"");
    }

    @Override
    public String toString() {
        return operation + (extent == Extent.ONCE ? " " : " (" + extent + ") ") + body;
    }
}
