package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.conformance.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The texts of PartiQL statements, with values as literals or as parameters. */
final class Statements {
    /** Names that are keywords, or no identifiers. */
    private static final Set<String> ONLY_QUOTED = Set.of("size", "status", "a.b", "größe", "b", "d", "c");

    private static final Set<String> AS_PARAMETERS = Set.of("B", "BS");

    private final Choice choice;
    private final Values values;
    private final Attributes attributes;

    /**
     * A statement.
     *
     * @param parameters of its question marks, in their order
     */
    record Statement(String text, ArrayNode parameters) {
        void addTo(ObjectNode body) {
            body.put("Statement", text);
            if (!parameters.isEmpty()) {
                body.set("Parameters", parameters);
            }
        }
    }

    Statements(Choice choice, Values values, Attributes attributes) {
        this.choice = choice;
        this.values = values;
        this.attributes = attributes;
    }

    Statement insert(Shape shape, ObjectNode item) {
        ArrayNode parameters = Json.NODES.arrayNode();
        String value = choice.oneIn(60)
                ? value(Json.object("M", item), parameters)
                : literal(Json.object("M", item), parameters);
        return new Statement("INSERT INTO " + table(shape) + " VALUE " + value, parameters);
    }

    Statement update(Shape shape, ObjectNode key) {
        ArrayNode parameters = Json.NODES.arrayNode();
        StringBuilder text = new StringBuilder("UPDATE ").append(table(shape));
        for (int i = choice.of(1, 1, 1, 2, 3); i > 0; i--) {
            text.append(' ').append(clause(shape, parameters));
        }
        text.append(" WHERE ").append(keyed(shape, key, parameters));
        if (choice.oneIn(2)) {
            text.append(" RETURNING ")
                    .append(choice.of("ALL", "MODIFIED"))
                    .append(choice.of(" OLD", " NEW"))
                    .append(" *");
        }
        return new Statement(text.toString(), parameters);
    }

    Statement delete(Shape shape, ObjectNode key) {
        ArrayNode parameters = Json.NODES.arrayNode();
        String text = "DELETE FROM " + table(shape) + " WHERE " + keyed(shape, key, parameters);
        if (choice.oneIn(2)) {
            text += " RETURNING " + choice.of("ALL OLD *", "ALL OLD *", "ALL OLD *", "MODIFIED OLD *", "ALL NEW *");
        }
        return new Statement(text, parameters);
    }

    /** One item by its key. */
    Statement selectOne(Shape shape, ObjectNode key) {
        ArrayNode parameters = Json.NODES.arrayNode();
        return new Statement(
                "SELECT " + columns(shape) + " FROM " + table(shape) + " WHERE " + keyEqualities(key, parameters),
                parameters);
    }

    /** A check whether an item is there and as it should be. */
    Statement exists(Shape shape, ObjectNode key) {
        ArrayNode parameters = Json.NODES.arrayNode();
        String where = keyEqualities(key, parameters) + " AND " + condition(shape, parameters, 0);
        return new Statement("EXISTS(SELECT * FROM " + table(shape) + " WHERE " + where + ")", parameters);
    }

    /** @param index null for the table */
    Statement select(Shape shape, Shape.Index index, List<Shape.Attribute> key) {
        ArrayNode parameters = Json.NODES.arrayNode();
        StringBuilder text = new StringBuilder("SELECT ").append(columns(shape)).append(" FROM ");
        text.append(table(shape));
        if (index != null) {
            text.append(".\"").append(index.name()).append('"');
        }
        List<String> terms = new ArrayList<>();
        if (!choice.oneIn(4)) {
            terms.add(partition(key.get(0), parameters));
            if (key.size() > 1 && choice.oneIn(2)) {
                terms.add(sort(key.get(1), parameters));
            }
        }
        if (choice.oneIn(3)) {
            terms.add(condition(shape, parameters, choice.below(2)));
        }
        if (!terms.isEmpty()) {
            text.append(" WHERE ").append(String.join(choice.oneIn(12) ? " OR " : " AND ", terms));
        }
        if (key.size() > 1 && choice.oneIn(6)) {
            text.append(" ORDER BY ").append(name(key.get(1).name())).append(choice.of("", " ASC", " DESC", " DESC"));
        }
        return new Statement(text.toString(), parameters);
    }

