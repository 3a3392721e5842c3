package io.tailrace.server.runtime;

import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.ProcessorStatus;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.ttl.TtlProcessor;
import io.tailrace.processors.ttl.TtlStatus;
import io.tailrace.server.admin.PartHealth;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.ProcessorSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the processors are. */
final class ProcessorHealth {
    private ProcessorHealth() {}

    /**
     * One part for each.
     *
     * @param processors empty while they are not there
     * @param waiting what state they are in then
     * @param waits and why
     */
    static List<PartHealth> parts(
            ProcessorSettings settings, Optional<Processors> processors, PartState waiting, String waits) {
        List<PartHealth> parts = new ArrayList<>();
        for (ProcessorName name : ProcessorName.values()) {
            parts.add(
                    settings.here().contains(name)
                            ? processors
                                    .map(running -> part(name, running))
                                    .orElse(new PartHealth(name.text(), waiting, waits))
                            : new PartHealth(
                                    name.text(),
                                    PartState.DISABLED,
                                    "not in this process: processors.enabled, processors.only"));
        }
        return parts;
    }

    private static PartHealth part(ProcessorName name, Processors processors) {
        return switch (name) {
            case GSI -> processor(processors.gsi().map(GsiProcessor::status).orElseThrow(), Map.of());
            case TTL -> ttl(processors.ttl().orElseThrow());
            case ACTIVITY ->
                processor(processors.activity().map(ActivityProcessor::status).orElseThrow(), Map.of());
        };
    }

    private static PartHealth ttl(TtlProcessor ttl) {
        TtlStatus expiry = ttl.expiryStatus();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("pendingExpiries", expiry.pendingExpiries());
        figures.put("overdueMillis", expiry.overdueMillis());
        figures.put("itemsDeleted", expiry.itemsDeleted());
        return processor(ttl.status(), figures);
    }

    private static PartHealth processor(ProcessorStatus status, Map<String, Long> furtherFigures) {
        Map<String, Long> figures = new LinkedHashMap<>();
        status.lagRecords().ifPresent(lag -> figures.put("lagRecords", lag));
        figures.put("deadLetters", status.deadLetters());
        figures.put("restarts", status.restarts());
        figures.putAll(furtherFigures);
        return new PartHealth(
                status.name(), state(status.state()), status.detail().orElse(""), figures);
    }

    private static PartState state(ProcessorState state) {
        return switch (state) {
            case CREATED, WAITING, REBALANCING -> PartState.STARTING;
            case RUNNING -> PartState.RUNNING;
            case FAILED -> PartState.DEGRADED; // it starts again by itself
            case CLOSED -> PartState.STOPPED;
        };
    }
}
