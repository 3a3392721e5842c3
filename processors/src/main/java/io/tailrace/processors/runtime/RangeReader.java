package io.tailrace.processors.runtime;

import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Reads a range of keys from a partitioned store, all partitions or none. */
public interface RangeReader {
    /**
     * Gives {@code body} an iterator for each partition, in order of partitions. The body may run more than once, when a
     * partition moves away meanwhile; only the result of its last, undisturbed run is returned.
     *
     * @throws io.tailrace.processors.ProcessorNotReadyException when not all partitions became readable in time
     */
    <T> T read(KeyRange range, Function<List<KeyValueIterator<Bytes, byte[]>>, T> body);
}
