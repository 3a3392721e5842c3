package io.tailrace.processors.gsi;

import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.key.StateKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Entries go where the hash of their index partition key says, so that partitions are ranges; drops go everywhere. */
final class IndexPartitioner implements StreamPartitioner<Bytes, byte[]> {
    private final int partitions;
    private final Set<Integer> all;
    /** Each partition alone. */
    private final List<Set<Integer>> single;

    IndexPartitioner(int partitions) {
        this.partitions = partitions;
        this.all = IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet());
        this.single = IntStream.range(0, partitions)
                .mapToObj(partition -> Set.of(partition))
                .toList();
    }

    /** The partitions of the index that get the record. */
    Set<Integer> of(Bytes key) {
        return IndexRecord.isDrop(key)
                ? all
                : single.get(PartitionHash.partition(StateKeys.hash(key.get()), partitions));
    }

    /** @throws IllegalStateException when the topic has other partitions than the processor was set up for */
    @Override
    public Optional<Set<Integer>> partitions(String topic, Bytes key, byte[] value, int topicPartitions) {
        if (topicPartitions != partitions) {
            throw new IllegalStateException(topic + " has " + topicPartitions + " partitions instead of " + partitions);
        }
        return Optional.of(of(key));
    }
}
