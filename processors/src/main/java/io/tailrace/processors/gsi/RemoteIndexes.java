package io.tailrace.processors.gsi;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.instances.Instances;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads indexes that processors in other processes keep. */
public final class RemoteIndexes implements IndexReads {
    private final GsiQueries queries;
    private final IndexBarrier barrier;

    public RemoteIndexes(ProcessorConfig config, Instances instances) {
        this(config, instances, GsiProcessor.MAX_QUERY_WAIT);
    }

    /** @param maxQueryWait how long a read waits while partitions are assigned or restored */
    public RemoteIndexes(ProcessorConfig config, Instances instances, Duration maxQueryWait) {
        GsiTopology.Shared nothingHere = new GsiTopology.Shared(config.partitions());
        queries = GsiQueries.shared(Optional::empty, nothingHere, config, instances, maxQueryWait);
        barrier = new IndexBarrier(
                nothingHere.progress(),
                new KafkaGroupOffsets(config),
                config.applicationId(GsiTopology.NAME) + "-barrier");
    }

    public void start() {
        barrier.start();
    }

    @Override
    public GsiQueries queries() {
        return queries;
    }

    @Override
    public CompletableFuture<Void> whenApplied(Map<Integer, Long> mutationOffsets) {
        return barrier.whenApplied(mutationOffsets);
    }

    @Override
    public boolean isIdle() {
        return false; // others keep them, as soon as they can
    }

    @Override
    public CompletableFuture<Void> pause() {
        barrier.forget();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void resume() {
        barrier.forget();
    }

    @Override
    public void close() {
        barrier.close();
    }
}
