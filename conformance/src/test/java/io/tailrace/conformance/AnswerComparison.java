package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Difference.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares answers without regard to what DynamoDB leaves open: the order of sets, of scans and of batches. */
final class AnswerComparison {
    private static final Set<String> SETS = Set.of("SS", "NS", "BS");

    private static final List<String> ERROR_MEMBERS = List.of("Item", "CancellationReasons");

    /** What is new with each table, or says where it is. */
    private static final Set<String> VOLATILE = Set.of(
            "CreationDateTime",
            "TableId",
            "TableArn",
            "IndexArn",
            "LatestStreamArn",
            "LatestStreamLabel",
            "LastIncreaseDateTime",
            "LastDecreaseDateTime",
            "LastUpdateToPayPerRequestDateTime");

    private AnswerComparison() {}

    static Optional<Difference> compare(Call call, Answer expected, Answer actual) {
        Answer left = normalized(call, expected);
        Answer right = normalized(call, actual);
        List<Place> places = places(call, left, right);
        return places.isEmpty() ? Optional.empty() : Optional.of(new Difference(call, left, right, places));
    }

    private static List<Place> places(Call call, Answer expected, Answer actual) {
        if (expected.isOk() != actual.isOk()) {
            return List.of(place("status", expected.status(), actual.status()));
        }
        List<Place> places = new ArrayList<>();
        if (expected.isOk()) {
            compareBodies(call, expected.body(), actual.body(), places);
            return places;
        }
        if (expected.status() != actual.status() || !expected.errorName().equals(actual.errorName())) {
            return List.of(place("error", expected.errorName(), actual.errorName()));
        }
        if (!expected.message().equals(actual.message())) {
            return List.of(place("message", expected.message(), actual.message()));
        }
        for (String member : ERROR_MEMBERS) {
            compare(member, expected.body().path(member), actual.body().path(member), places);
        }
        return places;
    }

    private static Place place(String path, Object expected, Object actual) {
        return new Place(path, Json.NODES.textNode(expected.toString()), Json.NODES.textNode(actual.toString()));
    }

    private static void compareBodies(Call call, JsonNode expected, JsonNode actual, List<Place> places) {
        boolean anyOrder = call.order().kind() == Call.Order.Kind.ANY;
        if (anyOrder && call.body().has("ExclusiveStartKey")) {
            return; // where it goes on depends on the order of the scan
        }
        boolean ordered = call.order().kind() == Call.Order.Kind.FIXED;
        if (!ordered && (isCut(expected) || isCut(actual))) {
            compare("ScannedCount", expected.path("ScannedCount"), actual.path("ScannedCount"), places);
        } else {
            compare("", expected, actual, places);
        }
    }

    /** Adds the places below {@code path} that differ. */
    private static void compare(String path, JsonNode expected, JsonNode actual, List<Place> places) {
        if (expected.isObject() && actual.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(path.isEmpty() ? name : path + "." + name, expected.path(name), actual.path(name), places);
            }
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "[]", expected.get(i), actual.get(i), places);
            }
        } else if (!expected.equals(actual)) {
            places.add(new Place(path, expected, actual));
        }
    }

    private static boolean isCut(JsonNode page) {
        return page.has("LastEvaluatedKey") || page.has("NextToken");
    }

    private static Answer normalized(Call call, Answer answer) {
        JsonNode body = normalized(answer.body());
        switch (call.operation()) {
            case "Scan", "Query" -> sortItems(call, body.path("Items"));
            case "ExecuteStatement" -> {
                sortItems(call, body.path("Items"));
                if (body.has("NextToken")) {
                    ((ObjectNode) body).put("NextToken", "some");
                }
            }
            case "BatchGetItem" -> {
                body.path("Responses").forEach(AnswerComparison::sort);
                sort(body.path("ConsumedCapacity"));
            }
            case "TransactGetItems", "ExecuteTransaction", "BatchExecuteStatement" ->
                sort(body.path("ConsumedCapacity"));
            case "BatchWriteItem", "TransactWriteItems" -> {
                body.path("ItemCollectionMetrics").forEach(AnswerComparison::sort);
                sort(body.path("ConsumedCapacity"));
            }
            case "ListTagsOfResource" -> sort(body.path("Tags"));
            case "CreateTable", "DescribeTable", "DeleteTable", "UpdateTable" -> {
                JsonNode table = body.path(body.has("Table") ? "Table" : "TableDescription");
                sort(table.path("AttributeDefinitions"));
                sort(table.path("LocalSecondaryIndexes"));
                sort(table.path("GlobalSecondaryIndexes"));
            }
            default -> {
                // Nothing of the others is unordered.
            }
        }
        return new Answer(answer.status(), body);
    }

    /** Sets in order, numbers of one kind, nothing volatile. */
    private static JsonNode normalized(JsonNode node) {
        if (node.isArray()) {
            ArrayNode array = Json.NODES.arrayNode();
            node.forEach(element -> array.add(normalized(element)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Json.object();
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                if (VOLATILE.contains(member.getKey()) && !member.getValue().isObject()) {
                    continue;
                }
                JsonNode value = normalized(member.getValue());
                if (node.size() == 1 && SETS.contains(member.getKey())) {
                    sort(value);
                }
                object.set(member.getKey(), value);
            }
            return object;
        }
        return node.isNumber() ? Json.NODES.numberNode(node.asDouble()) : node;
    }

    private static void sortItems(Call call, JsonNode items) {
        switch (call.order().kind()) {
            case ANY -> sort(items);
            case TIES -> sortTies(items, call.order().sortKey());
            case FIXED -> {
                // They are as they should be.
            }
        }
    }

    /** Puts items that follow one another with the same value of {@code attribute} into an order. */
    private static void sortTies(JsonNode items, String attribute) {
        if (items instanceof ArrayNode array) {
            List<JsonNode> sorted = new ArrayList<>();
            ArrayNode ties = Json.NODES.arrayNode();
            for (JsonNode item : array) {
                boolean next = !ties.isEmpty() && !ties.get(0).path(attribute).equals(item.path(attribute));
                if (next) {
                    sort(ties);
                    ties.forEach(sorted::add);
                    ties.removeAll();
                }
                ties.add(item);
            }
            sort(ties);
            ties.forEach(sorted::add);
            array.removeAll();
            array.addAll(sorted);
        }
    }

    private static void sort(JsonNode node) {
        if (node instanceof ArrayNode array) {
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(elements::add);
            elements.sort(Comparator.comparing(AnswerComparison::sortText));
            array.removeAll();
            array.addAll(elements);
        }
    }

    /** The text of a tree, the same for every order of members and every way to write a number. */
    private static String sortText(JsonNode node) {
        if (node.size() == 1 && node.path("N").isTextual()) {
            return new BigDecimal(node.path("N").asText()).stripTrailingZeros().toString();
        }
        if (node.isObject()) {
            List<String> members = new ArrayList<>();
            node.properties().forEach(member -> members.add(member.getKey() + ":" + sortText(member.getValue())));
            members.sort(Comparator.naturalOrder());
            return members.toString();
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(sortText(element)));
            return elements.toString();
        }
        return node.toString();
    }
}
