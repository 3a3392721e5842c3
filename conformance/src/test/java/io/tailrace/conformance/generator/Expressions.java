package io.tailrace.conformance.generator;

import io.tailrace.conformance.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions of all kinds: most of them right, many on attributes of another type, some wrong. */
final class Expressions {
    private static final List<String> BROKEN = List.of(
            "",
            " ",
            "a",
            "a =",
            "= :v0",
            "a = :v0 AND",
            "a == :v0",
            "(a = :v0",
            "a = :v0)",
            "a = 1",
            "a = 'x'",
            "a & b",
            "a = :v0 b = :v0",
            "SET",
            "SET a",
            "SET a = :v0 SET b = :v0",
            "REMOVE",
            "ADD n",
            "a..b = :v0",
            "l[x] = :v0",
            "l[-1] = :v0",
            "l[99999999999] = :v0",
            "nope(a)",
            "SIZE(a) = :v0",
            "Attribute_exists(a)",
            "attribute_exists(a, b)",
            "begins_with(a)",
            "#n0 = = :v0",
            "a BETWEEN :v0",
            "a IN ()",
            "NOT",
            "status = :v0",
            "a=:v0 or b<>:v0",
            "a = :v0 And b = :v0",
            ":v0 = :v0",
            "if_not_exists(a, :v0) = :v0",
            "((a = :v0))");

    private final Choice choice;
    private final Values values;
    private final Attributes attributes;

    Expressions(Choice choice, Values values, Attributes attributes) {
        this.choice = choice;
        this.values = values;
        this.attributes = attributes;
    }

    private String broken(Placeholders placeholders) {
        String text = choice.of(BROKEN);
        if (text.contains(":v0")) {
            String value = placeholders.value(values.ofType(choice.of("S", "N")));
            return text.replace(":v0", value);
        }
        return text;
    }

    String condition(Shape shape, Placeholders placeholders) {
        return choice.oneIn(25) ? broken(placeholders) : condition(shape, placeholders, choice.below(3));
    }

    private String condition(Shape shape, Placeholders placeholders, int depth) {
        if (depth > 0) {
            String left = condition(shape, placeholders, depth - 1);
            return switch (choice.below(5)) {
                case 0 -> left + " AND " + condition(shape, placeholders, depth - 1);
                case 1 -> left + " OR " + condition(shape, placeholders, depth - 1);
                case 2 -> "NOT " + left;
                case 3 -> "(" + left + ")";
                default -> "(" + left + choice.of(" or ", " and ") + condition(shape, placeholders, 0) + ")";
            };
        }
        return predicate(shape, placeholders);
    }

    private String predicate(Shape shape, Placeholders placeholders) {
        String name = choice.oneIn(6) ? choice.of(shape.keyAttributes()).name() : attributes.name();
        String path = path(name, placeholders);
        return switch (choice.below(12)) {
            case 0 -> "attribute_exists(" + path + ")";
            case 1 -> "attribute_not_exists(" + path + ")";
            case 2 -> "attribute_type(" + path + ", " + placeholders.value(typeName()) + ")";
            case 3 ->
                "begins_with(" + path + ", " + placeholders.value(values.ofType(choice.of("S", "S", "S", "B", "N")))
                        + ")";
            case 4 -> "contains(" + path + ", " + containsOperand(placeholders) + ")";
            case 5 ->
                operand(name, placeholders) + " BETWEEN " + operand(name, placeholders) + " AND "
                        + operand(name, placeholders);
            case 6 -> path + " IN (" + list(name, placeholders) + ")";
            case 7 ->
                "size(" + path + ") " + comparator() + " "
                        + placeholders.value(values.ofType(choice.oneIn(10) ? "S" : "N"));
            default -> operand(name, placeholders) + " " + comparator() + " " + operand(name, placeholders);
        };
    }

    private com.fasterxml.jackson.databind.JsonNode typeName() {
        return choice.oneIn(15)
                ? choice.of(Json.object("S", "X"), Json.object("N", "1"), Json.object("S", "s"))
                : Json.object("S", values.anyType());
    }

    private String containsOperand(Placeholders placeholders) {
        return choice.oneIn(8)
                ? path(attributes.name(), placeholders)
                : placeholders.value(values.ofType(choice.of("S", "S", "N", "B", "BOOL", "SS")));
    }

