package io.tailrace.engine.read;

import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.model.Item;
import java.util.Objects;

/** An item as the state holds it: the encoded bytes, decoded when first asked for. */
public final class StoredItem {
    private final byte[] encoded;
    /** Decoding twice under a race is harmless: items are immutable and safely published by their final fields. */
    private Item item;

    private StoredItem(byte[] encoded, Item item) {
        this.encoded = encoded;
        this.item = item;
    }

    /** Takes ownership of {@code encoded}. */
    public static StoredItem ofEncoded(byte[] encoded) {
        return new StoredItem(Objects.requireNonNull(encoded), null);
    }

    /** Encodes {@code item}, once. */
    public static StoredItem of(Item item) {
        return new StoredItem(ItemCodec.encode(item), item);
    }

    public Item item() {
        Item decoded = item;
        if (decoded == null) {
            decoded = ItemCodec.decode(encoded);
            item = decoded;
        }
        return decoded;
    }

    /** The stored bytes themselves: not to be changed. */
    public byte[] encoded() {
        return encoded;
    }
}
