package io.tailrace.server.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.capture.streams.ShardRolls;
import io.tailrace.capture.streams.StreamReaders;
import io.tailrace.capture.streams.StreamsApi;
import io.tailrace.capture.streams.StreamsConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.journal.JournalCorruptException;
import io.tailrace.engine.journal.JournalTruncatedException;
import io.tailrace.engine.recovery.StateLostException;
import io.tailrace.engine.state.BlockCache;
import io.tailrace.engine.state.StateException;
import io.tailrace.engine.step.StepListener;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.activity.ActivityQueries;
import io.tailrace.server.protocol.ApiRegion;
import io.tailrace.server.protocol.ReplicaRegions;
import io.tailrace.server.settings.RegionConfig;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** One region: an engine with its journal and state, the streams API, and its part behind Kafka. */
final class Region {
    private final TableEngine engine;
    private final ApiRegion api;
    private final ShardRolls rolls;
    private final Path processorsDirectory;
    private final KafkaSide kafka;

    private Region(RegionConfig config, TableEngine engine, Surroundings surroundings, ReplicaRegions replicas) {
        this.engine = engine;
        this.processorsDirectory = config.processors().stateDir();
        StreamsConfig streams = new StreamsConfig(
                config.kafka().topics().streams(), config.dataDir().resolve("streams.key"));
        this.kafka = surroundings
                .broker()
                .map(broker -> new KafkaSide(config, engine, broker, surroundings.meters(), surroundings.steps()))
                .orElse(null);
        this.api = new ApiRegion(
                engine, new StreamsApi(engine, streams, this::streamReaders, Clock.systemUTC()), replicas);
        this.rolls = new ShardRolls(engine, streams, Clock.systemUTC());
        DiskMeters.watch(config, surroundings.meters());
    }

    /**
     * What a region finds in its server.
     *
     * @param blockCache that the states of all regions share
     * @param broker empty when Kafka is switched off
     * @param steps tests of crashes are told of each step, and end the process there
     */
    record Surroundings(MeterRegistry meters, StepListener steps, BlockCache blockCache, Optional<Broker> broker) {}

    /**
     * Opens the tables, which recover first; Kafka's side waits for {@link #startKafka}.
     *
     * @throws StartException when the directory cannot be used, or the journal is corrupt
     */
    static Region open(RegionConfig config, Surroundings surroundings, ReplicaRegions replicas) {
        TableEngine engine = openEngine(config, surroundings);
        try {
            return new Region(config, engine, surroundings, replicas);
        } catch (UncheckedIOException refused) {
            engine.close();
            throw new StartException(refused.getMessage(), refused);
        }
    }

    private static TableEngine openEngine(RegionConfig config, Surroundings surroundings) {
        try {
            return TableEngine.open(
                    config.engine(),
                    EngineDependencies.system(surroundings.meters())
                            .withSteps(surroundings.steps())
                            .withBlockCache(surroundings.blockCache()));
        } catch (JournalCorruptException | JournalTruncatedException | StateException | StateLostException refused) {
            throw new StartException(refused.getMessage(), refused);
        } catch (UncheckedIOException refused) {
            throw refused.getCause() instanceof FileSystemException unusable
                    ? new StartException(
                            "the data directory " + config.dataDir() + " cannot be used: "
                                    + unusable.getClass().getSimpleName() + " " + unusable.getMessage(),
                            refused)
                    : new StartException(refused.getMessage(), refused);
        }
    }

    /** Where its processors keep what is theirs. */
    Path processorsDirectory() {
        return processorsDirectory;
    }

    /** Brings Kafka's side up in the background; does nothing when Kafka is switched off. */
    void startKafka() {
        kafka().ifPresent(KafkaSide::start);
    }

    TableEngine engine() {
        return engine;
    }

    ApiRegion api() {
        return api;
    }

    ShardRolls rolls() {
        return rolls;
    }

    /** Empty when Kafka is switched off. */
    Optional<KafkaSide> kafka() {
        return Optional.ofNullable(kafka);
    }

    Optional<ActivityQueries> activityQueries() {
        return kafka().flatMap(KafkaSide::processors)
                .flatMap(Processors::activity)
                .map(ActivityProcessor::queries);
    }

    private Optional<StreamReaders> streamReaders() {
        return kafka().flatMap(KafkaSide::streamReaders);
    }
}
