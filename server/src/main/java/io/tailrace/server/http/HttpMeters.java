package io.tailrace.server.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The meters of a listener. */
enum HttpMeters {
    CONNECTIONS("tailrace.http.connections", "Open connections."),
    WORKER_QUEUE("tailrace.http.worker.queue", "Requests that wait for a worker thread."),
    BODY_BYTES("tailrace.http.body.bytes", "Bytes of the request bodies that are held."),
    UNSENT_BYTES("tailrace.http.unsent.bytes", "Bytes of the answers that their clients have not taken yet.");

    private final String meterName;
    private final String description;

    HttpMeters(String meterName, String description) {
        this.meterName = meterName;
        this.description = description;
    }

    void gauge(MeterRegistry meters, String listener, Supplier<Number> value) {
        Gauge.builder(meterName, value)
                .description(description)
                .tag("listener", listener)
                .strongReference(true)
                .register(meters);
    }
}
