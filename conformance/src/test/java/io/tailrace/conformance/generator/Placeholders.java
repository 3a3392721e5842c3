package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Json;
import java.util.Locale;
import java.util.Set;

/** The #names and :values of one request, as its expressions ask for them. */
final class Placeholders {
    /** Words of the attribute pool that expressions cannot use as they are, and what is no identifier at all. */
    private static final Set<String> ONLY_AS_PLACEHOLDER = Set.of("status", "size", "a.b", "a-b", "1st", "größe");

    private final Choice choice;
    private final ObjectNode names = Json.object();
    private final ObjectNode values = Json.object();

    Placeholders(Choice choice) {
        this.choice = choice;
    }

    /** How an expression calls the attribute. */
    String name(String attribute) {
        boolean must = ONLY_AS_PLACEHOLDER.contains(attribute.toLowerCase(Locale.ROOT));
        if (must ? choice.oneIn(40) : !choice.oneIn(4)) {
            return attribute;
        }
        return reference(attribute);
    }

    /** A placeholder for the attribute. */
    String reference(String attribute) {
        String placeholder = "#n" + names.size();
        names.put(placeholder, attribute);
        return placeholder;
    }

    /** How an expression calls the value. */
    String value(JsonNode value) {
        String placeholder = ":v" + values.size();
        values.set(placeholder, value);
        return placeholder;
    }

    /** Puts them into the request, sometimes with one too few or too many. */
    void addTo(ObjectNode body) {
        if (choice.oneIn(60)) {
            names.put("#unused", "a");
        }
        if (choice.oneIn(60)) {
            values.set(":unused", Json.object("S", "unused"));
        }
        if (choice.oneIn(60) && !values.isEmpty()) {
            values.remove(values.fieldNames().next());
        }
        if (choice.oneIn(60) && !names.isEmpty()) {
            names.remove(names.fieldNames().next());
        }
        if (choice.oneIn(200)) {
            names.put(choice.of("", "#", "noHash", "#a b", "#1"), choice.of("a", ""));
        }
        if (choice.oneIn(200)) {
            values.set(choice.of("", ":", "noColon", ":a b", ":1"), Json.object("S", "a"));
        }
        if (!names.isEmpty()) {
            body.set("ExpressionAttributeNames", names);
        }
        if (!values.isEmpty()) {
            body.set("ExpressionAttributeValues", values);
        }
    }
}
