package io.tailrace.server.cli;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGTERM and Ctrl-C: what runs is stopped in order. */
final class EndOfProcess {
    private static final Logger LOG = LoggerFactory.getLogger(EndOfProcess.class);

    private EndOfProcess() {}

    /** Waits for the end of the process, and closes the server then. */
    static void await(AutoCloseable server) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                server.close();
                            } catch (Exception failure) { // the boundary of the stop
                                LOG.error("The stop failed", failure);
                            } finally {
                                stopped.countDown();
                            }
                        },
                        "tailrace-shutdown"));
        stopped.await();
    }
}
