package io.tailrace.server.runtime;

import io.tailrace.capture.CompressionLibrary;
import io.tailrace.capture.EmbeddedBroker;
import io.tailrace.capture.EmbeddedBrokerConfig;
import io.tailrace.server.settings.KafkaSettings;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka that all regions of a server share: an embedded broker, which comes up in the background and is replaced when it
 * failed, or a cluster elsewhere.
 */
final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

    private final KafkaSettings settings;
    private final BackgroundStart starter;
    private final CompletableFuture<String> bootstrapServers = new CompletableFuture<>();
    /** Of the starter's thread: the broker's, once there was one. */
    private int port;

    private volatile EmbeddedBroker embedded;

    Broker(KafkaSettings settings) {
        this.settings = settings;
        this.port = settings.embeddedPort();
        this.starter = new BackgroundStart(
                "the embedded broker",
                "tailrace-broker-start",
                this::bringUp,
                () -> failure().isPresent());
    }

    void start() {
        CompressionLibrary.load();
        settings.bootstrapServers().ifPresentOrElse(bootstrapServers::complete, starter::start);
    }

    private void bringUp() {
        EmbeddedBroker failed = embedded;
        if (failed != null) {
            embedded = null;
            failed.close();
            LOG.info("The failed broker is closed, another one takes its place");
        }
        // Everybody knows the broker by its port, so a successor has the same.
        EmbeddedBroker started = EmbeddedBroker.start(new EmbeddedBrokerConfig(settings.embeddedDataDir(), port));
        port = started.port();
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

    /** Why the embedded broker is of no use any more; empty while it is, and while there is none. */
    Optional<String> failure() {
        EmbeddedBroker running = embedded;
        return running == null ? Optional.empty() : running.failure();
    }

    /** The embedded broker's, while it is up. */
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
