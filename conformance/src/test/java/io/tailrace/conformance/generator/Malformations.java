package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Json;
import java.util.ArrayList;
import java.util.List;

/** Puts a value of another JSON type into one place of a request: what a decoder must refuse, or take for nothing. */
final class Malformations {
    private final Choice choice;

    Malformations(Choice choice) {
        this.choice = choice;
    }

    /** Changes {@code body} itself. */
    void apply(ObjectNode body) {
        List<JsonNode> containers = new ArrayList<>();
        collect(body, containers);
        JsonNode container = choice.oneIn(2) ? body : choice.of(containers);
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = choice.of(names);
            object.set(name, other(object.get(name)));
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            int position = choice.below(array.size());
            array.set(position, other(array.get(position)));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private JsonNode other(JsonNode value) {
        JsonNode other = choice.of(
                Json.NODES.nullNode(),
                Json.NODES.textNode("text"),
                Json.NODES.textNode("true"),
                Json.NODES.numberNode(1),
                Json.NODES.numberNode(1.5),
                Json.NODES.booleanNode(true),
                Json.object(),
                Json.object("a", "b"),
                Json.NODES.arrayNode(),
                Json.NODES.arrayNode().add("a"));
        return other.getNodeType() == value.getNodeType() ? Json.NODES.nullNode() : other;
    }
}
