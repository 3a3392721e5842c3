package io.tailrace.schemas.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An item: attribute names and their values. Immutable; order is kept but is no part of equality. */
public final class Item {
    public static final Item EMPTY = new Item(Map.of());

    private final Map<String, AttributeValue> attributes;

    private Item(Map<String, AttributeValue> attributes) {
        this.attributes = attributes;
    }

    /** Copies {@code attributes}. */
    public static Item copyOf(Map<String, AttributeValue> attributes) {
        return attributes.isEmpty() ? EMPTY : new Item(new LinkedHashMap<>(attributes));
    }

    /** Takes ownership of {@code attributes}: the caller must not change them afterwards. */
    public static Item wrap(Map<String, AttributeValue> attributes) {
        return new Item(attributes);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value of the attribute, or null when the item has none of that name. */
    public AttributeValue get(String name) {
        return attributes.get(name);
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    public int size() {
        return attributes.size();
    }

    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(attributes.keySet());
    }

    /** A view that cannot be changed. */
    public Map<String, AttributeValue> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    /** The attributes of these names, in the order of {@code names}, as far as the item has them. */
    public Item project(Collection<String> names) {
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        for (String name : names) {
            AttributeValue value = attributes.get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return new Item(kept);
    }

    /** This item with one attribute set. */
    public Item with(String name, AttributeValue value) {
        return toBuilder().set(name, value).build();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.attributes.putAll(attributes);
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item that && attributes.equals(that.attributes);
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    @Override
    public String toString() {
        return attributes.toString();
    }

    /** Collects attributes; not for use by several threads. */
    public static final class Builder {
        private Map<String, AttributeValue> attributes = new LinkedHashMap<>();

        private Builder() {}

        public Builder set(String name, AttributeValue value) {
            attributes.put(name, value);
            return this;
        }

        public Builder set(String name, String value) {
            return set(name, new AttributeValue.S(value));
        }

        public Builder set(String name, long value) {
            return set(name, AttributeValue.number(value));
        }

        public Builder remove(String name) {
            attributes.remove(name);
            return this;
        }

        /** The item; the builder starts anew. */
        public Item build() {
            Item item = new Item(attributes);
            attributes = new LinkedHashMap<>();
            return item;
        }
    }
}
