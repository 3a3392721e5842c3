package io.tailrace.processors.ttl;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.ProcessorStatus;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.runtime.Application;
import io.tailrace.processors.runtime.ProcessorRuntime;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The ttl processor: has expired items deleted. */
public final class TtlProcessor implements AutoCloseable {
    private static final long STORE_MEMORY_BYTES = 32L << 20;

    private final ProcessorRuntime runtime;
    private final TtlTopology.Shared shared = new TtlTopology.Shared();

    public TtlProcessor(ProcessorConfig config, TtlConfig ttl, Instances instances, MeterRegistry meters) {
        runtime = new ProcessorRuntime(
                new Application(
                        TtlTopology.NAME,
                        config,
                        List.of(Topics.mutations(config.region()), Topics.commands(config.region())),
                        Topics.deadLetters(config.region()),
                        TtlTopology.settings(config),
                        () -> TtlTopology.build(config, ttl, shared),
                        instances,
                        STORE_MEMORY_BYTES,
                        true),
                meters);
        TtlTopology.register(shared, config, meters);
    }

    /** Returns at once; the processor starts as soon as Kafka and its topics are there. */
    public void start() {
        runtime.start();
    }

    /**
     * As {@link #start}, but does nothing before the first {@link #need}, unless it has stores.
     *
     * @throws IOException when the directory of the stores cannot be read
     */
    public void startWhenNeeded() throws IOException {
        runtime.startWhenNeeded();
    }

    /** There is a table with time to live. */
    public void need() {
        runtime.need();
    }

    /** As {@link ProcessorRuntime#pause}. */
    public CompletableFuture<Void> pause() {
        return runtime.pause();
    }

    /** As {@link ProcessorRuntime#resume}. */
    public void resume() {
        runtime.resume();
    }

    public ProcessorState state() {
        return runtime.state();
    }

    public ProcessorStatus status() {
        return runtime.status();
    }

    /** How far it is with what expires. */
    public TtlStatus expiryStatus() {
        return shared.status();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