    private String list(String name, Placeholders placeholders) {
        List<String> elements = new ArrayList<>();
        for (int i = choice.between(1, 3); i > 0; i--) {
            elements.add(operand(name, placeholders));
        }
        return String.join(", ", elements);
    }

    private String comparator() {
        return choice.of("=", "=", "=", "<>", "<", "<=", ">", ">=");
    }

    /** A path, a value that may stand beside the attribute, or its size. */
    private String operand(String name, Placeholders placeholders) {
        return switch (choice.below(8)) {
            case 0, 1, 2, 3 -> placeholders.value(attributes.valueFor(name));
            case 4 -> choice.oneIn(3) ? "size(" + path(name, placeholders) + ")" : path(name, placeholders);
            default -> path(name, placeholders);
        };
    }

    private String path(String name, Placeholders placeholders) {
        StringBuilder path = new StringBuilder(placeholders.name(name));
        String type = attributes.typeOf(name);
        if (type.equals("M") && !choice.oneIn(3)) {
            path.append('.').append(placeholders.name(choice.of("x", "y", "z", "l")));
            if (choice.oneIn(4)) {
                path.append('.').append(placeholders.name(choice.of("x", "y")));
            }
        }
        if (type.equals("L") && !choice.oneIn(3)) {
            path.append('[').append(choice.of(0, 0, 1, 2, 7)).append(']');
            if (choice.oneIn(4)) {
                path.append('.').append(placeholders.name(choice.of("x", "y")));
            }
        }
        return path.toString();
    }

    String projection(Shape shape, Placeholders placeholders) {
        if (choice.oneIn(40)) {
            return choice.of(
                    "", "a,", "a b", "a, a", "m, m.x", "l[0], l[1]", "a.", "status", ":v0", "size(a)", "l[0].x, l[0]");
        }
        List<String> paths = new ArrayList<>();
        for (int i = choice.between(1, 4); i > 0; i--) {
            String name = choice.oneIn(4) ? choice.of(shape.keyAttributes()).name() : attributes.name();
            String path = path(name, placeholders);
            if (!paths.contains(path) || choice.oneIn(20)) {
                paths.add(path);
            }
        }
        return String.join(choice.of(", ", ","), paths);
    }

    /** Whether an update expression makes an item where there is none: it does more than remove. */
    static boolean makesItem(String update) {
        return update.matches("(?is).*(SET|ADD) .*");
    }

    String update(Shape shape, Placeholders placeholders) {
        if (choice.oneIn(30)) {
            return broken(placeholders);
        }
        List<String> used = new ArrayList<>();
        List<String> sections = new ArrayList<>();
        for (String section : choice.of(
                List.of("SET"),
                List.of("SET"),
                List.of("REMOVE"),
                List.of("ADD"),
                List.of("DELETE"),
                List.of("SET", "REMOVE"),
                List.of("ADD", "SET"),
                List.of("REMOVE", "DELETE", "SET"))) {
            List<String> actions = new ArrayList<>();
            for (int i = choice.between(1, 2); i > 0; i--) {
                actions.add(action(section, target(section, shape, used), placeholders));
            }
            sections.add((choice.oneIn(15) ? section.toLowerCase(java.util.Locale.ROOT) : section) + " "
                    + String.join(", ", actions));
        }
        return String.join(" ", sections);
    }

    private String target(String section, Shape shape, List<String> used) {
        if (choice.oneIn(40)) {
            return shape.partitionKey().name();
        }
        for (int attempt = 0; attempt < 20; attempt++) {
            String name = switch (section) {
                case "ADD" -> attributes.nameOfType(choice.of("N", "N", "NS", "SS", "BS"));
                case "DELETE" -> attributes.nameOfType(choice.of("NS", "SS", "BS"));
                default -> choice.oneIn(8) ? choice.of(shape.keyAttributes()).name() : attributes.name();
            };
            boolean fresh = !used.contains(name) && !shape.isKey(name);
            if (fresh || choice.oneIn(30)) {
                used.add(name);
                return name;
            }
        }
        return attributes.name();
    }

