package io.tailrace.processors.runtime;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/**
 * The answer to a {@link StoreQuestion}. Integers are big endian.
 *
 * <pre>
 * more, 1 or 0 (1) | for each entry: length of the key (4) | key | length of the value (4) | value
 * </pre>
 *
 * @param more whether the range has further entries
 */
record StorePage(List<KeyValue<Bytes, byte[]>> entries, boolean more) {
    StorePage {
        entries = List.copyOf(entries);
    }

    /** The beginning of what the iterator has. */
    static StorePage of(Iterator<KeyValue<Bytes, byte[]>> all, int maxBytes) {
        List<KeyValue<Bytes, byte[]>> page = new ArrayList<>();
        long bytes = 0;
        while (all.hasNext() && bytes < maxBytes) {
            KeyValue<Bytes, byte[]> one = all.next();
            page.add(one);
            bytes += one.key.get().length + one.value.length;
        }
        return new StorePage(page, all.hasNext());
    }

    static StorePage fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        boolean more = buffer.get() == 1;
        List<KeyValue<Bytes, byte[]>> page = new ArrayList<>();
        while (buffer.hasRemaining()) {
            page.add(KeyValue.pair(Bytes.wrap(part(buffer)), part(buffer)));
        }
        return new StorePage(page, more);
    }

    byte[] toBytes() {
        int length = 1;
        for (KeyValue<Bytes, byte[]> one : entries) {
            length += 2 * Integer.BYTES + one.key.get().length + one.value.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).put((byte) (more ? 1 : 0));
        for (KeyValue<Bytes, byte[]> one : entries) {
            buffer.putInt(one.key.get().length).put(one.key.get());
            buffer.putInt(one.value.length).put(one.value);
        }
        return buffer.array();
    }

    private static byte[] part(ByteBuffer buffer) {
        byte[] part = new byte[buffer.getInt()];
        buffer.get(part);
        return part;
    }
}
