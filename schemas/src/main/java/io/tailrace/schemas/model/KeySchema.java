package io.tailrace.schemas.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The key of a table or an index. A table has one partition key attribute and at most one sort key attribute; a global
 * secondary index may have up to four of each (multi-attribute keys).
 */
public record KeySchema(List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
    public KeySchema {
        partitionKey = List.copyOf(partitionKey);
        sortKey = List.copyOf(sortKey);
        if (partitionKey.isEmpty()) {
            throw new IllegalArgumentException("a key schema has a partition key");
        }
    }

    public static KeySchema simple(KeyAttribute partitionKey) {
        return new KeySchema(List.of(partitionKey), List.of());
    }

    public static KeySchema composite(KeyAttribute partitionKey, KeyAttribute sortKey) {
        return new KeySchema(List.of(partitionKey), List.of(sortKey));
    }

    /** Partition key attributes, then sort key attributes. */
    public List<KeyAttribute> attributes() {
        List<KeyAttribute> all = new ArrayList<>(partitionKey);
        all.addAll(sortKey);
        return all;
    }

    public List<String> names() {
        return attributes().stream().map(KeyAttribute::name).toList();
    }

    public boolean contains(String attributeName) {
        return names().contains(attributeName);
    }

    /** Whether the item has every key attribute, each of its type; otherwise it has no entry under this key. */
    public boolean isCompleteIn(Item item) {
        for (KeyAttribute attribute : attributes()) {
            AttributeValue value = item.get(attribute.name());
            if (value == null || value.type() != attribute.type()) {
                return false;
            }
        }
        return true;
    }

    /** The item's key attributes only. */
    public Item keyOf(Item item) {
        return item.project(names());
    }
}
