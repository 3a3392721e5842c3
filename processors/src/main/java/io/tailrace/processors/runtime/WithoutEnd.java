package io.tailrace.processors.runtime;

import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** A store's iterator, whose upper bound is inclusive, without the entry at that bound. */
final class WithoutEnd implements KeyValueIterator<Bytes, byte[]> {
    private final KeyValueIterator<Bytes, byte[]> entries;
    private final KeyRange range;

    WithoutEnd(KeyValueIterator<Bytes, byte[]> entries, KeyRange range) {
        this.entries = entries;
        this.range = range;
    }

    @Override
    public boolean hasNext() {
        while (entries.hasNext()) {
            if (!range.isEnd(entries.peekNextKey())) {
                return true;
            }
            entries.next();
        }
        return false;
    }

    @Override
    public KeyValue<Bytes, byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return entries.next();
    }

    @Override
    public Bytes peekNextKey() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return entries.peekNextKey();
    }

    @Override
    public void close() {
        entries.close();
    }
}
