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

    /** Whether no indexes are kept here because there never were any. */
    boolean isIdle();

    /**
     * Stops keeping indexes here, if that is done here, and lets go of those who wait. Completes when it has stopped. What is
     * known of the topics is forgotten: they may be other ones when it goes on.
     */
    CompletableFuture<Void> pause();

    /** Ends a {@link #pause}. */
    void resume();

    @Override
    void close();
}
