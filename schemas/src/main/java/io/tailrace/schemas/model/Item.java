package io.tailrace.schemas.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An item: attribute names and their values. Immutable; order is kept but is no part of equality. One that was read from where items
 * are stored has its attributes made only when somebody looks at them: many are handed on as they are.
 */
public final class Item {
    public static final Item EMPTY = new Item(Map.of());

    /** Null for an item that was made of attributes. */
    private final Encoded encoded;
    /** Null as long as nobody has asked. Making them twice, in two threads, does no harm. */
    private volatile Map<String, AttributeValue> attributes;

    /** An item as a codec has it. */
    public interface Encoded {
        /** The attributes, made anew. */
        Map<String, AttributeValue> decode();

        /** As {@link ItemSize#of(Item)} would tell it of the attributes. */
        int sizeBytes();
    }

    private Item(Map<String, AttributeValue> attributes) {
        this.encoded = null;
        this.attributes = attributes;
    }

    private Item(Encoded encoded) {
        this.encoded = encoded;
    }

    /** Copies {@code attributes}. */
    public static Item copyOf(Map<String, AttributeValue> attributes) {
        return attributes.isEmpty() ? EMPTY : new Item(new LinkedHashMap<>(attributes));
    }

    /** Takes ownership of {@code attributes}: the caller must not change them afterwards. */
    public static Item wrap(Map<String, AttributeValue> attributes) {
        return new Item(attributes);
    }

    /** The item that {@code encoded} is. */
    public static Item ofEncoded(Encoded encoded) {
        return new Item(Objects.requireNonNull(encoded));
    }

    /** What the item was made of; null when that was its attributes. */
    public Encoded encoded() {
        return encoded;
    }

    private Map<String, AttributeValue> map() {
        Map<String, AttributeValue> known = attributes;
        if (known == null) {
            known = encoded.decode();
            attributes = known;
        }
        return known;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The value of the attribute, or null when the item has none of that name. */
    public AttributeValue get(String name) {
        return map().get(name);
    }

    public boolean has(String name) {
        return map().containsKey(name);
    }

    public int size() {
        return map().size();
    }

    public boolean isEmpty() {
        return map().isEmpty();
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(map().keySet());
    }

    /** A view that cannot be changed. */
    public Map<String, AttributeValue> attributes() {
        return Collections.unmodifiableMap(map());
    }

    /** The attributes of these names, in the order of {@code names}, as far as the item has them. */
    public Item project(Collection<String> names) {
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        for (String name : names) {
            AttributeValue value = map().get(name);
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
        builder.attributes.putAll(map());
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item that && map().equals(that.map());
    }

    @Override
    public int hashCode() {
        return map().hashCode();
    }

    @Override
    public String toString() {
        return map().toString();
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
