package io.tailrace.server.admin;

import java.util.concurrent.CompletableFuture;

/** Fills Kafka's topics again from the journal. */
public interface Rebuilds {
    /**
     * Begins; completes when the topics are being filled. One at a time.
     *
     * @param anyway also when nothing is missing
     * @return fails with a {@link RebuildRefusedException}
     */
    CompletableFuture<RebuildReport> rebuild(boolean anyway);
}
