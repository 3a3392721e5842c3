package io.tailrace.processors.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Proves that entries of several partitions come in key order, each once, in both directions. */
class MergedIteratorTest {
    @Property(tries = 200)
    void mergesInKeyOrder(
            @ForAll @Size(max = 5) List<@Size(max = 20) List<@IntRange(min = 0, max = 255) Integer>> partitions) {
        for (boolean forward : new boolean[] {true, false}) {
            List<Integer> expected = new ArrayList<>();
            List<KeyValueIterator<Bytes, byte[]>> parts = new ArrayList<>();
            for (List<Integer> partition : partitions) {
                TreeMap<Bytes, Integer> store = new TreeMap<>();
                partition.forEach(key -> store.put(key(key), key));
                expected.addAll(store.values());
                parts.add(new ListIterator((forward ? store : store.descendingMap()).keySet()));
            }
            expected.sort(forward ? Integer::compare : (one, other) -> Integer.compare(other, one));
            MergedIterator merged = new MergedIterator(parts, forward);
            List<Integer> actual = new ArrayList<>();
            merged.forEachRemaining(entry -> actual.add(entry.key.get()[0] & 0xFF));
            assertThat(actual).isEqualTo(expected);
            assertThatThrownBy(merged::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    private static Bytes key(int value) {
        return Bytes.wrap(new byte[] {(byte) value});
    }

    private static final class ListIterator implements KeyValueIterator<Bytes, byte[]> {
        private final Iterator<Bytes> keys;
        private Bytes next;

        ListIterator(Collection<Bytes> keys) {
            this.keys = new ArrayList<>(keys).iterator();
            advance();
        }

        private void advance() {
            next = keys.hasNext() ? keys.next() : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Bytes peekNextKey() {
            return next;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> entry = KeyValue.pair(next, new byte[0]);
            advance();
            return entry;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
