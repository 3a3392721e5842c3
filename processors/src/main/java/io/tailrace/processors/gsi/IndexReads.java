package io.tailrace.processors.gsi;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Global secondary indexes as those see them who read them. */
public interface IndexReads extends AutoCloseable {
    GsiQueries queries();

    /**
     * Completes when the indexes hold everything that is before these offsets of the mutations topic. It may never do so:
     * whoever waits has a limit, and cancels.
     *
     * @param mutationOffsets by partition
     */
    CompletableFuture<Void> whenApplied(Map<Integer, Long> mutationOffsets);

    @Override
    void close();
}
