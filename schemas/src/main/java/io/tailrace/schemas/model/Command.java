package io.tailrace.schemas.model;

import java.util.Map;
import java.util.Objects;

/**
 * A write that a processor asks of the engine over the commands topic. The engine applies it at most once, and only
 * when its condition holds.
 *
 * @param id unique, for logs
 * @param origin which processor asks, for example {@code activity}
 * @param tableName the table to write
 * @param tableId when not 0: the write is dropped unless the table of that name still has this id
 * @param action what to do
 * @param conditionExpression null for none, else in DynamoDB's condition expression grammar
 * @param userIdentity recorded in the change; null for none
 * @param timeToLiveAttribute when not null: the write, a delete, is dropped unless the table's time to live is by this
 *     attribute and the item has expired by it; see {@link TimeToLive}
 */
public record Command(
        String id,
        String origin,
        String tableName,
        int tableId,
        Action action,
        String conditionExpression,
        Map<String, String> expressionAttributeNames,
        Map<String, AttributeValue> expressionAttributeValues,
        UserIdentity userIdentity,
        String timeToLiveAttribute) {
    public Command {
        Objects.requireNonNull(id);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(tableName);
        Objects.requireNonNull(action);
        expressionAttributeNames = Map.copyOf(expressionAttributeNames);
        expressionAttributeValues = Map.copyOf(expressionAttributeValues);
        if (timeToLiveAttribute != null && !(action instanceof Delete)) {
            throw new IllegalArgumentException("expired items are deleted");
        }
    }

    /** A write that does not depend on time to live. */
    public Command(
            String id,
            String origin,
            String tableName,
            int tableId,
            Action action,
            String conditionExpression,
            Map<String, String> expressionAttributeNames,
            Map<String, AttributeValue> expressionAttributeValues,
            UserIdentity userIdentity) {
        this(
                id,
                origin,
                tableName,
                tableId,
                action,
                conditionExpression,
                expressionAttributeNames,
                expressionAttributeValues,
                userIdentity,
                null);
    }

    /** An unconditional put. */
    public static Command put(String id, String origin, String tableName, Item item) {
        return new Command(id, origin, tableName, 0, new Put(item), null, Map.of(), Map.of(), null);
    }

    /** Deletes an item if it has expired by then. */
    public static Command expire(
            String id, String origin, String tableName, int tableId, Item key, String timeToLiveAttribute) {
        return new Command(
                id,
                origin,
                tableName,
                tableId,
                new Delete(key),
                null,
                Map.of(),
                Map.of(),
                UserIdentity.TIME_TO_LIVE,
                timeToLiveAttribute);
    }

    /** What a command does. */
    public sealed interface Action {}

    /** Creates or replaces an item. */
    public record Put(Item item) implements Action {}

    /** Deletes an item by its key. */
    public record Delete(Item key) implements Action {}
}
