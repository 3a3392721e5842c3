package io.tailrace.server.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings something up in a thread of its own: tried again, with longer pauses, until it works or is stopped; and again when it is
 * lost.
 */
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

    private static final Duration LOOK = Duration.ofMillis(500);

    private final String what;
    private final Attempt attempt;
    private final BooleanSupplier lost;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile String error = "";

    /** For what, once it is up, stays so. */
    BackgroundStart(String what, String threadName, Attempt attempt) {
        this(what, threadName, attempt, null);
    }

    /** @param lost whether it has to be brought up again; null when it never has */
    BackgroundStart(String what, String threadName, Attempt attempt, BooleanSupplier lost) {
        this.lost = lost;
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
                if (lost == null) {
                    return;
                }
                pause = FIRST_PAUSE;
                awaitLoss();
            } catch (Exception | Error failure) { // the boundary of the start: tables are served without Kafka
                noteIfPossible(failure, pause);
                if (stopsWithin(pause)) {
                    return;
                }
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            }
        }
    }

    private void noteIfPossible(Throwable failure, Duration pause) {
        try {
            note(failure, pause);
        } catch (OutOfMemoryError unsaid) {
            error = "out of memory"; // not even enough to say so
        }
    }

    private void note(Throwable failure, Duration pause) {
        String found = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (found.equals(error)) {
            LOG.debug("{} does not start, and is tried again in {}", what, pause, failure);
        } else {
            LOG.warn("{} does not start, and is tried again in {}: {}", what, pause, found, failure);
        }
        error = found;
    }

    /** Returns when it is lost, or stopped. */
    private void awaitLoss() {
        while (!lost.getAsBoolean() && !stopsWithin(LOOK)) {
            LOG.trace("{} is up", what);
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
