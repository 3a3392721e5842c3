package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Json;

/** What requests of all kinds are made of: keys, items and the parameters that many operations have. */
final class RequestParts {
    private final Choice choice;
    private final Values values;
    private final Attributes attributes;

    RequestParts(Choice choice, Values values, Attributes attributes) {
        this.choice = choice;
        this.values = values;
        this.attributes = attributes;
    }

    ObjectNode key(Shape shape) {
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

    ObjectNode keyValue(Shape.Attribute attribute) {
        return choice.oneIn(60) ? values.badKey(attribute.type()) : values.key(attribute.type());
    }

    ObjectNode item(Shape shape) {
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

    void returnValues(ObjectNode body, String... modes) {
        if (!choice.oneIn(3)) {
            body.put("ReturnValues", choice.of(modes));
        }
    }

    void returnOnFailure(ObjectNode body) {
        if (choice.oneIn(2)) {
            body.put("ReturnValuesOnConditionCheckFailure", choice.of("ALL_OLD", "ALL_OLD", "NONE"));
        }
    }

    void returnMetrics(ObjectNode body) {
        capacity(body);
        if (choice.oneIn(8)) {
            body.put("ReturnItemCollectionMetrics", choice.of("SIZE", "SIZE", "NONE"));
        }
    }

    void capacity(ObjectNode body) {
        if (choice.oneIn(4)) {
            body.put("ReturnConsumedCapacity", choice.of("TOTAL", "INDEXES", "INDEXES", "NONE"));
        }
    }

    void consistentRead(ObjectNode body) {
        if (choice.oneIn(4)) {
            body.put("ConsistentRead", !choice.oneIn(3));
        }
    }
}
