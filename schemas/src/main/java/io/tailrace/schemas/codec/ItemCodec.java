package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.Item;
import java.nio.ByteBuffer;

/** Items as an Avro map of {@code AttributeValue}, the form of keys and images in every schema. */
public final class ItemCodec {
    private ItemCodec() {}

    public static byte[] encode(Item item) {
        AvroWriter out = new AvroWriter(256);
        write(item, out);
        return out.toByteArray();
    }

    /**
     * The item that these bytes are, which are not to be changed any more. They are looked at when somebody asks for its attributes
     * or its size: when they are no item, that is when a {@link MalformedAvroException} is thrown.
     */
    public static Item ofEncoded(byte[] encoded) {
        return Item.ofEncoded(new EncodedItem(encoded));
    }

    /** @throws MalformedAvroException when these bytes are no item, or more than one */
    public static Item decode(byte[] encoded) {
        return decodeAll(new AvroReader(encoded));
    }

    /**
     * Reads what remains in {@code encoded}, whose position does not change.
     *
     * @throws MalformedAvroException when these bytes are no item, or more than one
     */
    public static Item decode(ByteBuffer encoded) {
        return decodeAll(new AvroReader(encoded));
    }

    /**
     * The attributes of these names, as far as the item has them; the others are not decoded.
     *
     * @throws MalformedAvroException when these bytes are no item, or more than one
     */
    public static Item decode(ByteBuffer encoded, AttributeNames names) {
        AvroReader in = new AvroReader(encoded);
        Item item = Item.wrap(AttributeValueCodec.readMap(in, names));
        in.expectEnd();
        return item;
    }

    /** The size by DynamoDB's rules, as {@link io.tailrace.schemas.model.ItemSize} has it, without decoding. */
    public static int itemSizeBytes(ByteBuffer encoded) {
        AvroReader in = new AvroReader(encoded);
        int size = AttributeValueCodec.skipMap(in);
        in.expectEnd();
        return size;
    }

    static void write(Item item, AvroWriter out) {
        if (item.encoded() instanceof EncodedItem encoded) {
            out.writeEncoded(encoded.buffer());
            return;
        }
        AttributeValueCodec.writeMap(item.attributes(), out);
    }

    static void writeNullable(Item item, AvroWriter out) {
        if (out.writePresence(item)) {
            write(item, out);
        }
    }

    static void writeNullableEncoded(ByteBuffer item, AvroWriter out) {
        if (out.writePresence(item)) {
            out.writeEncoded(item);
        }
    }

    static Item read(AvroReader in) {
        return Item.wrap(AttributeValueCodec.readMap(in));
    }

    static Item readNullable(AvroReader in) {
        return in.readPresence() ? read(in) : null;
    }

    /** Skips an item and returns its bytes. */
    static ByteBuffer slice(AvroReader in) {
        int start = in.position();
        AttributeValueCodec.skipMap(in);
        return in.slice(start);
    }

    /** As {@link #slice}; null for none. */
    static ByteBuffer sliceNullable(AvroReader in) {
        return in.readPresence() ? slice(in) : null;
    }

    private static Item decodeAll(AvroReader in) {
        Item item = read(in);
        in.expectEnd();
        return item;
    }
}
