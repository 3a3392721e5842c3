package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Call;
import io.tailrace.conformance.Json;
import java.util.List;

/** Query and Scan of tables and their indexes: whole, in pages and in segments. */
final class ReadRequests implements RequestSource {
    private final Choice choice;
    private final List<Shape> shapes;
    private final Values values;
    private final Expressions expressions;
    private final LegacyRequests legacy;
    private final RequestParts parts;

    ReadRequests(Choice choice, List<Shape> shapes) {
        this.choice = choice;
        this.shapes = shapes;
        this.values = new Values(choice);
        Attributes attributes = new Attributes(choice, values);
        this.expressions = new Expressions(choice, values, attributes);
        this.legacy = new LegacyRequests(choice, values, attributes);
        this.parts = new RequestParts(choice, values, attributes);
    }

    @Override
    public Call next() {
        return choice.oneIn(3) ? scan(choice.of(shapes)) : query(choice.of(shapes));
    }

    /** All items of a table. */
    static Call wholeTable(Shape shape) {
        return new Call("Scan", Json.object("TableName", shape.name())).with(Call.Extent.ALL_PAGES);
    }

    private Call query(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        List<Shape.Attribute> key = shape.key();
        Call.Order order = Call.Order.FIXED;
        if (!shape.indexes().isEmpty() && choice.oneIn(2)) {
            Shape.Index index = choice.of(shape.indexes());
            body.put("IndexName", index.name());
            key = index.key();
            if (index.global()) {
                order = Call.Order.by(key.size() > 1 ? key.get(1).name() : "");
            }
        }
        Call.Extent extent = choice.oneIn(3) ? Call.Extent.ALL_PAGES : Call.Extent.ONCE;
        if (choice.oneIn(3)) {
            body.put("ScanIndexForward", choice.oneIn(3));
        }
        addReadParameters(shape, body, extent != Call.Extent.ONCE);
        if (choice.oneIn(8)) {
            legacy.addKeyConditions(key, body);
            return new Call("Query", body).with(extent).with(order);
        }
        Placeholders placeholders = new Placeholders(choice);
        body.put("KeyConditionExpression", expressions.keyCondition(key, placeholders));
        addFilterAndProjection(shape, body, placeholders);
        return new Call("Query", body).with(extent).with(order);
    }

    private Call scan(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        Call.Extent extent = choice.of(
                Call.Extent.ONCE,
                Call.Extent.ONCE,
                Call.Extent.ALL_PAGES,
                Call.Extent.ALL_PAGES,
                Call.Extent.ALL_SEGMENTS);
        if (!shape.indexes().isEmpty() && choice.oneIn(3)) {
            body.put("IndexName", choice.of(shape.indexes()).name());
        }
        if (extent == Call.Extent.ALL_SEGMENTS) {
            body.put("TotalSegments", choice.of(1, 2, 3, 7, 16));
        } else if (choice.oneIn(10)) {
            body.put("TotalSegments", 1).put("Segment", choice.oneIn(6) ? 1 : 0);
        }
        addReadParameters(shape, body, extent != Call.Extent.ONCE);
        if (choice.oneIn(10)) {
            legacy.addFilter("ScanFilter", body);
        } else {
            addFilterAndProjection(shape, body, new Placeholders(choice));
        }
        return new Call("Scan", body).with(extent);
    }

    private void addReadParameters(Shape shape, ObjectNode body, boolean allPages) {
        if (choice.oneIn(3)) {
            body.put("Limit", choice.oneIn(20) ? 0 : choice.between(1, 4));
        }
        if (!allPages && choice.oneIn(10)) {
            ObjectNode start = parts.key(shape);
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
        parts.consistentRead(body);
        if (!allPages) {
            parts.capacity(body);
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
}
