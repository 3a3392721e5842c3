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
 * @param version when not null: the write was accepted in another region with this version, and is dropped unless the
 *     version that the item has is smaller; it has no condition then
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
        String timeToLiveAttribute,
        ItemVersion version) {
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
        if (version != null
                && (conditionExpression != null || timeToLiveAttribute != null || action instanceof TellTable)) {
            throw new IllegalArgumentException("a replicated write depends on its version only");
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
                null,
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
                timeToLiveAttribute,
                null);
    }

    /**
     * A write that was accepted in another region.
     *
     * @param action a put or a delete
     */
    public static Command replicate(String id, String origin, String tableName, Action action, ItemVersion version) {
        Objects.requireNonNull(version);
        return new Command(id, origin, tableName, 0, action, null, Map.of(), Map.of(), null, null, version);
    }

    /** Tells of a table in another region. */
    public static Command tell(String id, String origin, String tableName, TellTable told) {
        return new Command(id, origin, tableName, 0, told, null, Map.of(), Map.of(), null, null, null);
    }

    /** What a command does. */
    public sealed interface Action {}

    /** Creates or replaces an item. */
    public record Put(Item item) implements Action {}

    /** Deletes an item by its key. */
    public record Delete(Item key) implements Action {}

    /**
     * Tells of a catalog change in another region.
     *
     * @param change that region's change record, as {@code ChangeRecordCodec} has it
     * @param partition of that region's mutations topic, from which the change was read
     * @param partitions how many that topic has
     */
    public record TellTable(Binary change, int partition, int partitions) implements Action {
        public TellTable {
            Objects.requireNonNull(change);
            if (partition < 0 || partition >= partitions) {
                throw new IllegalArgumentException("partition " + partition + " of " + partitions);
            }
        }
    }
}
