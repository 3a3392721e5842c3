package io.tailrace.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an agent on a thread of its own until it is stopped. */
final class AgentThread {
    private static final Logger log = LoggerFactory.getLogger(AgentThread.class);

    private static final Duration WITHOUT_MEMORY = Duration.ofMillis(10);

    /** Something that does a bounded piece of work when asked. */
    @FunctionalInterface
    interface Agent {
        /** @return 0 when there was nothing to do */
        int doWork() throws Exception;
    }

    private final Thread thread;
    private final Agent agent;
    private final Supplier<Duration> pauseWhenIdle;
    private volatile boolean stopping;

    /** @param pauseWhenIdle between two calls when there was nothing to do; zero when the agent itself waits */
    AgentThread(String name, Agent agent, Duration pauseWhenIdle) {
        this(name, agent, () -> pauseWhenIdle);
    }

    /** @param pauseWhenIdle asked, by the thread itself, each time there was nothing to do */
    AgentThread(String name, Agent agent, Supplier<Duration> pauseWhenIdle) {
        this.agent = agent;
        this.pauseWhenIdle = pauseWhenIdle;
        this.thread = new Thread(this::run, name);
    }

    void start() {
        thread.start();
    }

    /** Lets the agent work until it has nothing to do. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    /** @return whether the thread ended in time */
    boolean join(Duration timeout) throws InterruptedException {
        thread.join(timeout.toMillis());
        return !thread.isAlive();
    }

    void interrupt() {
        thread.interrupt();
    }

    private void run() {
        boolean idle = false;
        while (!(stopping && idle) && !Thread.currentThread().isInterrupted()) {
            try {
                idle = agent.doWork() == 0;
                if (idle && !stopping) {
                    pause(pauseWhenIdle.get());
                }
            } catch (InterruptedException e) {
                return;
            } catch (Exception | Error e) {
                // Errors too: without memory for one piece of work there may be enough for the next.
                idle = true;
                failed(e);
            }
        }
    }

    private void failed(Throwable failure) {
        try {
            log.error("{} failed and goes on", thread.getName(), failure);
        } catch (OutOfMemoryError unsaid) {
            // Not even enough to say so. Others need time to give some back.
            pause(WITHOUT_MEMORY);
        }
    }

    private static void pause(Duration duration) {
        if (!duration.isZero()) {
            LockSupport.parkNanos(duration.toNanos());
        }
    }
}
