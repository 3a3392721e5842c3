package io.tailrace.server.crash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.schemas.model.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads as the API wants them. */
final class ItemRequests {
    private ItemRequests() {}

    static String operation(Write write) {
        if (write.isDelete()) {
            return "DeleteItem";
        }
        return write.effect() instanceof Effect.Put ? "PutItem" : "UpdateItem";
    }

    /** The request for one write, which answers with the item before it. */
    static ObjectNode single(Write write) {
        ObjectNode request = action(write);
        request.put("ReturnValues", "ALL_OLD");
        if (write.condition().expression() != null) {
            request.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        }
        return request;
    }

    static ObjectNode batch(List<Write> writes) {
        ObjectNode request = Json.object();
        ObjectNode tables = request.putObject("RequestItems");
        for (Write write : writes) {
            ArrayNode entries = tables.withArray(write.slot().table().name());
            if (write.effect() instanceof Effect.Put put) {
                entries.addObject().putObject("PutRequest").set("Item", Json.of(put.item()));
            } else {
                entries.addObject()
                        .putObject("DeleteRequest")
                        .set("Key", Json.of(write.slot().key()));
            }
        }
        return request;
    }

    static ObjectNode transaction(List<Write> writes, String token) {
        ObjectNode request = Json.object().put("ClientRequestToken", token);
        ArrayNode items = request.putArray("TransactItems");
        for (Write write : writes) {
            String name = write.isCheck() ? "ConditionCheck" : operation(write).replace("Item", "");
            items.addObject().set(name, action(write));
        }
        return request;
    }

    static ObjectNode get(Slot slot) {
        ObjectNode request = table(slot).put("ConsistentRead", true);
        request.set("Key", Json.of(slot.key()));
        return request;
    }

    static ObjectNode snapshot(List<Slot> slots) {
        ObjectNode request = Json.object();
        ArrayNode items = request.putArray("TransactItems");
        for (Slot slot : slots) {
            ObjectNode get = table(slot);
            get.set("Key", Json.of(slot.key()));
            items.addObject().set("Get", get);
        }
        return request;
    }

    /** All of one partition key, by the local index. */
    static ObjectNode localIndexQuery(Slot slot) {
        ObjectNode request = table(slot).put("ConsistentRead", true);
        request.put("IndexName", TableSpec.LOCAL_INDEX).put("KeyConditionExpression", "pk = :p");
        request.putObject("ExpressionAttributeValues")
                .set(":p", Json.of(slot.key().get("pk")));
        return request;
    }

    static ObjectNode statement(Write write) {
        ObjectNode request = Json.object();
        fillStatement(request, write);
        if (!(write.effect() instanceof Effect.Put)) {
            request.put("Statement", request.get("Statement").asText() + " RETURNING ALL OLD *");
        }
        return request;
    }

    static ObjectNode statements(List<Write> writes, String token) {
        ObjectNode request = Json.object().put("ClientRequestToken", token);
        ArrayNode statements = request.putArray("TransactStatements");
        writes.forEach(write -> fillStatement(statements.addObject(), write));
        return request;
    }

    private static void fillStatement(ObjectNode statement, Write write) {
        String table = '"' + write.slot().table().name() + '"';
        List<AttributeValue> parameters = new ArrayList<>();
        String text;
        if (write.effect() instanceof Effect.Put put) {
            List<String> members = new ArrayList<>();
            put.item().attributes().forEach((name, value) -> {
                members.add("'" + name + "': ?");
                parameters.add(value);
            });
            text = "INSERT INTO " + table + " VALUE {" + String.join(", ", members) + "}";
        } else if (write.effect() instanceof Effect.Update update) {
            StringBuilder sets = new StringBuilder();
            new TreeMap<>(update.set()).forEach((name, value) -> {
                sets.append(" SET \"").append(name).append("\" = ?");
                parameters.add(value);
            });
            text = "UPDATE " + table + sets + where(write, parameters);
        } else {
            text = "DELETE FROM " + table + where(write, parameters);
        }
        statement.put("Statement", text);
        ArrayNode values = statement.putArray("Parameters");
        parameters.forEach(value -> values.add(Json.of(value)));
    }

    private static String where(Write write, List<AttributeValue> parameters) {
        List<String> parts = new ArrayList<>();
        write.slot().key().attributes().forEach((name, value) -> {
            parts.add(name + " = ?");
            parameters.add(value);
        });
        return " WHERE " + String.join(" AND ", parts);
    }

    private static ObjectNode action(Write write) {
        ObjectNode action = table(write.slot());
        ObjectNode values = Json.object();
        if (write.effect() instanceof Effect.Put put) {
            action.set("Item", Json.of(put.item()));
        } else {
            action.set("Key", Json.of(write.slot().key()));
        }
        if (write.effect() instanceof Effect.Update update) {
            action.put("UpdateExpression", updateExpression(update, values));
        }
        String condition = write.condition().expression();
        if (condition != null) {
            action.put("ConditionExpression", condition);
            if (write.condition().kind() == Condition.Kind.SAME) {
                values.set(
                        ":same", Json.of(AttributeValue.number(write.condition().id())));
            }
        }
        if (!values.isEmpty()) {
            action.set("ExpressionAttributeValues", values);
        }
        return action;
    }

    private static String updateExpression(Effect.Update update, ObjectNode values) {
        List<String> sets = new ArrayList<>();
        for (Map.Entry<String, AttributeValue> set : new TreeMap<>(update.set()).entrySet()) {
            sets.add(set.getKey() + " = :" + set.getKey());
            values.set(":" + set.getKey(), Json.of(set.getValue()));
        }
        String expression = "SET " + String.join(", ", sets);
        if (update.removed() != null) {
            expression += " REMOVE " + update.removed();
        }
        if (update.counts()) {
            values.set(":one", Json.of(AttributeValue.number(1)));
            expression += " ADD " + Effect.COUNT + " :one";
        }
        return expression;
    }

    private static ObjectNode table(Slot slot) {
        return Json.object().put("TableName", slot.table().name());
    }
}
