package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** An item as {@link ItemCodec} encodes it. */
public final class EncodedItem implements Item.Encoded {
    private final byte[] bytes;

    EncodedItem(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public Map<String, AttributeValue> decode() {
        AvroReader in = new AvroReader(bytes);
        Map<String, AttributeValue> attributes = AttributeValueCodec.readMap(in);
        in.expectEnd();
        return attributes;
    }

    @Override
    public int sizeBytes() {
        return ItemCodec.itemSizeBytes(buffer());
    }

    /**
     * Tells of its attributes, in order.
     *
     * @throws MalformedAvroException when the bytes are no item; the visitor has been told of a part of it then
     * @throws IOException of the visitor's
     */
    public void visit(ItemVisitor visitor) throws IOException {
        AvroReader in = new AvroReader(bytes);
        AttributeValueCodec.visitMap(in, visitor);
        in.expectEnd();
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes);
    }
}
