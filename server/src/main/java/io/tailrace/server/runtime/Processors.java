package io.tailrace.server.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.engine.catalog.Catalog;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.activity.ActivityConfig;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.gsi.IndexReads;
import io.tailrace.processors.gsi.RemoteIndexes;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.runtime.StateDirectory;
import io.tailrace.processors.ttl.TtlProcessor;
import io.tailrace.server.settings.KafkaSettings;
import io.tailrace.server.settings.ProcessorSettings;
import io.tailrace.server.settings.RegionConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The processors of a region that run in this process, and its view of indexes that others keep. */
final class Processors implements AutoCloseable {
    private final StateDirectory directory;
    private final Instances instances;
    private final GsiProcessor gsi;
    private final RemoteIndexes remoteIndexes;
    private final TtlProcessor ttl;
    private final ActivityProcessor activity;

    private Processors(RegionConfig config, String bootstrapServers, MeterRegistry meters) throws IOException {
        ProcessorSettings settings = config.processors();
        ProcessorConfig processor = processorConfig(config, bootstrapServers);
        if (settings.here().isEmpty()) {
            directory = null;
            instances = Instances.asking(processor.adminSettings());
        } else {
            directory = StateDirectory.lock(settings.stateDir());
            instances = listening(settings, processor);
        }
        boolean indexes = settings.here().contains(ProcessorName.GSI);
        gsi = indexes ? new GsiProcessor(processor, instances, meters) : null;
        remoteIndexes = indexes ? null : new RemoteIndexes(processor, instances);
        ttl = settings.here().contains(ProcessorName.TTL)
                ? new TtlProcessor(processor, settings.ttl(), instances, meters)
                : null;
        activity = settings.here().contains(ProcessorName.ACTIVITY)
                ? new ActivityProcessor(processor, ActivityConfig.DEFAULT, instances, meters)
                : null;
    }

    /**
     * Starts them; they come up when Kafka and its topics are there.
     *
     * @throws IOException when another process uses the directory of the stores, or the port is taken
     */
    static Processors start(RegionConfig config, String bootstrapServers, MeterRegistry meters) throws IOException {
        Processors processors = new Processors(config, bootstrapServers, meters);
        processors.gsi().ifPresent(GsiProcessor::start);
        processors.ttl().ifPresent(TtlProcessor::start);
        return processors.startOthers();
    }

    /** As {@link #start}, but those that follow the mutations topic do so once {@link #need} says that a table needs them. */
    static Processors startWhenNeeded(RegionConfig config, String bootstrapServers, MeterRegistry meters)
            throws IOException {
        Processors processors = new Processors(config, bootstrapServers, meters);
        try {
            if (processors.gsi != null) {
                processors.gsi.startWhenNeeded();
            }
            if (processors.ttl != null) {
                processors.ttl.startWhenNeeded();
            }
        } catch (IOException unreadable) {
            processors.close();
            throw unreadable;
        }
        return processors.startOthers();
    }

    private Processors startOthers() {
        if (remoteIndexes != null) {
            remoteIndexes.start();
        }
        activity().ifPresent(ActivityProcessor::start);
        return this;
    }

    /** These are the tables by now. */
    void need(Catalog catalog) {
        if (gsi != null && GlobalIndexes.hasAny(catalog)) {
            gsi.need();
        }
        if (ttl != null && catalog.tables().stream().anyMatch(table -> table.ttlAttribute() != null)) {
            ttl.need();
        }
    }

    private Instances listening(ProcessorSettings settings, ProcessorConfig processor) throws IOException {
        try {
            return Instances.listening(settings.listen(), processor.adminSettings());
        } catch (IOException refused) {
            directory.close();
            throw refused;
        }
    }

    static ProcessorConfig processorConfig(RegionConfig config, String bootstrapServers) {
        KafkaSettings kafka = config.kafka();
        return new ProcessorConfig(
                bootstrapServers,
                config.name(),
                config.processors().stateDir(),
                kafka.topics().partitions(),
                kafka.schemaRegistryUrl().orElse(null),
                config.processors().threads(),
                config.processors().standbyReplicas(),
                kafka.clientProperties());
    }

    Optional<GsiProcessor> gsi() {
        return Optional.ofNullable(gsi);
    }

    Optional<TtlProcessor> ttl() {
        return Optional.ofNullable(ttl);
    }

    Optional<ActivityProcessor> activity() {
        return Optional.ofNullable(activity);
    }

    /** The indexes, wherever they are. */
    IndexReads indexes() {
        return gsi == null ? remoteIndexes : gsi;
    }

    /** Stops those that follow the mutations topic, until {@link #resume}; completes when they have stopped. */
    CompletableFuture<Void> pause() {
        return CompletableFuture.allOf(
                indexes().pause(), ttl == null ? CompletableFuture.completedFuture(null) : ttl.pause());
    }

    void resume() {
        indexes().resume();
        ttl().ifPresent(TtlProcessor::resume);
    }

    /** Stops them all at the same time. */
    @Override
    public void close() {
        CompletableFuture.allOf(
                        Shutdown.beside("the activity processor", activity),
                        Shutdown.beside("the gsi processor", gsi),
                        Shutdown.beside("the reader of indexes", remoteIndexes),
                        Shutdown.beside("the ttl processor", ttl))
                .join();
        Shutdown.step("the questions of other instances", instances);
        if (directory != null) {
            Shutdown.step("the directory of the processors", directory);
        }
    }
}
