package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Call;
import io.tailrace.conformance.Json;
import io.tailrace.conformance.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** TransactWriteItems and TransactGetItems, some of them again with the same token. */
final class TransactRequests implements RequestSource {
    private static final int ATTEMPTS = 12;

    private final Choice choice;
    private final List<Shape> shapes;
    private final Expressions expressions;
    private final RequestParts parts;
    private ObjectNode previous = Json.object();

    TransactRequests(Choice choice, List<Shape> shapes) {
        this.choice = choice;
        this.shapes = shapes;
        Values values = new Values(choice);
        Attributes attributes = new Attributes(choice, values);
        this.expressions = new Expressions(choice, values, attributes);
        this.parts = new RequestParts(choice, values, attributes);
    }

    @Override
    public Call next() {
        return choice.oneIn(4) ? get() : write();
    }

    private Call write() {
        if (choice.oneIn(8) && previous.has("ClientRequestToken")) {
            return new Call("TransactWriteItems", again());
        }
        ObjectNode body = Json.object();
        ArrayNode actions = body.putArray("TransactItems");
        Set<String> used = new HashSet<>();
        for (int i = choice.of(1, 1, 2, 2, 3, 4, 6); i > 0; i--) {
            action(actions.addObject(), choice.of(shapes), used);
        }
        if (choice.oneIn(60)) {
            action((ObjectNode) actions.get(0), choice.of(shapes), used);
        }
        parts.returnMetrics(body);
        if (choice.oneIn(3)) {
            body.put("ClientRequestToken", token(body.hashCode()));
        }
        previous = body;
        return new Call("TransactWriteItems", body);
    }

    /** The same once more, or nearly. */
    private ObjectNode again() {
        ObjectNode body = previous.deepCopy();
        if (choice.oneIn(3)) {
            JsonNode actions = body.path("TransactItems");
            if (actions.size() > 1) {
                ((ArrayNode) actions).remove(0);
            }
        }
        if (choice.oneIn(3)) {
            body.put("ReturnConsumedCapacity", choice.of("TOTAL", "INDEXES"));
        }
        return body;
    }

    /** The name of the run makes it new in each run. */
    private String token(int number) {
        return choice.oneIn(40)
                ? choice.of("", "x".repeat(36), "x".repeat(37))
                : Scenario.TABLE_PREFIX + Integer.toHexString(number);
    }

    private void action(ObjectNode action, Shape shape, Set<String> used) {
        switch (choice.below(8)) {
            case 0, 1, 2 -> {
                ObjectNode put = action.putObject("Put").put("TableName", shape.name());
                ObjectNode item = parts.item(shape);
                item.setAll(key(shape, used));
                put.set("Item", item);
                condition(put, shape, new Placeholders(choice), choice.oneIn(3));
            }
            case 3 -> {
                ObjectNode delete = action.putObject("Delete").put("TableName", shape.name());
                delete.set("Key", key(shape, used));
                condition(delete, shape, new Placeholders(choice), choice.oneIn(3));
            }
            case 4 -> {
                ObjectNode check = action.putObject("ConditionCheck").put("TableName", shape.name());
                check.set("Key", key(shape, used));
                condition(check, shape, new Placeholders(choice), !choice.oneIn(40));
            }
            default -> update(action, shape, used);
        }
    }

    private void update(ObjectNode action, Shape shape, Set<String> used) {
        ObjectNode update = action.putObject("Update").put("TableName", shape.name());
        update.set("Key", key(shape, used));
        Placeholders placeholders = new Placeholders(choice);
        String text = expressions.update(shape, placeholders);
        update.put("UpdateExpression", text);
        if (!Expressions.makesItem(text)) {
            // On an item that is not there, removing alone makes an item in DynamoDB Local and none in DynamoDB.
            update.put(
                    "ConditionExpression",
                    "attribute_exists("
                            + placeholders.reference(shape.partitionKey().name()) + ")");
            placeholders.addTo(update);
        } else {
            condition(update, shape, placeholders, choice.oneIn(3));
        }
    }

    private void condition(ObjectNode action, Shape shape, Placeholders placeholders, boolean has) {
        if (has) {
            action.put(
                    "ConditionExpression",
                    choice.oneIn(2) ? simple(shape) : expressions.condition(shape, placeholders));
            parts.returnOnFailure(action);
        }
        placeholders.addTo(action);
    }

    /** A condition that often holds. */
    private String simple(Shape shape) {
        return choice.of("attribute_exists", "attribute_not_exists") + "("
                + (shape.hasSortKey() ? shape.sortKey().name() : "a") + ")";
    }

    /** A key that the transaction does not have yet, most of the time. */
    private ObjectNode key(Shape shape, Set<String> used) {
        ObjectNode key = parts.key(shape);
        for (int i = 0; i < ATTEMPTS && !used.add(shape.name() + key) && !choice.oneIn(60); i++) {
            key = parts.key(shape);
        }
        return key;
    }

    private Call get() {
        ObjectNode body = Json.object();
        ArrayNode actions = body.putArray("TransactItems");
        Set<String> used = new HashSet<>();
        for (int i = choice.of(1, 2, 3, 5); i > 0; i--) {
            Shape shape = choice.of(shapes);
            ObjectNode get = actions.addObject().putObject("Get").put("TableName", shape.name());
            get.set("Key", key(shape, used));
            if (choice.oneIn(3)) {
                Placeholders placeholders = new Placeholders(choice);
                get.put("ProjectionExpression", expressions.projection(shape, placeholders));
                placeholders.addTo(get);
            }
        }
        parts.capacity(body);
        return new Call("TransactGetItems", body);
    }
}
