package io.tailrace.server.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.engine.disk.DiskUse;
import io.tailrace.server.settings.RegionConfig;
import io.tailrace.server.settings.ServerConfig;
import java.nio.file.Path;
import java.util.List;

/** What a server takes of the disk; what each table takes, and the journal, are the engine's meters. */
final class DiskMeters {
    /** As long as they may become, and mostly a hole: Kafka's indexes, and the journal's files, of which the engine knows more. */
    private static final List<String> SPARSE = List.of(".index", ".timeindex", ".cq4");

    private DiskMeters() {}

    /** The stores of the region's processors. */
    static void watch(RegionConfig config, MeterRegistry meters) {
        Path stores = config.processors().stateDir();
        Gauge.builder("tailrace.processors.size", () -> DiskUse.bytes(stores, file -> true))
                .description("Files of the stores of the processors in this process")
                .baseUnit("bytes")
                .tag("region", config.name())
                .register(meters);
    }

    /** The embedded broker, and everything together. */
    static void watch(ServerConfig config, MeterRegistry meters) {
        Path broker = config.kafka().embeddedDataDir();
        boolean embedded = config.kafka().enabled() && config.kafka().embedded();
        if (embedded) {
            Gauge.builder("tailrace.broker.size", () -> DiskUse.bytes(broker, DiskMeters::isFull))
                    .description("Files of the embedded broker, without the indexes of its logs")
                    .baseUnit("bytes")
                    .register(meters);
        }
        Path data = config.dataDir();
        boolean elsewhere = embedded && !broker.toAbsolutePath().startsWith(data.toAbsolutePath());
        Gauge.builder("tailrace.disk.used", () -> {
                    long brokerBytes = elsewhere ? DiskUse.bytes(broker, DiskMeters::isFull) : 0;
                    return DiskUse.bytes(data, DiskMeters::isFull) + brokerBytes + journals(meters);
                })
                .description("Everything that this server has on the disk: state, journal, embedded broker, stores")
                .baseUnit("bytes")
                .register(meters);
    }

    private static double journals(MeterRegistry meters) {
        return meters.find("tailrace.journal.size").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static boolean isFull(Path file) {
        String name = file.getFileName().toString();
        return SPARSE.stream().noneMatch(name::endsWith);
    }
}