    private String partition(Shape.Attribute attribute, ArrayNode parameters) {
        String name = name(attribute.name());
        if (choice.oneIn(8)) {
            return name + " IN [" + value(values.key(attribute.type()), parameters) + ", "
                    + value(values.key(attribute.type()), parameters) + "]";
        }
        return name + " = " + value(values.key(attribute.type()), parameters);
    }

    private String sort(Shape.Attribute attribute, ArrayNode parameters) {
        String name = name(attribute.name());
        return switch (choice.below(6)) {
            case 0 ->
                name + " BETWEEN " + value(values.key(attribute.type()), parameters) + " AND "
                        + value(values.key(attribute.type()), parameters);
            case 1 ->
                attribute.type().equals("N")
                        ? name + " > " + value(values.key("N"), parameters)
                        : "begins_with(" + name + ", " + value(values.key(attribute.type()), parameters) + ")";
            default ->
                name + " " + choice.of("=", "<", "<=", ">", ">=") + " "
                        + value(values.key(attribute.type()), parameters);
        };
    }

    private String columns(Shape shape) {
        if (!choice.oneIn(3)) {
            return "*";
        }
        List<String> columns = new ArrayList<>();
        for (int i = choice.between(1, 3); i > 0; i--) {
            String column =
                    choice.oneIn(4) ? name(choice.of(shape.keyAttributes()).name()) : path(attributes.name());
            if (!columns.contains(column)) {
                columns.add(column);
            }
        }
        return String.join(", ", columns);
    }

    private String clause(Shape shape, ArrayNode parameters) {
        String name = choice.oneIn(30) ? choice.of(shape.keyAttributes()).name() : attributes.name();
        String path = path(name);
        if (choice.oneIn(4)) {
            return "REMOVE " + path;
        }
        String of = name(attributes.nameOfType(attributes.typeOf(name)));
        String right = switch (choice.below(8)) {
            case 0 ->
                name(attributes.nameOfType("N")) + choice.of(" + ", " - ") + value(values.ofType("N"), parameters);
            case 1 ->
                "list_append(" + name(attributes.nameOfType("L")) + ", " + value(values.ofType("L"), parameters) + ")";
            case 2 -> "if_not_exists(" + path + ", " + value(attributes.valueFor(name), parameters) + ")";
            case 3 -> {
                String type = choice.of("SS", "NS", "BS");
                yield choice.of("set_add", "set_delete") + "(" + name(attributes.nameOfType(type)) + ", "
                        + value(values.ofType(choice.oneIn(10) ? values.anyType() : type), parameters) + ")";
            }
            case 4 -> of;
            default -> value(attributes.valueFor(name), parameters);
        };
        return "SET " + path + " = " + right;
    }

    private String keyed(Shape shape, ObjectNode key, ArrayNode parameters) {
        String equalities = keyEqualities(key, parameters);
        return choice.oneIn(3) ? equalities + " AND " + condition(shape, parameters, choice.below(2)) : equalities;
    }

