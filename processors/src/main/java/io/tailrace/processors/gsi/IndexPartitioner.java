package io.tailrace.processors.gsi;

import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.key.StateKeys;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Entries go where the hash of their index partition key says, so that partitions are ranges; drops go everywhere. */
final class IndexPartitioner implements StreamPartitioner<Bytes, byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(String topic, Bytes key, byte[] value, int partitions) {
        if (IndexRecord.isDrop(key)) {
            return Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
        }
        return Optional.of(Set.of(PartitionHash.partition(StateKeys.hash(key.get()), partitions)));
    }
}
