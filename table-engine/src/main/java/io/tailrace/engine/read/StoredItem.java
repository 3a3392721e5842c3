package io.tailrace.engine.read;

import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.model.Item;
import java.util.Objects;

/** An item as the state holds it: the encoded bytes, and what they are. */
public final class StoredItem {
    private final byte[] encoded;
    private final Item item;

    private StoredItem(byte[] encoded, Item item) {
        this.encoded = encoded;
        this.item = item;
    }

    /** Takes ownership of {@code encoded}. */
    public static StoredItem ofEncoded(byte[] encoded) {
        return new StoredItem(Objects.requireNonNull(encoded), ItemCodec.ofEncoded(encoded));
    }

    /** Encodes {@code item}, once. */
    public static StoredItem of(Item item) {
        return new StoredItem(ItemCodec.encode(item), item);
    }

    public Item item() {
        return item;
    }

    /** The stored bytes themselves: not to be changed. */
    public byte[] encoded() {
        return encoded;
    }
}
