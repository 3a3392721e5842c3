package io.tailrace.processors.gsi;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.ProcessorStatus;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.runtime.Application;
import io.tailrace.processors.runtime.ProcessorRuntime;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The gsi processor: keeps global secondary indexes and answers reads of them. */
public final class GsiProcessor implements IndexReads {
    /** For the stores of all partitions together. */
    public static final long STORE_MEMORY_BYTES = 64L << 20;

    static final Duration MAX_QUERY_WAIT = Duration.ofSeconds(5);

    private final ProcessorRuntime runtime;
    private final GsiQueries queries;
    private final IndexBarrier barrier;

    public GsiProcessor(ProcessorConfig config, Instances instances, MeterRegistry meters) {
        this(config, instances, meters, MAX_QUERY_WAIT);
    }

    /** @param maxQueryWait how long a read waits while partitions are assigned or restored */
    public GsiProcessor(ProcessorConfig config, Instances instances, MeterRegistry meters, Duration maxQueryWait) {
        GsiTopology.Shared shared = new GsiTopology.Shared(config.partitions());
        runtime = new ProcessorRuntime(
                new Application(
                        GsiTopology.NAME,
                        config,
                        List.of(Topics.mutations(config.region())),
                        Topics.deadLetters(config.region()),
                        GsiTopology.settings(config),
                        () -> GsiTopology.build(config, shared),
                        instances,
                        STORE_MEMORY_BYTES,
                        true),
                meters);
        GsiTopology.register(shared, config, meters);
        queries = GsiQueries.shared(runtime::client, shared, config, instances, maxQueryWait);
        barrier = new IndexBarrier(
                shared.progress(), new KafkaGroupOffsets(config), config.applicationId(GsiTopology.NAME) + "-barrier");
    }

    /** Returns at once; the processor starts as soon as Kafka and its topics are there. */
    public void start() {
        runtime.start();
        barrier.start();
    }

    /**
     * As {@link #start}, but does nothing before the first {@link #need}, unless it has stores.
     *
     * @throws IOException when the directory of the stores cannot be read
     */
    public void startWhenNeeded() throws IOException {
        runtime.startWhenNeeded();
        barrier.start();
    }

    /** There is a table with a global secondary index. */
    public void need() {
        runtime.need();
    }

    @Override
    public CompletableFuture<Void> whenApplied(Map<Integer, Long> mutationOffsets) {
        return barrier.whenApplied(mutationOffsets);
    }

    @Override
    public GsiQueries queries() {
        return queries;
    }

    @Override
    public boolean isIdle() {
        return runtime.state() == ProcessorState.IDLE;
    }

    @Override
    public CompletableFuture<Void> pause() {
        return runtime.pause().whenComplete((paused, failure) -> barrier.forget());
    }

    @Override
    public void resume() {
        runtime.resume();
        barrier.forget();
    }

    public ProcessorState state() {
        return runtime.state();
    }

    public ProcessorStatus status() {
        return runtime.status();
    }

    @Override
    public void close() {
        barrier.close();
        runtime.close();
    }
}
