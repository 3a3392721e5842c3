package io.tailrace.server.crash.linear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.server.crash.ApiClient;
import io.tailrace.server.crash.linear.ItemsModel.Action;
import io.tailrace.server.crash.linear.ItemsModel.Call;
import io.tailrace.server.crash.linear.ItemsModel.Condition;
import io.tailrace.server.crash.linear.ItemsModel.ItemCall;
import io.tailrace.server.crash.linear.ItemsModel.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The model's calls as requests of the API: items {@code {pk, n}} in one table. Belongs to one thread. */
final class ItemsClient implements AutoCloseable {
    static final String TABLE = "linear";
    private static final String CONDITION_FAILED = "ConditionalCheckFailedException";
    private static final String CANCELED = "TransactionCanceledException";

    private final ApiClient api;

    ItemsClient(int port, String region) {
        api = new ApiClient(port, region);
    }

    void createTable() throws IOException {
        ObjectNode request = table().put("BillingMode", "PAY_PER_REQUEST");
        request.putArray("AttributeDefinitions")
                .addObject()
                .put("AttributeName", "pk")
                .put("AttributeType", "S");
        request.putArray("KeySchema").addObject().put("AttributeName", "pk").put("KeyType", "HASH");
        ApiClient.Reply reply = api.call("CreateTable", request);
        if (!reply.isOk()) {
            throw new IOException("the table is not created: " + reply);
        }
    }

    /** What the call came to; empty when the answer does not say whether it took place. */
    Optional<Result> call(Call call) throws IOException {
        ItemCall first = call.items().get(0);
        if (call.items().size() > 1) {
            return first.action() == Action.GET ? getTogether(call) : writeTogether(call);
        }
        ApiClient.Reply reply = switch (first.action()) {
            case GET -> api.call("GetItem", key(first).put("ConsistentRead", true));
            case PUT -> api.call("PutItem", told(action(first), "ALL_OLD"));
            case INCREMENT -> api.call("UpdateItem", told(action(first), "UPDATED_NEW"));
            case DELETE -> api.call("DeleteItem", told(action(first), "ALL_OLD"));
            case CHECK -> throw new IllegalArgumentException("no request only checks: " + call);
        };
        if (reply.error().equals(CONDITION_FAILED)) {
            return Optional.of(Result.REFUSED);
        }
        JsonNode item = reply.body().path(first.action() == Action.GET ? "Item" : "Attributes");
        return reply.isOk() ? Optional.of(Result.of(number(item))) : Optional.empty();
    }

    private Optional<Result> getTogether(Call call) throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode items = request.putArray("TransactItems");
        call.items().forEach(item -> items.addObject().set("Get", key(item)));
        ApiClient.Reply reply = api.call("TransactGetItems", request);
        if (!reply.isOk()) {
            return Optional.empty();
        }
        List<Long> values = new ArrayList<>();
        reply.body().get("Responses").forEach(response -> values.add(number(response.path("Item"))));
        return Optional.of(new Result(false, values));
    }

    private Optional<Result> writeTogether(Call call) throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode items = request.putArray("TransactItems");
        for (ItemCall item : call.items()) {
            String name = switch (item.action()) {
                case PUT -> "Put";
                case INCREMENT -> "Update";
                case DELETE -> "Delete";
                case CHECK -> "ConditionCheck";
                case GET -> throw new IllegalArgumentException("a read among writes: " + call);
            };
            items.addObject().set(name, action(item));
        }
        ApiClient.Reply reply = api.call("TransactWriteItems", request);
        if (reply.error().equals(CANCELED)) {
            return Optional.of(Result.REFUSED);
        }
        return reply.isOk() ? Optional.of(Result.DONE) : Optional.empty();
    }

    private static ObjectNode action(ItemCall call) {
        ObjectNode request = key(call);
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        if (call.action() == Action.PUT) {
            ObjectNode item = (ObjectNode) request.remove("Key");
            item.putObject("n").put("N", Long.toString(call.value()));
            request.set("Item", item);
        } else if (call.action() == Action.INCREMENT) {
            request.put("UpdateExpression", "ADD n :one");
            values.putObject(":one").put("N", "1");
        }
        if (call.condition() == Condition.ABSENT) {
            request.put("ConditionExpression", "attribute_not_exists(pk)");
        } else if (call.condition() == Condition.EQUALS) {
            request.put("ConditionExpression", "n = :expected");
            values.putObject(":expected").put("N", Long.toString(call.expected()));
        }
        if (!values.isEmpty()) {
            request.set("ExpressionAttributeValues", values);
        }
        return request;
    }

    private static ObjectNode told(ObjectNode request, String returnValues) {
        return request.put("ReturnValues", returnValues);
    }

    private static ObjectNode key(ItemCall call) {
        ObjectNode request = table();
        request.putObject("Key").putObject("pk").put("S", "item-" + call.key());
        return request;
    }

    private static ObjectNode table() {
        return JsonNodeFactory.instance.objectNode().put("TableName", TABLE);
    }

    private static Long number(JsonNode item) {
        return item.has("n") ? Long.valueOf(item.get("n").get("N").asText()) : null;
    }

    @Override
    public void close() {
        api.close();
    }
}
