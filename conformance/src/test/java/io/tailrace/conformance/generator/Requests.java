package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Call;
import io.tailrace.conformance.Json;
import java.util.List;
import java.util.Optional;

/** Requests of the operations on items, and reads of tables. */
final class Requests {
    private final Choice choice;
    private final List<Shape> shapes;
    private final Values values;
    private final Attributes attributes;
    private final Expressions expressions;
    private final LegacyRequests legacy;

    Requests(Choice choice, List<Shape> shapes) {
        this.choice = choice;
        this.shapes = shapes;
        this.values = new Values(choice);
        this.attributes = new Attributes(choice, values);
        this.expressions = new Expressions(choice, values, attributes);
        this.legacy = new LegacyRequests(choice, values, attributes);
    }

    Call next() {
        Shape shape = choice.of(shapes);
        return switch (choice.below(24)) {
            case 0, 1, 2, 3, 4 -> put(shape);
            case 5, 6, 7, 8, 9 -> update(shape);
            case 10, 11 -> delete(shape);
            case 12, 13 -> get(shape);
            case 14, 15, 16, 17 -> query(shape);
            case 18, 19 -> scan(shape);
            case 20 -> batchWrite();
            case 21 -> batchGet();
            case 22 -> new Call("DescribeTable", Json.object("TableName", shape.name()));
            default -> put(shape);
        };
    }

    /** All items of a table. */
    Call wholeTable(Shape shape) {
        return new Call("Scan", Json.object("TableName", shape.name()), true);
    }

    private Call put(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Item", item(shape));
        returnValues(body, "NONE", "ALL_OLD", "ALL_OLD", choice.oneIn(10) ? "UPDATED_NEW" : "NONE");
        addConditions(shape, body);
        return new Call("PutItem", body);
    }

    private Call delete(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Key", key(shape));
        returnValues(body, "NONE", "ALL_OLD", "ALL_OLD", choice.oneIn(10) ? "ALL_NEW" : "NONE");
        addConditions(shape, body);
        return new Call("DeleteItem", body);
    }

