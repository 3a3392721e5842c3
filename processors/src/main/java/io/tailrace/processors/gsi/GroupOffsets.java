package io.tailrace.processors.gsi;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** Asks Kafka how far the processor's group is. What is committed was processed, and what it caused is in its topic. */
interface GroupOffsets extends AutoCloseable {
    /**
     * As of one moment; the ends are read after the committed offsets.
     *
     * @param mutations committed offsets of the mutations topic by partition
     * @param updates committed offsets of the repartition topic
     * @param updateEnds where the repartition topic ends
     */
    record Snapshot(Map<Integer, Long> mutations, Map<Integer, Long> updates, Map<Integer, Long> updateEnds) {
        public Snapshot {
            mutations = Map.copyOf(mutations);
            updates = Map.copyOf(updates);
            updateEnds = Map.copyOf(updateEnds);
        }

        /** 0 where nothing was committed ever: then there was nothing. */
        long committedMutation(int partition) {
            return mutations.getOrDefault(partition, 0L);
        }

        long committedUpdate(int partition) {
            return updates.getOrDefault(partition, 0L);
        }

        boolean coversMutations(Map<Integer, Long> ends) {
            return ends.entrySet().stream().allMatch(end -> committedMutation(end.getKey()) >= end.getValue());
        }

        /** With the committed offsets of a later moment. */
        Snapshot withUpdates(Map<Integer, Long> later) {
            return new Snapshot(mutations, Objects.requireNonNull(later), updateEnds);
        }
    }

    Snapshot read() throws ExecutionException, InterruptedException;

    @Override
    void close();
}
