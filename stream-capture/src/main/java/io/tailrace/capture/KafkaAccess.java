package io.tailrace.capture;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How capture comes to Kafka, and what it does while it waits.
 *
 * @param connections a new one for each session
 * @param calls where the capture thread may be interrupted
 * @param nanoTime as {@link System#nanoTime}
 * @param idle how long a step waits when there is nothing to do; zero where someone else decides what is next
 */
record KafkaAccess(
        Supplier<KafkaConnection> connections, InterruptibleSection calls, LongSupplier nanoTime, Duration idle) {
    private static final Duration IDLE = Duration.ofMillis(100);

    /** To a real cluster, on a thread of capture's own. */
    static KafkaAccess of(CaptureConfig config) {
        return new KafkaAccess(() -> new ClusterConnection(config), new InterruptibleSection(), System::nanoTime, IDLE);
    }
}
