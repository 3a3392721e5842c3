package io.tailrace.processors.gsi;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * What one change does to one entry of an index.
 *
 * @param key as {@link io.tailrace.schemas.key.StateKeys#indexKey} made it
 * @param sequence the commit that caused it
 * @param item the projected item to put, in {@link io.tailrace.schemas.codec.ItemCodec}'s form; null to delete the entry
 */
record IndexUpdate(byte[] key, long sequence, ByteBuffer item) {
    IndexUpdate {
        Objects.requireNonNull(key);
    }

    boolean isDelete() {
        return item == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndexUpdate that
                && Arrays.equals(key, that.key)
                && sequence == that.sequence
                && Objects.equals(item, that.item);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key) * 31 + Long.hashCode(sequence);
    }
}