    private String action(String section, String name, Placeholders placeholders) {
        return switch (section) {
            case "SET" -> path(name, placeholders) + " = " + setValue(name, placeholders);
            case "REMOVE" -> path(name, placeholders);
            case "ADD" ->
                path(name, placeholders) + " "
                        + placeholders.value(choice.oneIn(8) ? values.any() : attributes.valueFor(name));
            default ->
                path(name, placeholders) + " "
                        + placeholders.value(choice.oneIn(8) ? values.any() : attributes.valueFor(name));
        };
    }

    private String setValue(String name, Placeholders placeholders) {
        return switch (choice.below(8)) {
            case 0 -> setOperand("N", placeholders) + choice.of(" + ", " - ", "+", "-") + setOperand("N", placeholders);
            case 1 -> "list_append(" + setOperand("L", placeholders) + ", " + setOperand("L", placeholders) + ")";
            case 2 ->
                "if_not_exists(" + path(name, placeholders) + ", " + placeholders.value(attributes.valueFor(name))
                        + ")";
            case 3 -> path(attributes.nameOfType(attributes.typeOf(name)), placeholders);
            default -> placeholders.value(attributes.valueFor(name));
        };
    }

    private String setOperand(String type, Placeholders placeholders) {
        return switch (choice.below(6)) {
            case 0, 1 -> path(attributes.nameOfType(type), placeholders);
            case 2 ->
                "if_not_exists(" + path(attributes.nameOfType(type), placeholders) + ", "
                        + placeholders.value(values.ofType(type)) + ")";
            default -> placeholders.value(values.ofType(choice.oneIn(15) ? values.anyType() : type));
        };
    }

    /** A condition on the key of the table or of an index. */
    String keyCondition(List<Shape.Attribute> key, Placeholders placeholders) {
        if (choice.oneIn(30)) {
            return choice.of(
                    broken(placeholders),
                    path(attributes.name(), placeholders) + " = " + placeholders.value(values.any()));
        }
        List<String> conditions = new ArrayList<>();
        Shape.Attribute partition = key.get(0);
        String equals = choice.oneIn(50) ? choice.of("<", "<>", ">=") : "=";
        String value = placeholders.value(keyValue(partition));
        conditions.add(
                choice.oneIn(12)
                        ? value + " " + equals + " " + placeholders.name(partition.name())
                        : placeholders.name(partition.name()) + " " + equals + " " + value);
        if (key.size() > 1 && !choice.oneIn(3)) {
            conditions.add(choice.below(2), sortCondition(key.get(1), placeholders));
        }
        if (choice.oneIn(50)) {
            conditions.add(placeholders.name(attributes.name()) + " = " + placeholders.value(values.any()));
        }
        String joined = conditions.stream()
                .map(condition -> choice.oneIn(8) ? "(" + condition + ")" : condition)
                .collect(Collectors.joining(choice.oneIn(60) ? " OR " : " AND "));
        return choice.oneIn(40) ? "NOT " + joined : joined;
    }

    private String sortCondition(Shape.Attribute sort, Placeholders placeholders) {
        String name = placeholders.name(sort.name());
        return switch (choice.below(8)) {
            case 0 ->
                name + " BETWEEN " + placeholders.value(keyValue(sort)) + " AND " + placeholders.value(keyValue(sort));
            case 1, 2 -> "begins_with(" + name + ", " + placeholders.value(prefix(sort)) + ")";
            case 3 -> placeholders.value(keyValue(sort)) + " " + choice.of("<", "<=", ">", ">=") + " " + name;
            case 4 -> name + " " + choice.of("<>", "IN", "=") + " " + placeholders.value(keyValue(sort));
            default -> name + " " + choice.of("=", "<", "<=", ">", ">=") + " " + placeholders.value(keyValue(sort));
        };
    }

    private com.fasterxml.jackson.databind.node.ObjectNode prefix(Shape.Attribute sort) {
        return switch (sort.type()) {
            case "S" -> Json.object("S", choice.of("k", "k1", "x", "a", ""));
            case "B" -> Json.object("B", choice.of("AQ==", "Ag=="));
            default -> Json.object("N", "1");
        };
    }

    private com.fasterxml.jackson.databind.node.ObjectNode keyValue(Shape.Attribute attribute) {
        return choice.oneIn(40) ? values.badKey(attribute.type()) : values.key(attribute.type());
    }
}
