package io.tailrace.server.runtime;

import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.ProcessorStatus;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.replication.ReplicationState;
import io.tailrace.processors.replication.ReplicationStatus;
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
import java.util.function.ToLongFunction;

/** How the processors are. */
final class ProcessorHealth {
    private static final List<PartState> BY_CONCERN =
            List.of(PartState.RUNNING, PartState.STOPPED, PartState.STARTING, PartState.DEGRADED, PartState.FAILED);

    private ProcessorHealth() {}

    /**
     * One part for each.
     *
     * @param processors empty while they are not there
     * @param replicators into the region
     * @param waiting what state they are in then
     * @param waits and why
     */
    static List<PartHealth> parts(
            ProcessorSettings settings,
            Optional<Processors> processors,
            List<ReplicationStatus> replicators,
            PartState waiting,
            String waits) {
        List<PartHealth> parts = new ArrayList<>();
        for (ProcessorName name : ProcessorName.values()) {
            parts.add(
                    settings.here().contains(name)
                            ? processors
                                    .map(running -> part(name, running, replicators))
                                    .orElse(new PartHealth(name.text(), waiting, waits))
                            : new PartHealth(
                                    name.text(),
                                    PartState.DISABLED,
                                    "not in this process: processors.enabled, processors.only"));
        }
        return parts;
    }

    private static PartHealth part(ProcessorName name, Processors processors, List<ReplicationStatus> replicators) {
        return switch (name) {
            case REPLICATION -> replication(name.text(), replicators);
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

    /** All that forward to the region together: the state of the one that is worst off, and who is not well. */
    private static PartHealth replication(String name, List<ReplicationStatus> replicators) {
        PartState worst = PartState.RUNNING;
        List<String> details = new ArrayList<>();
        for (ReplicationStatus replicator : replicators) {
            PartState state = state(replicator.state());
            worst = BY_CONCERN.indexOf(state) > BY_CONCERN.indexOf(worst) ? state : worst;
            replicator.detail().ifPresent(detail -> details.add("from " + replicator.source() + ": " + detail));
        }
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("sources", (long) replicators.size());
        if (replicators.stream()
                .allMatch(replicator -> replicator.pendingRecords().isPresent())) {
            figures.put(
                    "pendingRecords",
                    sum(replicators, status -> status.pendingRecords().orElseThrow()));
        }
        figures.put("forwarded", sum(replicators, ReplicationStatus::forwarded));
        figures.put("deadLetters", sum(replicators, ReplicationStatus::deadLetters));
        figures.put("restarts", sum(replicators, ReplicationStatus::restarts));
        return new PartHealth(name, worst, String.join("; ", details), figures);
    }

    private static long sum(List<ReplicationStatus> replicators, ToLongFunction<ReplicationStatus> figure) {
        return replicators.stream().mapToLong(figure).sum();
    }

    private static PartState state(ReplicationState state) {
        return switch (state) {
            case CREATED, WAITING -> PartState.STARTING;
            case RUNNING -> PartState.RUNNING;
            case DEGRADED -> PartState.DEGRADED;
            case FAILED -> PartState.FAILED;
            case CLOSED -> PartState.STOPPED;
        };
    }

    private static PartState state(ProcessorState state) {
        return switch (state) {
            case CREATED, WAITING, REBALANCING -> PartState.STARTING;
            case IDLE, RUNNING -> PartState.RUNNING;
            case FAILED -> PartState.DEGRADED; // it starts again by itself
            case CLOSED -> PartState.STOPPED;
        };
    }
}
