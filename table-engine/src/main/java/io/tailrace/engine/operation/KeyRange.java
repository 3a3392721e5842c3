package io.tailrace.engine.operation;

import io.tailrace.schemas.key.StateKeys;
import java.util.Arrays;

/**
 * A range of keys in the layout of {@link StateKeys}, and the direction in which a read walks it.
 *
 * @param from inclusive; the arrays are not to be changed
 * @param to exclusive
 */
record KeyRange(byte[] from, byte[] to, boolean forward) {
    /** All keys that begin with {@code prefix}. */
    static KeyRange ofPrefix(byte[] prefix, boolean forward) {
        return new KeyRange(prefix, StateKeys.successor(prefix), forward);
    }

    /** What comes after {@code key} in the range's direction. */
    KeyRange startingAfter(byte[] key) {
        return forward
                ? new KeyRange(max(from, StateKeys.after(key)), to, true)
                : new KeyRange(from, Arrays.compareUnsigned(key, to) < 0 ? key : to, false);
    }

    boolean isEmpty() {
        return Arrays.compareUnsigned(from, to) >= 0;
    }

    boolean contains(byte[] key) {
        return Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;
    }

    private static byte[] max(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right) >= 0 ? left : right;
    }
}
