package io.tailrace.server.demo;

import io.tailrace.server.demo.input.Activity;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks the index again and again for one activity until it is there. While it asks it takes no other, so that a
 * measurement never contains another's wait.
 */
final class IndexProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexProbe.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ActivityTables tables;
    private final VisibilityClock clock;
    private final SynchronousQueue<Sample> samples = new SynchronousQueue<>();
    private final Thread thread = new Thread(this::run, "demo-index-probe");
    private volatile boolean isClosed;

    IndexProbe(ActivityTables tables, VisibilityClock clock) {
        this.tables = tables;
        this.clock = clock;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes the activity, acknowledged at this {@link System#nanoTime()}, if the probe is idle. */
    void offer(Activity activity, long acknowledgedNanos) {
        samples.offer(new Sample(activity, acknowledgedNanos));
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed) {
            try {
                Sample sample = samples.take();
                while (!tables.isIndexed(sample.activity)) {
                    if (isClosed) {
                        return;
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                clock.record(System.nanoTime() - sample.acknowledgedNanos);
            } catch (InterruptedException closing) {
                return;
            } catch (SdkException unanswered) {
                if (!isClosed) {
                    LOG.debug("the index did not answer a probe", unanswered);
                }
            }
        }
    }

    private record Sample(Activity activity, long acknowledgedNanos) {}
}
