package io.tailrace.server.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.capture.CommandConsumer;
import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.streams.StreamReaders;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.step.StepListener;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.activity.ActivityQueries;
import io.tailrace.server.settings.KafkaSettings;
import io.tailrace.server.settings.ServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka and all that stands behind it: the embedded broker, capture, the consumer of commands, the processors. Comes up in
 * the background, step by step; a step that fails is tried again until it works or the server stops.
 */
final class KafkaSide implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSide.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ServerConfig config;
    private final TableEngine engine;
    private final MeterRegistry meters;
    private final StepListener steps;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread starter;

    private volatile EmbeddedBroker broker;
    private volatile StreamCapture capture;
    private volatile StreamReaders streamReaders;
    private volatile CommandConsumer commands;
    private volatile Processors processors;
    private volatile String startError = "";

    KafkaSide(ServerConfig config, TableEngine engine, MeterRegistry meters, StepListener steps) {
        this.steps = steps;
        this.config = config;
        this.engine = engine;
        this.meters = meters;
        this.starter = new Thread(this::run, "tailrace-kafka-start");
    }

    void start() {
        starter.start();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (closing.getCount() > 0) {
            try {
                bringUp();
                startError = "";
                return;
            } catch (Exception failure) { // the boundary of the start: tables are served without Kafka
                startError = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                LOG.warn("Kafka's side does not start, and is tried again in {}: {}", pause, startError, failure);
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
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Each step once, in order; what was brought up before is kept. */
    private void bringUp() throws IOException {
        KafkaSettings kafka = config.kafka();
        if (kafka.embedded() && broker == null) {
            broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(kafka.embeddedDataDir(), kafka.embeddedPort()));
        }
        String servers = bootstrapServers().orElseThrow();
        if (capture == null && closing.getCount() > 0) {
            StreamCapture created =
                    new StreamCapture(engine, kafka.captureConfig(servers, config.region()), meters, steps);
            created.start();
            capture = created;
            engine.setReplicationBarrier(created);
            engine.allowJournalRemoval(created::notedSequence);
        }
        if (streamReaders == null && closing.getCount() > 0) {
            streamReaders =
                    new StreamReaders(kafka.captureConfig(servers, config.region()), capture, kafka.streamReaders());
        }
        if (commands == null && closing.getCount() > 0) {
            CommandConsumer created =
                    new CommandConsumer(engine, kafka.captureConfig(servers, config.region()), meters);
            created.start();
            commands = created;
        }
        if (processors == null && closing.getCount() > 0) {
            Processors started = Processors.start(config, servers, meters);
            processors = started;
            engine.setGlobalIndexReader(new GlobalIndexes(started.indexes(), capture));
        }
    }

    /** Where Kafka is; empty until the embedded broker is up. */
    Optional<String> bootstrapServers() {
        EmbeddedBroker running = broker;
        return config.kafka()
                .bootstrapServers()
                .or(() -> Optional.ofNullable(running).map(EmbeddedBroker::bootstrapServers));
    }

    Optional<ActivityQueries> activityQueries() {
        return processors().flatMap(Processors::activity).map(ActivityProcessor::queries);
    }

    /** What kept a step of the start from working, the last time it was tried; empty when nothing did. */
    String startError() {
        return startError;
    }

    Optional<EmbeddedBroker> broker() {
        return Optional.ofNullable(broker);
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

    /** Stops all that writes to the engine or reads its journal, so that the engine may be closed; the broker runs on. */
    void stopClients() {
        closing.countDown();
        joinStarter();
        CompletableFuture.allOf(
                        Shutdown.beside("the readers of streams", streamReaders),
                        Shutdown.beside("the processors", processors),
                        Shutdown.beside("the consumer of commands", commands))
                .join();
        Shutdown.beside("capture", capture).join(); // last: what the others wrote is captured still
    }

    private void joinStarter() {
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the broker; {@link #stopClients} comes before. */
    @Override
    public void close() {
        if (broker != null) {
            Shutdown.step("the embedded broker", broker);
        }
    }
}
