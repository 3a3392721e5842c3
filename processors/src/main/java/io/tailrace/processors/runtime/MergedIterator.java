package io.tailrace.processors.runtime;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The entries of several partitions as one sequence in key order. Does not close the iterators that it reads: who opened
 * them does.
 */
public final class MergedIterator implements Iterator<KeyValue<Bytes, byte[]>> {
    private final PriorityQueue<KeyValueIterator<Bytes, byte[]>> heads;

    public MergedIterator(List<KeyValueIterator<Bytes, byte[]>> parts, boolean forward) {
        Comparator<Bytes> order = forward ? Comparator.naturalOrder() : Comparator.reverseOrder();
        heads = new PriorityQueue<>(
                Math.max(1, parts.size()), Comparator.comparing(KeyValueIterator::peekNextKey, order));
        for (KeyValueIterator<Bytes, byte[]> part : parts) {
            if (part.hasNext()) {
                heads.add(part);
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        KeyValueIterator<Bytes, byte[]> least = heads.poll();
        if (least == null) {
            throw new NoSuchElementException();
        }
        KeyValue<Bytes, byte[]> entry = least.next();
        if (least.hasNext()) {
            heads.add(least);
        }
        return entry;
    }
}
