package io.tailrace.server.runtime;

import io.tailrace.capture.CaptureStatus;
import io.tailrace.capture.CommandStatus;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineHealth;
import io.tailrace.engine.TableEngine;
import io.tailrace.server.admin.Health;
import io.tailrace.server.admin.PartHealth;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.admin.RegionHealth;
import io.tailrace.server.settings.ServerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts together how the parts are. */
final class HealthReport {
    private static final String WAITS_FOR_BROKER = "waits for Kafka's side to start";
    private static final String SWITCHED_OFF = "kafka.enabled is false";

    private final ServerConfig config;
    private final Regions regions;
    private final Optional<Broker> broker;

    private final Replicators replicators;

    /** @param broker empty when Kafka is switched off */
    HealthReport(ServerConfig config, Regions regions, Optional<Broker> broker, Replicators replicators) {
        this.replicators = replicators;
        this.config = config;
        this.regions = regions;
        this.broker = broker;
    }

    Health of(boolean apiListens) {
        Optional<Region> home = regions.find(regions.home());
        List<PartHealth> parts = tables(home);
        parts.add(api(apiListens));
        parts.add(broker());
        parts.addAll(behindKafka(regions.home(), home));
        Map<String, RegionHealth> others = new TreeMap<>();
        boolean serving = apiListens && home.isPresent() && isServing(home.get());
        for (Map.Entry<String, Region> other : regions.all().entrySet()) {
            if (!other.getKey().equals(regions.home())) {
                RegionHealth health = other(other.getKey(), other.getValue());
                others.put(other.getKey(), health);
                serving &= health.serving();
            }
        }
        regions.failures()
                .forEach((name, why) -> others.put(
                        name, new RegionHealth(false, List.of(new PartHealth("engine", PartState.FAILED, why)))));
        return new Health(serving, regions.home(), parts, others);
    }

    private RegionHealth other(String name, Region region) {
        List<PartHealth> parts = tables(Optional.of(region));
        parts.addAll(behindKafka(name, Optional.of(region)));
        return new RegionHealth(isServing(region), parts);
    }

    private boolean isServing(Region region) {
        EngineHealth engine = region.engine().health();
        return engine.readable() && engine.writable() && !waitsForReplication(region);
    }

    /** Under this durability no write is acknowledged before capture works. */
    private boolean waitsForReplication(Region region) {
        return config.engine().durability() == Durability.REPLICATED
                && region.kafka()
                        .flatMap(KafkaSide::capture)
                        .filter(capture -> capture.status().state() == CaptureStatus.State.RUNNING)
                        .isEmpty();
    }

    private static List<PartHealth> tables(Optional<Region> region) {
        EngineHealth health = region.map(there -> there.engine().health()).orElse(null);
        List<PartHealth> parts = new ArrayList<>();
        parts.add(engine(health));
        parts.add(journal(region.map(Region::engine).orElse(null), health));
        return parts;
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

    private List<PartHealth> behindKafka(String name, Optional<Region> region) {
        if (broker.isEmpty()) {
            return Stream.of("capture", "commands", "gsi", "ttl", "activity", "replication")
                    .map(part -> new PartHealth(part, PartState.DISABLED, SWITCHED_OFF))
                    .toList();
        }
        Optional<KafkaSide> kafka = region.flatMap(Region::kafka);
        String error = kafka.map(KafkaSide::startError).orElse("");
        String waits = error.isEmpty() ? WAITS_FOR_BROKER : error;
        PartState waiting = error.isEmpty() ? PartState.STARTING : PartState.DEGRADED;
        List<PartHealth> parts = new ArrayList<>();
        parts.add(kafka.flatMap(KafkaSide::capture)
                .map(capture -> capture(capture.status()))
                .orElse(new PartHealth("capture", waiting, waits)));
        parts.add(kafka.flatMap(KafkaSide::commands)
                .map(commands -> commands(commands.status()))
                .orElse(new PartHealth("commands", waiting, waits)));
        parts.addAll(ProcessorHealth.parts(
                config.processors(), kafka.flatMap(KafkaSide::processors), replicators.to(name), waiting, waits));
        return parts;
    }

    private PartHealth broker() {
        if (broker.isEmpty()) {
            return new PartHealth("broker", PartState.DISABLED, SWITCHED_OFF);
        }
        if (!config.kafka().embedded()) {
            return new PartHealth(
                    "broker",
                    PartState.DISABLED,
                    "external cluster at " + config.kafka().bootstrapServers().orElseThrow());
        }
        Optional<String> failure = broker.get().failure();
        if (failure.isPresent()) {
            return new PartHealth("broker", PartState.FAILED, failure.get() + "; another one is started in its place");
        }
        OptionalInt port = broker.get().port();
        String error = broker.get().startError();
        return port.isPresent()
                ? new PartHealth("broker", PartState.RUNNING, "", Map.of("port", (long) port.getAsInt()))
                : new PartHealth("broker", error.isEmpty() ? PartState.STARTING : PartState.DEGRADED, error);
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
