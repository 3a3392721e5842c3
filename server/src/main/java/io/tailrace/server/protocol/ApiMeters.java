package io.tailrace.server.protocol;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The meters of the API. There are as many as operations and error codes, so that they are all kept at hand. */
final class ApiMeters {
    private record Kind(String operation, String outcome) {}

    private final MeterRegistry registry;
    private final Map<Kind, Timer> requests = new ConcurrentHashMap<>();

    ApiMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param outcome {@code ok}, or the error's code */
    void request(String operation, String outcome, long nanos) {
        requests.computeIfAbsent(new Kind(operation, outcome), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind) {
        return Timer.builder("tailrace.api.requests")
                .description(
                        "Requests from the first look at the target to the encoded answer, by operation and outcome: "
                                + "ok, or the error's code.")
                .tag("operation", kind.operation())
                .tag("outcome", kind.outcome())
                .register(registry);
    }
}
