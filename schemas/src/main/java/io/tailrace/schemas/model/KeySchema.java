package io.tailrace.schemas.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The key of a table or an index. A table has one partition key attribute and at most one sort key attribute; a global
 * secondary index may have up to four of each (multi-attribute keys).
 */
public final class KeySchema {
    private final List<KeyAttribute> partitionKey;
    private final List<KeyAttribute> sortKey;
    private final List<KeyAttribute> attributes;
    private final List<String> names;

    public KeySchema(List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
        if (partitionKey.isEmpty()) {
            throw new IllegalArgumentException("a key schema has a partition key");
        }
        this.partitionKey = List.copyOf(partitionKey);
        this.sortKey = List.copyOf(sortKey);
        this.attributes = Stream.concat(partitionKey.stream(), sortKey.stream()).toList();
        this.names = attributes.stream().map(KeyAttribute::name).toList();
    }

    public static KeySchema simple(KeyAttribute partitionKey) {
        return new KeySchema(List.of(partitionKey), List.of());
    }

    public static KeySchema composite(KeyAttribute partitionKey, KeyAttribute sortKey) {
        return new KeySchema(List.of(partitionKey), List.of(sortKey));
    }

    public List<KeyAttribute> partitionKey() {
        return partitionKey;
    }

    /** Empty where there is none. */
    public List<KeyAttribute> sortKey() {
        return sortKey;
    }

    /** Partition key attributes, then sort key attributes. */
    public List<KeyAttribute> attributes() {
        return attributes;
    }

    /** Of the {@link #attributes}. */
    public List<String> names() {
        return names;
    }

    public boolean contains(String attributeName) {
        return names.contains(attributeName);
    }

    /** Whether the item has every key attribute, each of its type; otherwise it has no entry under this key. */
    public boolean isCompleteIn(Item item) {
        for (KeyAttribute attribute : attributes) {
            AttributeValue value = item.get(attribute.name());
            if (value == null || value.type() != attribute.type()) {
                return false;
            }
        }
        return true;
    }

    /** The item's key attributes only. */
    public Item keyOf(Item item) {
        return item.project(names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySchema that
                && partitionKey.equals(that.partitionKey)
                && sortKey.equals(that.sortKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(partitionKey, sortKey);
    }

    @Override
    public String toString() {
        return "partition key " + partitionKey + ", sort key " + sortKey;
    }
}