    private Call update(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Key", key(shape));
        returnValues(body, "NONE", "ALL_OLD", "ALL_NEW", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW", "UPDATED_NEW");
        returnMetrics(body);
        if (choice.oneIn(8)) {
            legacy.addUpdates(body);
            return new Call("UpdateItem", body);
        }
        Placeholders placeholders = new Placeholders(choice);
        if (!choice.oneIn(20)) {
            body.put("UpdateExpression", expressions.update(shape, placeholders));
        }
        if (!body.path("UpdateExpression").asText().matches("(?i).*(SET|ADD) .*")) {
            // On an item that is not there, removing alone makes an item in DynamoDB Local and none in DynamoDB.
            body.put(
                    "ConditionExpression",
                    "attribute_exists("
                            + placeholders.reference(shape.partitionKey().name()) + ")");
        } else if (choice.oneIn(3)) {
            body.put("ConditionExpression", expressions.condition(shape, placeholders));
            returnOnFailure(body);
        }
        placeholders.addTo(body);
        return new Call("UpdateItem", body);
    }

    private void addConditions(Shape shape, ObjectNode body) {
        returnMetrics(body);
        if (choice.oneIn(16)) {
            legacy.addExpected(body);
            return;
        }
        if (choice.oneIn(3)) {
            Placeholders placeholders = new Placeholders(choice);
            body.put("ConditionExpression", expressions.condition(shape, placeholders));
            returnOnFailure(body);
            placeholders.addTo(body);
        }
    }

    private Call get(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Key", key(shape));
        consistentRead(body);
        capacity(body);
        addProjection(shape, body);
        return new Call("GetItem", body);
    }

    /** A projection of one kind or the other, or none. */
    private void addProjection(Shape shape, ObjectNode body) {
        if (choice.oneIn(12)) {
            legacy.addAttributesToGet(body);
            return;
        }
        if (choice.oneIn(3)) {
            Placeholders placeholders = new Placeholders(choice);
            body.put("ProjectionExpression", expressions.projection(shape, placeholders));
            placeholders.addTo(body);
        }
    }

    private Call query(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        List<Shape.Attribute> key = shape.key();
        Optional<String> sortedBy = Optional.empty();
        if (!shape.indexes().isEmpty() && choice.oneIn(2)) {
            Shape.Index index = choice.of(shape.indexes());
            body.put("IndexName", index.name());
            key = index.key();
            if (index.global()) {
                sortedBy = Optional.of(key.size() > 1 ? key.get(1).name() : "");
            }
        }
        boolean allPages = choice.oneIn(3);
        if (choice.oneIn(3)) {
            body.put("ScanIndexForward", choice.oneIn(3));
        }
        addReadParameters(shape, body, allPages);
        if (choice.oneIn(8)) {
            legacy.addKeyConditions(key, body);
            return new Call("Query", body, allPages, sortedBy);
        }
        Placeholders placeholders = new Placeholders(choice);
        body.put("KeyConditionExpression", expressions.keyCondition(key, placeholders));
        addFilterAndProjection(shape, body, placeholders);
        return new Call("Query", body, allPages, sortedBy);
    }

    private Call scan(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        boolean allPages = choice.oneIn(2);
        if (!shape.indexes().isEmpty() && choice.oneIn(3)) {
            body.put("IndexName", choice.of(shape.indexes()).name());
        }
        if (choice.oneIn(10)) {
            body.put("TotalSegments", 1).put("Segment", choice.oneIn(6) ? 1 : 0);
        }
        addReadParameters(shape, body, allPages);
        if (choice.oneIn(10)) {
            legacy.addFilter("ScanFilter", body);
            return new Call("Scan", body, allPages);
        }
        addFilterAndProjection(shape, body, new Placeholders(choice));
        return new Call("Scan", body, allPages);
    }

    private void addReadParameters(Shape shape, ObjectNode body, boolean allPages) {
        if (choice.oneIn(3)) {
            body.put("Limit", choice.oneIn(20) ? 0 : choice.between(1, 4));
        }
        if (!allPages && choice.oneIn(10)) {
            ObjectNode start = key(shape);
            if (choice.oneIn(2)) {
                shape.keyAttributes().forEach(attribute -> start.set(attribute.name(), values.key(attribute.type())));
            }
            body.set("ExclusiveStartKey", start);
        }
        if (choice.oneIn(8)) {
            body.put(
                    "Select",
                    choice.of("ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES", "COUNT", "COUNT", "SPECIFIC_ATTRIBUTES"));
        }
        consistentRead(body);
        if (!allPages) {
            capacity(body);
        }
    }

    private void addFilterAndProjection(Shape shape, ObjectNode body, Placeholders placeholders) {
        if (choice.oneIn(3)) {
            body.put("FilterExpression", expressions.condition(shape, placeholders));
        }
        if (choice.oneIn(4)) {
            body.put("ProjectionExpression", expressions.projection(shape, placeholders));
        }
        placeholders.addTo(body);
    }

    private Call batchWrite() {
        ObjectNode body = Json.object();
        ObjectNode tables = body.putObject("RequestItems");
        for (int i = choice.between(1, 5); i > 0; i--) {
            Shape shape = choice.of(shapes);
            ObjectNode write = tables.withArray("/" + shape.name()).addObject();
            if (choice.oneIn(3)) {
                write.putObject("DeleteRequest").set("Key", key(shape));
            } else {
                write.putObject("PutRequest").set("Item", item(shape));
            }
        }
        returnMetrics(body);
        return new Call("BatchWriteItem", body);
    }

    private Call batchGet() {
        ObjectNode body = Json.object();
        ObjectNode tables = body.putObject("RequestItems");
        for (int i = choice.between(1, 5); i > 0; i--) {
            Shape shape = choice.of(shapes);
            ObjectNode table = tables.withObject("/" + shape.name());
            ArrayNode keys = table.withArray("/Keys");
            keys.add(key(shape));
            if (keys.size() == 1) {
                addProjection(shape, table);
                consistentRead(table);
            }
        }
        capacity(body);
        return new Call("BatchGetItem", body);
    }

    private ObjectNode key(Shape shape) {
        ObjectNode key = Json.object();
        for (Shape.Attribute attribute : shape.key()) {
            key.set(attribute.name(), keyValue(attribute));
        }
        if (choice.oneIn(80)) {
            key.remove(choice.of(shape.key()).name());
        }
        if (choice.oneIn(80)) {
            key.set("a", values.any());
        }
        return key;
    }

    private ObjectNode keyValue(Shape.Attribute attribute) {
        return choice.oneIn(60) ? values.badKey(attribute.type()) : values.key(attribute.type());
    }

    private ObjectNode item(Shape shape) {
        ObjectNode item = key(shape);
        for (int i = choice.below(7); i > 0; i--) {
            String name = attributes.name();
            item.set(name, attributes.valueFor(name));
        }
        for (Shape.Index index : shape.indexes()) {
            for (Shape.Attribute attribute : index.key()) {
                if (!item.has(attribute.name()) && !choice.oneIn(3)
                        || choice.oneIn(4) && !shape.isKey(attribute.name())) {
                    item.set(attribute.name(), keyValue(attribute));
                }
            }
        }
        return item;
    }

    private void returnValues(ObjectNode body, String... modes) {
        if (!choice.oneIn(3)) {
            body.put("ReturnValues", choice.of(modes));
        }
    }

    private void returnOnFailure(ObjectNode body) {
        if (choice.oneIn(2)) {
            body.put("ReturnValuesOnConditionCheckFailure", choice.of("ALL_OLD", "ALL_OLD", "NONE"));
        }
    }

    private void returnMetrics(ObjectNode body) {
        capacity(body);
        if (choice.oneIn(8)) {
            body.put("ReturnItemCollectionMetrics", choice.of("SIZE", "SIZE", "NONE"));
        }
    }

    private void capacity(ObjectNode body) {
        if (choice.oneIn(4)) {
            body.put("ReturnConsumedCapacity", choice.of("TOTAL", "INDEXES", "INDEXES", "NONE"));
        }
    }

    private void consistentRead(ObjectNode body) {
        if (choice.oneIn(4)) {
            body.put("ConsistentRead", !choice.oneIn(3));
        }
    }
}
