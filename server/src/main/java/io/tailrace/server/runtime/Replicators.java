package io.tailrace.server.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.replication.RegionKafka;
import io.tailrace.processors.replication.ReplicationStatus;
import io.tailrace.processors.replication.Replicator;
import io.tailrace.server.settings.KafkaSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The replicators of this process: one for each ordered pair of regions that has been asked for. A pair stays until the end: what
 * its source still commits may concern the target even when their last global table is gone.
 */
final class Replicators implements AutoCloseable {
    private final KafkaSettings kafka;
    private final MeterRegistry meters;
    /** By target, then by source. */
    private final Map<String, Map<String, Replicator>> all = new ConcurrentSkipListMap<>();

    private boolean closed;

    /** @param kafka how Kafka's clients are set up, those of other servers too */
    Replicators(KafkaSettings kafka, MeterRegistry meters) {
        this.kafka = kafka;
        this.meters = meters;
    }

    /** A region, and where its Kafka is. */
    record Side(String region, String bootstrapServers) {}

    /**
     * Starts forwarding from one region to another, unless that is done already.
     *
     * @param directory of the target's processors
     */
    synchronized void start(Side source, Side target, Path directory) {
        if (!closed) {
            all.computeIfAbsent(target.region(), each -> new ConcurrentSkipListMap<>())
                    .computeIfAbsent(source.region(), each -> {
                        Replicator replicator = new Replicator(
                                kafka(source), kafka(target), Optional.of(directory), Clock.systemUTC(), meters);
                        replicator.start();
                        return replicator;
                    });
        }
    }

    private RegionKafka kafka(Side side) {
        Map<String, Object> connection = new HashMap<>(kafka.clientProperties());
        connection.put("bootstrap.servers", side.bootstrapServers());
        return new RegionKafka(
                side.region(), connection, kafka.schemaRegistryUrl().orElse(null));
    }

    /** How those are that forward to a region, by their sources. */
    List<ReplicationStatus> to(String target) {
        return all.getOrDefault(target, Map.of()).values().stream()
                .map(Replicator::status)
                .toList();
    }

    /** Stops them all at the same time. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        CompletableFuture.allOf(all.entrySet().stream()
                        .flatMap(target -> target.getValue().entrySet().stream()
                                .map(source -> Shutdown.beside(
                                        "the replicator from " + source.getKey() + " to " + target.getKey(),
                                        source.getValue())))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
