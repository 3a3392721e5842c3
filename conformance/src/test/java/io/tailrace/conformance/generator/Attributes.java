package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The attributes that items have besides their keys, most of the time of one type each. */
final class Attributes {
    private static final Map<String, String> USUAL_TYPES = Map.ofEntries(
            Map.entry("a", "S"),
            Map.entry("b", "S"),
            Map.entry("n", "N"),
            Map.entry("d", "N"),
            Map.entry("c", "BOOL"),
            Map.entry("z", "NULL"),
            Map.entry("bin", "B"),
            Map.entry("l", "L"),
            Map.entry("m", "M"),
            Map.entry("ss", "SS"),
            Map.entry("ns", "NS"),
            Map.entry("bs", "BS"),
            Map.entry("status", "S"),
            Map.entry("a.b", "S"),
            Map.entry("größe", "N"));
    private static final List<String> NAMES =
            USUAL_TYPES.keySet().stream().sorted().toList();

    private final Choice choice;
    private final Values values;

    Attributes(Choice choice, Values values) {
        this.choice = choice;
        this.values = values;
    }

    String name() {
        return choice.of(NAMES);
    }

    String nameOfType(String type) {
        List<String> names = NAMES.stream()
                .filter(name -> USUAL_TYPES.get(name).equals(type))
                .toList();
        return names.isEmpty() || choice.oneIn(12) ? name() : choice.of(names);
    }

    String typeOf(String name) {
        String type = USUAL_TYPES.get(name);
        return type == null || choice.oneIn(12) ? values.anyType() : type;
    }

    ObjectNode valueFor(String name) {
        return values.ofType(typeOf(name));
    }
}
