package io.tailrace.processors.replication;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** What a replicator has done since it was made. Safe for use by several threads. */
final class Figures {
    private static final long UNKNOWN = -1;

    final LongAdder skipped = new LongAdder();
    final LongAdder deadLetters = new LongAdder();
    final LongAdder restarts = new LongAdder();
    private final LongAdder forwarded = new LongAdder();
    private final AtomicLong pending = new AtomicLong(UNKNOWN);
    private final Timer latency;

    Figures(String source, String target, MeterRegistry meters) {
        Tags tags = Tags.of(ReplicationMeter.SOURCE_TAG, source, ReplicationMeter.TARGET_TAG, target);
        latency = Timer.builder(ReplicationMeter.LATENCY.meterName())
                .tags(tags)
                .description(ReplicationMeter.LATENCY.description())
                .register(meters);
        gauge(meters, tags, ReplicationMeter.PENDING, figures -> {
            long count = figures.pending.get();
            return count == UNKNOWN ? Double.NaN : count;
        });
        counter(meters, tags, ReplicationMeter.FORWARDED, figures -> figures.forwarded.sum());
        counter(meters, tags, ReplicationMeter.SKIPPED, figures -> figures.skipped.sum());
        counter(meters, tags, ReplicationMeter.DEAD_LETTERS, figures -> figures.deadLetters.sum());
        counter(meters, tags, ReplicationMeter.RESTARTS, figures -> figures.restarts.sum());
    }

    /** The change of an item that was committed then has arrived. */
    void arrived(Instant committed, Instant now) {
        forwarded.increment();
        Duration took = Duration.between(committed, now);
        latency.record(took.isNegative() ? Duration.ZERO : took); // the regions' clocks differ
    }

    /** The change of a table has arrived in one partition. */
    void arrived() {
        forwarded.increment();
    }

    void pending(long records) {
        pending.set(records);
    }

    long pendingOrNegative() {
        return pending.get();
    }

    long forwarded() {
        return forwarded.sum();
    }

    private void gauge(MeterRegistry meters, Tags tags, ReplicationMeter meter, ToDoubleFunction<Figures> value) {
        Gauge.builder(meter.meterName(), this, value)
                .tags(tags)
                .baseUnit(meter.baseUnit())
                .description(meter.description())
                .register(meters);
    }

    private void counter(MeterRegistry meters, Tags tags, ReplicationMeter meter, ToDoubleFunction<Figures> value) {
        FunctionCounter.builder(meter.meterName(), this, value)
                .tags(tags)
                .baseUnit(meter.baseUnit())
                .description(meter.description())
                .register(meters);
    }
}
