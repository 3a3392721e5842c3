package io.tailrace.server.runtime;

import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import io.tailrace.server.settings.KafkaSettings;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The Kafka that all regions of a server share: an embedded broker, which comes up in the background, or a cluster elsewhere. */
final class Broker implements AutoCloseable {
    private final KafkaSettings settings;
    private final BackgroundStart starter;
    private final CompletableFuture<String> bootstrapServers = new CompletableFuture<>();
    private volatile EmbeddedBroker embedded;

    Broker(KafkaSettings settings) {
        this.settings = settings;
        this.starter = new BackgroundStart("the embedded broker", "tailrace-broker-start", this::bringUp);
    }

    void start() {
        settings.bootstrapServers().ifPresentOrElse(bootstrapServers::complete, starter::start);
    }

    private void bringUp() {
        EmbeddedBroker started =
                EmbeddedBroker.start(new EmbeddedBrokerConfig(settings.embeddedDataDir(), settings.embeddedPort()));
        embedded = started;
        bootstrapServers.complete(started.bootstrapServers());
    }

    /** Runs this when it is known where Kafka is; at once when that is so already. */
    void whenKnown(Consumer<String> servers) {
        bootstrapServers.thenAccept(servers);
    }

    /** Where Kafka is; empty until the embedded broker is up. */
    Optional<String> bootstrapServers() {
        return Optional.ofNullable(bootstrapServers.getNow(null));
    }

    /** What kept the embedded broker from starting, the last time it was tried; empty when nothing did. */
    String startError() {
        return starter.error();
    }

    /** The embedded broker's, once it is up. */
    OptionalInt port() {
        EmbeddedBroker running = embedded;
        return running == null ? OptionalInt.empty() : OptionalInt.of(running.port());
    }

    @Override
    public void close() {
        starter.stop();
        if (embedded != null) {
            Shutdown.step("the embedded broker", embedded);
        }
    }
}
