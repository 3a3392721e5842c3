package io.tailrace.server.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one part down: a failure is reported, and the next part has its turn all the same. */
final class Shutdown {
    /** A thread for each step that may run beside others. */
    private static final Executor THREADS = task -> new Thread(task, "tailrace-stop").start();

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private Shutdown() {}

    /** As {@link #step}, in a thread of its own. Does nothing when there is no such part. */
    static CompletableFuture<Void> beside(String what, AutoCloseable part) {
        return part == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> step(what, part), THREADS);
    }

    static void step(String what, AutoCloseable part) {
        long start = System.nanoTime();
        try {
            part.close();
            LOG.debug("{} stopped in {} ms", what, (System.nanoTime() - start) / 1_000_000);
        } catch (Exception failure) { // the boundary of each step of the stop
            LOG.error("{} did not stop cleanly", what, failure);
        }
    }
}
