package io.tailrace.server.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.CommandConsumer;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.streams.StreamReaders;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.step.StepListener;
import io.tailrace.server.admin.Rebuilds;
import io.tailrace.server.settings.RegionConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What of a region stands behind Kafka: capture, the consumer of commands, the processors. Comes up in the background, step by
 * step, once it is known where Kafka is; a step that fails is tried again until it works or the region is closed.
 */
final class KafkaSide implements AutoCloseable {
    private final RegionConfig config;
    private final TableEngine engine;
    private final Broker broker;
    private final MeterRegistry meters;
    private final StepListener steps;
    private final BackgroundStart starter;

    private volatile StreamCapture capture;
    private volatile StreamReaders streamReaders;
    private volatile CommandConsumer commands;
    private volatile Processors processors;
    private volatile TopicRebuild rebuild;

    KafkaSide(RegionConfig config, TableEngine engine, Broker broker, MeterRegistry meters, StepListener steps) {
        this.config = config;
        this.engine = engine;
        this.broker = broker;
        this.meters = meters;
        this.steps = steps;
        this.starter = new BackgroundStart(
                "Kafka's side of " + config.name(), "tailrace-kafka-start-" + config.name(), this::bringUp);
    }

    void start() {
        broker.whenKnown(servers -> starter.start());
    }

    /** Each step once, in order; what was brought up before is kept. */
    private void bringUp() throws IOException {
        String servers = broker.bootstrapServers().orElseThrow();
        CaptureConfig connection = config.kafka().captureConfig(servers, config.name());
        if (capture == null && !starter.isStopped()) {
            StreamCapture created = new StreamCapture(engine, connection, meters, steps);
            created.start();
            capture = created;
            engine.setReplicationBarrier(created);
            engine.allowJournalRemoval(created::notedSequence);
        }
        if (streamReaders == null && !starter.isStopped()) {
            streamReaders =
                    new StreamReaders(connection, capture, config.kafka().streamReaders());
        }
        if (commands == null && !starter.isStopped()) {
            CommandConsumer created = new CommandConsumer(engine, connection, meters);
            created.start();
            commands = created;
        }
        if (processors == null && !starter.isStopped()) {
            Processors started = Processors.startWhenNeeded(config, servers, meters);
            processors = started;
            GlobalIndexes indexes = new GlobalIndexes(started.indexes(), capture, engine::catalog);
            engine.setGlobalIndexReader(indexes);
            engine.watchCatalog(catalog -> {
                indexes.catchUp(catalog, engine.appliedSequence());
                started.need(catalog);
            });
        }
        if (rebuild == null && !starter.isStopped()) {
            rebuild = new TopicRebuild(config, engine, servers, new TopicRebuild.Parts(capture, commands, processors));
        }
    }

    /** What kept a step of the start from working, the last time it was tried; empty when nothing did. */
    String startError() {
        return broker.startError().isEmpty() ? starter.error() : broker.startError();
    }

    Optional<StreamCapture> capture() {
        return Optional.ofNullable(capture);
    }

    Optional<StreamReaders> streamReaders() {
        return Optional.ofNullable(streamReaders);
    }

    Optional<CommandConsumer> commands() {
        return Optional.ofNullable(commands);
    }

    Optional<Processors> processors() {
        return Optional.ofNullable(processors);
    }

    Optional<Rebuilds> rebuilds() {
        return Optional.ofNullable(rebuild);
    }

    /** Stops all that writes to the engine or reads its journal, so that the engine may be closed; the broker runs on. */
    @Override
    public void close() {
        starter.stop();
        if (rebuild != null) {
            rebuild.close();
        }
        CompletableFuture.allOf(
                        Shutdown.beside("the readers of streams", streamReaders),
                        Shutdown.beside("the processors", processors),
                        Shutdown.beside("the consumer of commands", commands))
                .join();
        Shutdown.beside("capture", capture).join(); // last: what the others wrote is captured still
    }
}
