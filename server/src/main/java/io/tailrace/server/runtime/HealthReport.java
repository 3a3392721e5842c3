package io.tailrace.server.runtime;

import io.tailrace.capture.CaptureStatus;
import io.tailrace.capture.CommandStatus;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineHealth;
import io.tailrace.engine.TableEngine;
import io.tailrace.server.admin.Health;
import io.tailrace.server.admin.PartHealth;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.ServerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together how the parts are. */
final class HealthReport {
    private static final String WAITS_FOR_BROKER = "waits for Kafka's side to start";

    private final ServerConfig config;

    HealthReport(ServerConfig config) {
        this.config = config;
    }

    /**
     * @param engine null until it has recovered
     * @param kafka null until the API serves, and when Kafka is switched off
     */
    Health of(TableEngine engine, boolean apiListens, KafkaSide kafka) {
        List<PartHealth> parts = new ArrayList<>();
        EngineHealth engineHealth = engine == null ? null : engine.health();
        parts.add(engine(engineHealth));
        parts.add(journal(engine, engineHealth));
        parts.add(api(apiListens));
        if (config.kafka().enabled()) {
            addKafka(parts, Optional.ofNullable(kafka));
        } else {
            for (String name : List.of("broker", "capture", "commands", "gsi", "ttl", "activity")) {
                parts.add(new PartHealth(name, PartState.DISABLED, "kafka.enabled is false"));
            }
        }
        boolean serving = apiListens && engineHealth != null && engineHealth.readable() && engineHealth.writable();
        return new Health(serving && !waitsForReplication(kafka), parts);
    }

    /** Under this durability no write is acknowledged before capture works. */
    private boolean waitsForReplication(KafkaSide kafka) {
        return config.engine().durability() == Durability.REPLICATED
                && Optional.ofNullable(kafka)
                        .flatMap(KafkaSide::capture)
                        .filter(capture -> capture.status().state() == CaptureStatus.State.RUNNING)
                        .isEmpty();
    }

    private static PartHealth engine(EngineHealth health) {
        if (health == null) {
            return new PartHealth("engine", PartState.STARTING, "recovers its state from the journal");
        }
        if (health.damaged()) {
            return new PartHealth("engine", PartState.DEGRADED, health.detail());
        }
        boolean well = health.readable() && health.writable();
        return new PartHealth("engine", well ? PartState.RUNNING : PartState.FAILED, well ? "" : health.detail());
    }

    private static PartHealth journal(TableEngine engine, EngineHealth health) {
        if (health == null) {
            return new PartHealth("journal", PartState.STARTING, "");
        }
        PartState state = health.alarm() ? PartState.DEGRADED : PartState.RUNNING;
        return new PartHealth(
                "journal",
                health.writable() ? state : PartState.FAILED,
                health.writable() && !health.alarm() ? "" : health.detail(),
                Map.of("appliedSequence", engine.appliedSequence()));
    }

    private static PartHealth api(boolean listens) {
        return new PartHealth("api", listens ? PartState.RUNNING : PartState.STARTING, "");
    }

    private void addKafka(List<PartHealth> parts, Optional<KafkaSide> kafka) {
        String error = kafka.map(KafkaSide::startError).orElse("");
        String waits = error.isEmpty() ? WAITS_FOR_BROKER : error;
        PartState waiting = error.isEmpty() ? PartState.STARTING : PartState.DEGRADED;
        parts.add(broker(kafka, waiting, waits));
        parts.add(kafka.flatMap(KafkaSide::capture)
                .map(capture -> capture(capture.status()))
                .orElse(new PartHealth("capture", waiting, waits)));
        parts.add(kafka.flatMap(KafkaSide::commands)
                .map(commands -> commands(commands.status()))
                .orElse(new PartHealth("commands", waiting, waits)));
        Optional<Processors> processors = kafka.flatMap(KafkaSide::processors);
        parts.addAll(ProcessorHealth.parts(config.processors(), processors, waiting, waits));
    }

    private PartHealth broker(Optional<KafkaSide> kafka, PartState waiting, String waits) {
        if (!config.kafka().embedded()) {
            return new PartHealth(
                    "broker",
                    PartState.DISABLED,
                    "external cluster at " + config.kafka().bootstrapServers().orElseThrow());
        }
        return kafka.flatMap(KafkaSide::broker)
                .map(broker -> new PartHealth("broker", PartState.RUNNING, "", Map.of("port", (long) broker.port())))
                .orElse(new PartHealth("broker", waiting, error(waits)));
    }

    private static String error(String waits) {
        return waits.equals(WAITS_FOR_BROKER) ? "" : waits;
    }

    private static PartHealth capture(CaptureStatus status) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("capturedSequence", status.capturedSequence());
        figures.put("lagRecords", status.lagRecords());
        figures.put("lagMillis", status.lagMillis());
        return new PartHealth("capture", state(status.state()), detail(status.state(), status.lastError()), figures);
    }

    private static PartHealth commands(CommandStatus status) {
        return new PartHealth("commands", state(status.state()), detail(status.state(), status.lastError()));
    }

    /** An error that was overcome is for the log, not for the health. */
    private static String detail(CaptureStatus.State state, String lastError) {
        return lastError == null || state == CaptureStatus.State.RUNNING ? "" : lastError;
    }

    private static PartState state(CaptureStatus.State state) {
        return switch (state) {
            case STARTING -> PartState.STARTING;
            case RUNNING -> PartState.RUNNING;
            case DEGRADED -> PartState.DEGRADED;
            case FAILED -> PartState.FAILED;
            case STOPPED -> PartState.STOPPED;
        };
    }
}
