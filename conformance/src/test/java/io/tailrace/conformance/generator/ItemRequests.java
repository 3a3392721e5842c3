package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Call;
import io.tailrace.conformance.Json;
import java.util.List;

/** Requests of the operations on single items and of the batches. */
final class ItemRequests implements RequestSource {
    private final Choice choice;
    private final List<Shape> shapes;
    private final Expressions expressions;
    private final LegacyRequests legacy;
    private final RequestParts parts;

    ItemRequests(Choice choice, List<Shape> shapes) {
        this.choice = choice;
        this.shapes = shapes;
        Values values = new Values(choice);
        Attributes attributes = new Attributes(choice, values);
        this.expressions = new Expressions(choice, values, attributes);
        this.legacy = new LegacyRequests(choice, values, attributes);
        this.parts = new RequestParts(choice, values, attributes);
    }

    @Override
    public Call next() {
        Shape shape = choice.of(shapes);
        return switch (choice.below(16)) {
            case 0, 1, 2, 3, 4 -> put(shape);
            case 5, 6, 7, 8, 9 -> update(shape);
            case 10, 11 -> delete(shape);
            case 12, 13 -> get(shape);
            case 14 -> batchWrite();
            default -> batchGet();
        };
    }

    private Call put(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Item", parts.item(shape));
        parts.returnValues(body, "NONE", "ALL_OLD", "ALL_OLD", choice.oneIn(10) ? "UPDATED_NEW" : "NONE");
        addConditions(shape, body);
        return new Call("PutItem", body);
    }

    private Call delete(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Key", parts.key(shape));
        parts.returnValues(body, "NONE", "ALL_OLD", "ALL_OLD", choice.oneIn(10) ? "ALL_NEW" : "NONE");
        addConditions(shape, body);
        return new Call("DeleteItem", body);
    }

    private Call update(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Key", parts.key(shape));
        parts.returnValues(body, "NONE", "ALL_OLD", "ALL_NEW", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW", "UPDATED_NEW");
        parts.returnMetrics(body);
        if (choice.oneIn(8)) {
            legacy.addUpdates(body);
            return new Call("UpdateItem", body);
        }
        Placeholders placeholders = new Placeholders(choice);
        if (!choice.oneIn(20)) {
            body.put("UpdateExpression", expressions.update(shape, placeholders));
        }
        if (!Expressions.makesItem(body.path("UpdateExpression").asText())) {
            // On an item that is not there, removing alone makes an item in DynamoDB Local and none in DynamoDB.
            body.put(
                    "ConditionExpression",
                    "attribute_exists("
                            + placeholders.reference(shape.partitionKey().name()) + ")");
        } else if (choice.oneIn(3)) {
            body.put("ConditionExpression", expressions.condition(shape, placeholders));
            parts.returnOnFailure(body);
        }
        placeholders.addTo(body);
        return new Call("UpdateItem", body);
    }

    private void addConditions(Shape shape, ObjectNode body) {
        parts.returnMetrics(body);
        if (choice.oneIn(16)) {
            legacy.addExpected(body);
            return;
        }
        if (choice.oneIn(3)) {
            Placeholders placeholders = new Placeholders(choice);
            body.put("ConditionExpression", expressions.condition(shape, placeholders));
            parts.returnOnFailure(body);
            placeholders.addTo(body);
        }
    }

    private Call get(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        body.set("Key", parts.key(shape));
        parts.consistentRead(body);
        parts.capacity(body);
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

    private Call batchWrite() {
        ObjectNode body = Json.object();
        ObjectNode tables = body.putObject("RequestItems");
        for (int i = choice.between(1, 5); i > 0; i--) {
            Shape shape = choice.of(shapes);
            ObjectNode write = tables.withArray("/" + shape.name()).addObject();
            if (choice.oneIn(3)) {
                write.putObject("DeleteRequest").set("Key", parts.key(shape));
            } else {
                write.putObject("PutRequest").set("Item", parts.item(shape));
            }
        }
        parts.returnMetrics(body);
        return new Call("BatchWriteItem", body);
    }

    private Call batchGet() {
        ObjectNode body = Json.object();
        ObjectNode tables = body.putObject("RequestItems");
        for (int i = choice.between(1, 5); i > 0; i--) {
            Shape shape = choice.of(shapes);
            ObjectNode table = tables.withObject("/" + shape.name());
            ArrayNode keys = table.withArray("/Keys");
            keys.add(parts.key(shape));
            if (keys.size() == 1) {
                addProjection(shape, table);
                parts.consistentRead(table);
            }
        }
        parts.capacity(body);
        return new Call("BatchGetItem", body);
    }
}
