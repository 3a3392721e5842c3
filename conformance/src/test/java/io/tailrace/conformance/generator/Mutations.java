package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Json;
import java.util.ArrayList;
import java.util.List;

/** Changes one place of a right request so that it may be wrong; JSON types stay as they are. */
final class Mutations {
    private final Choice choice;

    Mutations(Choice choice) {
        this.choice = choice;
    }

    /** Changes {@code body} itself. */
    void apply(ObjectNode body) {
        List<ObjectNode> objects = new ArrayList<>();
        List<ArrayNode> arrays = new ArrayList<>();
        collect(body, objects, arrays);
        if (!arrays.isEmpty() && choice.oneIn(4)) {
            change(choice.of(arrays));
            return;
        }
        ObjectNode object = choice.oneIn(2) ? body : choice.of(objects);
        if (!object.isEmpty()) {
            change(object);
        }
    }

    private void collect(JsonNode node, List<ObjectNode> objects, List<ArrayNode> arrays) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        } else if (node instanceof ArrayNode array) {
            arrays.add(array);
        }
        node.forEach(child -> collect(child, objects, arrays));
    }

    private void change(ArrayNode array) {
        if (array.isEmpty()) {
            return;
        }
        int position = choice.below(array.size());
        switch (choice.below(3)) {
            case 0 -> array.remove(position);
            case 1 -> array.add(array.get(position).deepCopy());
            default -> array.removeAll();
        }
    }

    private void change(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = choice.of(names);
        JsonNode value = object.get(name);
        switch (choice.below(5)) {
            case 0, 1 -> object.remove(name);
            case 2 -> object.set(choice.of(name + "x", "Unknown"), value);
            default -> object.set(name, other(value));
        }
    }

    private JsonNode other(JsonNode value) {
        if (value.isTextual()) {
            String text = value.asText();
            return Json.NODES.textNode(
                    switch (choice.below(6)) {
                        case 0 -> "";
                        case 1 -> text + text;
                        case 2 -> "x".repeat(choice.of(2, 255, 256, 1000));
                        case 3 -> text + "-";
                        case 4 -> text + "!";
                        default -> text.isEmpty() ? "x" : text.substring(0, text.length() - 1);
                    });
        }
        if (value.isNumber()) {
            return Json.NODES.numberNode(choice.of(-1, 0, 1, 1000, 1_000_001, Integer.MAX_VALUE));
        }
        if (value.isBoolean()) {
            return Json.NODES.booleanNode(!value.asBoolean());
        }
        return value.isArray() ? Json.NODES.arrayNode() : Json.object();
    }
}
