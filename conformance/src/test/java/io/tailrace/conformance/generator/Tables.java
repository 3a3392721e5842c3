package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Json;
import io.tailrace.conformance.Scenario;
import java.util.ArrayList;
import java.util.List;

/** Tables with keys and indexes of all types, and the requests that create them. */
final class Tables {
    private static final List<Shape.Attribute> INDEX_ATTRIBUTES = List.of(
            new Shape.Attribute("a", "S"),
            new Shape.Attribute("b", "S"),
            new Shape.Attribute("n", "N"),
            new Shape.Attribute("d", "N"),
            new Shape.Attribute("bin", "B"));

    private final Choice choice;

    Tables(Choice choice) {
        this.choice = choice;
    }

    Shape shape(char letter) {
        List<Shape.Attribute> key = new ArrayList<>();
        key.add(new Shape.Attribute(choice.of("pk", "pk", "id", "size"), choice.of("S", "S", "N", "B")));
        if (!choice.oneIn(3)) {
            key.add(new Shape.Attribute("sk", choice.of("S", "S", "N", "B")));
        }
        List<Shape.Index> indexes = new ArrayList<>();
        if (key.size() > 1 && choice.oneIn(2)) {
            indexes.add(index("Local", List.of(key.get(0), choice.of(INDEX_ATTRIBUTES)), false));
        }
        if (choice.oneIn(2)) {
            Shape.Attribute partition = choice.of(INDEX_ATTRIBUTES);
            Shape.Attribute sort = choice.oneIn(4) && key.size() > 1 ? key.get(1) : choice.of(INDEX_ATTRIBUTES);
            indexes.add(index(
                    "Global",
                    choice.oneIn(3) || sort.equals(partition) ? List.of(partition) : List.of(partition, sort),
                    true));
        }
        return new Shape(Scenario.TABLE_PREFIX + letter, key, indexes);
    }

    private Shape.Index index(String name, List<Shape.Attribute> key, boolean global) {
        String projection = choice.of("ALL", "KEYS_ONLY", "INCLUDE");
        return new Shape.Index(
                name, key, global, projection, projection.equals("INCLUDE") ? List.of("c", "m") : List.of());
    }

    ObjectNode create(Shape shape) {
        ObjectNode body = Json.object("TableName", shape.name());
        ArrayNode definitions = body.putArray("AttributeDefinitions");
        for (Shape.Attribute attribute : shape.keyAttributes()) {
            definitions.addObject().put("AttributeName", attribute.name()).put("AttributeType", attribute.type());
        }
        body.set("KeySchema", keySchema(shape.key()));
        boolean provisioned = choice.oneIn(4);
        if (provisioned) {
            body.set("ProvisionedThroughput", throughput());
        } else {
            body.put("BillingMode", "PAY_PER_REQUEST");
        }
        for (Shape.Index index : shape.indexes()) {
            ObjectNode node = body.withArray(index.global() ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes")
                    .addObject()
                    .put("IndexName", index.name());
            node.set("KeySchema", keySchema(index.key()));
            ObjectNode projection = node.putObject("Projection").put("ProjectionType", index.projection());
            if (!index.included().isEmpty()) {
                ArrayNode included = projection.putArray("NonKeyAttributes");
                index.included().forEach(included::add);
            }
            if (index.global() && provisioned) {
                node.set("ProvisionedThroughput", throughput());
            }
        }
        return body;
    }

    private ObjectNode throughput() {
        return Json.object("ReadCapacityUnits", Json.NODES.numberNode(choice.between(1, 9)))
                .put("WriteCapacityUnits", choice.between(1, 9));
    }

    private static ArrayNode keySchema(List<Shape.Attribute> key) {
        ArrayNode schema = Json.NODES.arrayNode();
        for (int i = 0; i < key.size(); i++) {
            schema.addObject().put("AttributeName", key.get(i).name()).put("KeyType", i == 0 ? "HASH" : "RANGE");
        }
        return schema;
    }
}
