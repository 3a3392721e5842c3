package io.tailrace.processors.gsi;

import io.tailrace.schemas.codec.AttributeNames;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.model.Item;
import java.nio.ByteBuffer;

/**
 * An item before or after a change, as the mutation has it: encoded. Only the attributes by which indexes find it are decoded;
 * equal items have equal bytes.
 */
final class Image {
    private final ByteBuffer encoded;
    private final Item keys;

    private Image(ByteBuffer encoded, Item keys) {
        this.encoded = encoded;
        this.keys = keys;
    }

    /**
     * Decodes the keys.
     *
     * @param encoded a view that does not change; null for no item
     * @return null for no item
     */
    static Image of(ByteBuffer encoded, AttributeNames keyNames) {
        return encoded == null ? null : new Image(encoded, ItemCodec.decode(encoded, keyNames));
    }

    /** The attributes that are a key of the table or of one of its indexes. */
    Item keys() {
        return keys;
    }

    /** All of it. */
    ByteBuffer encoded() {
        return encoded;
    }
}
