package io.tailrace.conformance.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as the generator thinks of it.
 *
 * @param indexes local and global ones
 */
record Shape(String name, List<Attribute> key, List<Index> indexes) {
    /** A key attribute with its type: S, N or B. */
    record Attribute(String name, String type) {}

    /** A secondary index. */
    record Index(String name, List<Attribute> key, boolean global, String projection, List<String> included) {}

    Attribute partitionKey() {
        return key.get(0);
    }

    boolean hasSortKey() {
        return key.size() > 1;
    }

    Attribute sortKey() {
        return key.get(1);
    }

    /** All attributes that are part of a key, each once. */
    List<Attribute> keyAttributes() {
        List<Attribute> all = new ArrayList<>(key);
        for (Index index : indexes) {
            for (Attribute attribute : index.key()) {
                if (!all.contains(attribute)) {
                    all.add(attribute);
                }
            }
        }
        return all;
    }

    boolean isKey(String attribute) {
        return key.stream().anyMatch(part -> part.name().equals(attribute));
    }
}
