package io.tailrace.processors.runtime;

import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Reads the one partition of a store that a TopologyTestDriver has. */
public final class DriverRangeReader implements RangeReader {
    private final KeyValueStore<Bytes, byte[]> store;

    public DriverRangeReader(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public <T> T read(KeyRange range, Function<List<KeyValueIterator<Bytes, byte[]>>, T> body) {
        if (range.isEmpty()) {
            return body.apply(List.of());
        }
        Bytes from = Bytes.wrap(range.from());
        Bytes to = Bytes.wrap(range.to());
        try (KeyValueIterator<Bytes, byte[]> entries =
                new WithoutEnd(range.forward() ? store.range(from, to) : store.reverseRange(from, to), range)) {
            return body.apply(List.of(entries));
        }
    }
}
