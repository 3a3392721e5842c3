package io.tailrace.server.protocol;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of the API. */
enum ApiMeters {
    REQUESTS(
            "tailrace.api.requests",
            "Requests from the first look at the target to the encoded answer, by operation and outcome: ok, or the "
                    + "error's code.");

    private final String meterName;
    private final String description;

    ApiMeters(String meterName, String description) {
        this.meterName = meterName;
        this.description = description;
    }

    void record(MeterRegistry meters, String operation, String outcome, long nanos) {
        Timer.builder(meterName)
                .description(description)
                .tag("operation", operation)
                .tag("outcome", outcome)
                .publishPercentileHistogram(false)
                .register(meters)
                .record(Duration.ofNanos(nanos));
    }
}
