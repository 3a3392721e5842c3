package io.tailrace.engine.expression;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeySchema;
import java.util.List;
import java.util.Optional;

/**
 * What a query asks of a key: values for the whole partition key, values for leading attributes of the sort key, then
 * perhaps a range of the next one. An equality on a single sort key is in {@code sortEqualities}.
 *
 * @param partitionKey one value for each partition key attribute, in the schema's order
 * @param sortEqualities values for the first attributes of the sort key, in the schema's order; may be empty
 * @param range the range of the sort key attribute after those
 */
public record KeyCondition(
        KeySchema schema,
        List<AttributeValue> partitionKey,
        List<AttributeValue> sortEqualities,
        Optional<SortRange> range) {
    public KeyCondition {
        partitionKey = List.copyOf(partitionKey);
        sortEqualities = List.copyOf(sortEqualities);
        if (partitionKey.size() != schema.partitionKey().size()) {
            throw new IllegalArgumentException("one value for each partition key attribute");
        }
        int conditions = sortEqualities.size() + (range.isPresent() ? 1 : 0);
        if (conditions > schema.sortKey().size()) {
            throw new IllegalArgumentException("more conditions than sort key attributes");
        }
    }

    /** The key attributes that the condition fixes, as an item. */
    public Item equalities() {
        Item.Builder item = Item.builder();
        for (int i = 0; i < partitionKey.size(); i++) {
            item.set(schema.partitionKey().get(i).name(), partitionKey.get(i));
        }
        for (int i = 0; i < sortEqualities.size(); i++) {
            item.set(schema.sortKey().get(i).name(), sortEqualities.get(i));
        }
        return item.build();
    }

    /** Whether the item has the key and the key is one of those asked for. */
    public boolean matches(Item item) {
        if (!schema.isCompleteIn(item)) {
            return false;
        }
        Item fixed = equalities();
        for (String name : fixed.names()) {
            if (!fixed.get(name).equals(item.get(name))) {
                return false;
            }
        }
        return range.isEmpty()
                || range.get().contains(item.get(range.get().attribute().name()));
    }
}
