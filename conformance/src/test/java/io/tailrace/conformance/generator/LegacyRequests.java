package io.tailrace.conformance.generator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The parameters that expressions have replaced. */
final class LegacyRequests {
    private final Choice choice;
    private final Values values;
    private final Attributes attributes;

    LegacyRequests(Choice choice, Values values, Attributes attributes) {
        this.choice = choice;
        this.values = values;
        this.attributes = attributes;
    }

    void addUpdates(ObjectNode body) {
        ObjectNode updates = body.putObject("AttributeUpdates");
        for (int i = choice.below(4); i > 0; i--) {
            String name = attributes.name();
            ObjectNode update = updates.putObject(name);
            update.put("Action", updates.size() == 1 ? "PUT" : action(name));
            if (!choice.oneIn(update.path("Action").asText().equals("DELETE") ? 2 : 20)) {
                update.set("Value", attributes.valueFor(name));
            }
        }
        if (choice.oneIn(3)) {
            addExpected(body);
        }
    }

    private String action(String name) {
        return switch (attributes.typeOf(name)) {
            case "N" -> choice.of("PUT", "ADD");
            case "SS", "NS", "BS" -> choice.of("PUT", "ADD", "DELETE");
            default -> choice.oneIn(10) ? choice.of("ADD", "DELETE") : "PUT";
        };
    }

    void addExpected(ObjectNode body) {
        ObjectNode expected = body.putObject("Expected");
        for (int i = choice.between(1, 2); i > 0; i--) {
            String name = attributes.name();
            ObjectNode condition = expected.putObject(name);
            switch (choice.below(3)) {
                case 0 -> condition.set("Value", attributes.valueFor(name));
                case 1 -> condition.put("Exists", choice.oneIn(8));
                default -> comparison(condition, name);
            }
        }
        conditionalOperator(body);
    }

    void addAttributesToGet(ObjectNode body) {
        ArrayNode names = body.putArray("AttributesToGet");
        for (int i = choice.between(1, 3); i > 0; i--) {
            names.add(attributes.name());
        }
    }

    void addFilter(String parameter, ObjectNode body) {
        ObjectNode filter = body.putObject(parameter);
        for (int i = choice.between(1, 2); i > 0; i--) {
            String name = attributes.name();
            comparison(filter.putObject(name), name);
        }
        conditionalOperator(body);
    }

    void addKeyConditions(List<Shape.Attribute> key, ObjectNode body) {
        ObjectNode conditions = body.putObject("KeyConditions");
        Shape.Attribute partition = key.get(0);
        conditions
                .putObject(partition.name())
                .put("ComparisonOperator", choice.oneIn(30) ? "GT" : "EQ")
                .putArray("AttributeValueList")
                .add(values.key(partition.type()));
        if (key.size() > 1 && choice.oneIn(2)) {
            String operator = choice.of("EQ", "LE", "LT", "GE", "GT", "BETWEEN", "BEGINS_WITH", "NE");
            ArrayNode operands = conditions
                    .putObject(key.get(1).name())
                    .put("ComparisonOperator", operator)
                    .putArray("AttributeValueList");
            operands.add(values.key(key.get(1).type()));
            if (operator.equals("BETWEEN")) {
                operands.add(values.key(key.get(1).type()));
            }
        }
        if (choice.oneIn(3)) {
            addFilter("QueryFilter", body);
        }
    }

    private void comparison(ObjectNode condition, String name) {
        String operator = choice.of(
                "EQ",
                "NE",
                "IN",
                "LE",
                "LT",
                "GE",
                "GT",
                "BETWEEN",
                "NOT_NULL",
                "NULL",
                "CONTAINS",
                "NOT_CONTAINS",
                "BEGINS_WITH");
        condition.put("ComparisonOperator", operator);
        int operands = switch (operator) {
            case "NULL", "NOT_NULL" -> 0;
            case "BETWEEN" -> 2;
            case "IN" -> choice.between(1, 3);
            default -> 1;
        };
        if (choice.oneIn(20)) {
            operands = choice.below(4);
        }
        if (operands > 0 || choice.oneIn(4)) {
            ArrayNode list = condition.putArray("AttributeValueList");
            for (int i = 0; i < operands; i++) {
                list.add(attributes.valueFor(name));
            }
        }
    }

    private void conditionalOperator(ObjectNode body) {
        if (choice.oneIn(4)) {
            body.put("ConditionalOperator", choice.of("AND", "OR"));
        }
    }
}
