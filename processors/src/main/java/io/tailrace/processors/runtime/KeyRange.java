package io.tailrace.processors.runtime;

import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Which keys of which partitions to read.
 *
 * @param from inclusive
 * @param to exclusive
 * @param firstPartition inclusive
 * @param lastPartition inclusive
 */
public record KeyRange(byte[] from, byte[] to, boolean forward, int firstPartition, int lastPartition) {
    public KeyRange {
        from = from.clone();
        to = to.clone();
    }

    @Override
    public byte[] from() {
        return from.clone();
    }

    @Override
    public byte[] to() {
        return to.clone();
    }

    public boolean isEmpty() {
        return Arrays.compareUnsigned(from, to) >= 0;
    }

    /** Whether {@code key} is the end itself, which stores count to their ranges and we do not. */
    boolean isEnd(Bytes key) {
        return Arrays.equals(key.get(), to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange that
                && Arrays.equals(from, that.from)
                && Arrays.equals(to, that.to)
                && forward == that.forward
                && firstPartition == that.firstPartition
                && lastPartition == that.lastPartition;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(from) * 31 + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        return "KeyRange[" + Bytes.wrap(from) + ", " + Bytes.wrap(to) + (forward ? ", forward" : ", backward") + "]";
    }
}
