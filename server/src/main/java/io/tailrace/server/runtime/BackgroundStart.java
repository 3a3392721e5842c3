package io.tailrace.server.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings something up in a thread of its own: tried again, with longer pauses, until it works or is stopped. */
final class BackgroundStart {
    /** What is done. */
    @FunctionalInterface
    interface Attempt {
        /** Does what is not done yet, and stops early when {@link BackgroundStart#isStopped} says so. */
        void run() throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundStart.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String what;
    private final Attempt attempt;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile String error = "";

    BackgroundStart(String what, String threadName, Attempt attempt) {
        this.what = what;
        this.attempt = attempt;
        this.thread = new Thread(this::run, threadName);
    }

    /** Begins; to be called once. Does nothing after {@link #stop}. */
    synchronized void start() {
        if (!isStopped()) {
            thread.start();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isStopped()) {
            try {
                attempt.run();
                error = "";
                return;
            } catch (Exception failure) { // the boundary of the start: tables are served without Kafka
                error = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                LOG.warn("{} does not start, and is tried again in {}: {}", what, pause, error, failure);
            }
            if (stopsWithin(pause)) {
                return;
            }
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    private boolean stopsWithin(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    boolean isStopped() {
        return stopping.getCount() == 0;
    }

    /** What kept it from working, the last time it was tried; empty when nothing did. */
    String error() {
        return error;
    }

    /** Lets the attempt that is under way end, and begins no other. */
    void stop() {
        synchronized (this) {
            stopping.countDown();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
