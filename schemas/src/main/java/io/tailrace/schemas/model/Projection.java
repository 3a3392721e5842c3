package io.tailrace.schemas.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an index holds of an item besides the keys of table and index. */
public record Projection(Type type, List<String> nonKeyAttributes) {
    public static final Projection ALL = new Projection(Type.ALL, List.of());
    public static final Projection KEYS_ONLY = new Projection(Type.KEYS_ONLY, List.of());

    /** DynamoDB's projection types. */
    public enum Type {
        ALL,
        KEYS_ONLY,
        INCLUDE
    }

    public Projection {
        nonKeyAttributes = List.copyOf(nonKeyAttributes);
    }

    /** The item as the index holds it. */
    public Item apply(Item item, KeySchema tableKey, KeySchema indexKey) {
        if (type == Type.ALL) {
            return item;
        }
        Set<String> names = new LinkedHashSet<>(tableKey.names());
        names.addAll(indexKey.names());
        names.addAll(nonKeyAttributes);
        return item.project(names);
    }
}
