package io.tailrace.kinesis;

import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.kinesis.coordinator.Scheduler;

/** A worker with its thread. */
final class RunningWorker implements AutoCloseable {
    private final String name;
    private final Scheduler scheduler;
    private final Thread thread;

    private RunningWorker(String name, Scheduler scheduler) {
        this.name = name;
        this.scheduler = scheduler;
        this.thread = new Thread(scheduler, "worker " + name);
    }

    static RunningWorker start(URI endpoint, String streamArn, String application, String name, Received received) {
        RunningWorker worker = new RunningWorker(
                name, StreamWorker.worker(endpoint, streamArn, application, name, () -> received.processor(name)));
        worker.thread.start();
        return worker;
    }

    String name() {
        return name;
    }

    /** Lets its processors finish and mark their place, then gives up its leases. */
    void stop() throws InterruptedException, ExecutionException, TimeoutException {
        scheduler.startGracefulShutdown().get(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS);
        thread.join(Waiting.LIMIT.toMillis());
    }

    @Override
    public void close() {
        scheduler.shutdown();
    }
}