    private String keyEqualities(ObjectNode key, ArrayNode parameters) {
        List<String> terms = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : key.properties()) {
            terms.add(name(member.getKey()) + " = " + value(member.getValue(), parameters));
        }
        return String.join(" AND ", terms);
    }

    private String condition(Shape shape, ArrayNode parameters, int depth) {
        if (depth > 0) {
            String left = condition(shape, parameters, depth - 1);
            return switch (choice.below(4)) {
                case 0 -> left + " AND " + condition(shape, parameters, depth - 1);
                case 1 -> "(" + left + " OR " + condition(shape, parameters, depth - 1) + ")";
                case 2 -> "NOT (" + left + ")";
                default -> "(" + left + ")";
            };
        }
        return predicate(attributes.name(), parameters);
    }

    private String predicate(String name, ArrayNode parameters) {
        String path = path(name);
        return switch (choice.below(12)) {
            case 0 -> path + choice.of(" IS MISSING", " IS NOT MISSING");
            case 1 -> path + choice.of(" IS NULL", " IS NOT NULL");
            case 2 -> "attribute_type(" + path + ", " + literal(Json.object("S", values.anyType()), parameters) + ")";
            case 3 -> "begins_with(" + path + ", " + value(values.ofType("S"), parameters) + ")";
            case 4 -> "contains(" + path + ", " + value(values.ofType(choice.of("S", "N", "B")), parameters) + ")";
            case 5 ->
                path + " BETWEEN " + value(attributes.valueFor(name), parameters) + " AND "
                        + value(attributes.valueFor(name), parameters);
            case 6 ->
                path + " IN [" + value(attributes.valueFor(name), parameters) + ", "
                        + value(attributes.valueFor(name), parameters) + "]";
            case 7 -> "size(" + path + ") " + comparator() + " " + value(values.ofType("N"), parameters);
            case 8 -> choice.of("attribute_exists", "attribute_not_exists") + "(" + path + ")";
            default -> path + " " + comparator() + " " + value(attributes.valueFor(name), parameters);
        };
    }

    private String comparator() {
        return choice.of("=", "=", "=", "<>", "<", "<=", ">", ">=", "!=");
    }

    private String path(String name) {
        String path = name(name);
        String type = attributes.typeOf(name);
        if (type.equals("M") && !choice.oneIn(3)) {
            path += choice.of(".x", ".y", ".\"z\"", "['x']");
        }
        if (type.equals("L") && !choice.oneIn(3)) {
            path += "[" + choice.of(0, 0, 1, 7) + "]";
        }
        return path;
    }

    private String name(String attribute) {
        boolean must = ONLY_QUOTED.contains(attribute.toLowerCase(Locale.ROOT));
        return must || choice.oneIn(3) ? "\"" + attribute + "\"" : attribute;
    }

    private static String table(Shape shape) {
        return "\"" + shape.name() + "\"";
    }

    private String value(JsonNode value, ArrayNode parameters) {
        if (choice.oneIn(2) && !hasEmptyParameter(value)) {
            parameters.add(value);
            return "?";
        }
        return literal(value, parameters);
    }

    private static boolean hasEmptyParameter(JsonNode value) {
        return value.isEmpty();
    }

    /** The value as a literal; what has none becomes a parameter. */
    private String literal(JsonNode value, ArrayNode parameters) {
        String type = value.size() == 1 ? value.fieldNames().next() : "B";
        JsonNode content = value.path(type);
        if (AS_PARAMETERS.contains(type)) {
            parameters.add(value);
            return "?";
        }
        return switch (type) {
            case "S" -> quoted(content.asText());
            case "N" -> content.asText();
            case "BOOL" -> content.asText();
            case "NULL" -> "NULL";
            case "L" -> "[" + literals(content, parameters) + "]";
            case "SS" -> "<<" + elements(content, true) + ">>";
            case "NS" -> "<<" + elements(content, false) + ">>";
            case "M" -> {
                List<String> members = new ArrayList<>();
                content.properties()
                        .forEach(member ->
                                members.add(quoted(member.getKey()) + ": " + value(member.getValue(), parameters)));
                yield "{" + String.join(", ", members) + "}";
            }
            default -> "nothing";
        };
    }

    private String literals(JsonNode list, ArrayNode parameters) {
        List<String> elements = new ArrayList<>();
        list.forEach(element -> elements.add(literal(element, parameters)));
        return String.join(", ", elements);
    }

    private static String elements(JsonNode set, boolean quote) {
        List<String> elements = new ArrayList<>();
        set.forEach(element -> elements.add(quote ? quoted(element.asText()) : element.asText()));
        return String.join(", ", elements);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
