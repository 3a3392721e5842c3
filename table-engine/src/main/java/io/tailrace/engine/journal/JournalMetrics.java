package io.tailrace.engine.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** The journal's meters. */
final class JournalMetrics {
    final Timer append;
    final Timer sync;
    final Counter appendedBytes;
    private final MeterRegistry registry;
    private final String region;

    JournalMetrics(MeterRegistry registry, String region) {
        this.registry = registry;
        this.region = region;
        append = Timer.builder("tailrace.journal.append")
                .description("Time to append one batch of entries to the journal")
                .tag("region", region)
                .register(registry);
        sync = Timer.builder("tailrace.journal.sync")
                .description("Time to force the journal to the disk")
                .tag("region", region)
                .register(registry);
        appendedBytes = Counter.builder("tailrace.journal.appended")
                .description("Bytes of entries appended to the journal")
                .baseUnit("bytes")
                .tag("region", region)
                .register(registry);
    }

    /** Shows how large the journal is, and what room there is. */
    void watch(SegmentTable segments, JournalSpace space, long maxSizeBytes) {
        Gauge.builder("tailrace.journal.segments", segments, SegmentTable::count)
                .description("Journal files")
                .tag("region", region)
                .register(registry);
        bytes("tailrace.journal.size", "Bytes of the entries in the journal's files", segments::sizeBytes);
        bytes(
                "tailrace.journal.max.size",
                "What the journal may have; beyond it writes are refused",
                () -> maxSizeBytes);
        bytes(
                "tailrace.disk.usable",
                "What may still be written to the data directory's file system",
                space::lastUsableBytes);
    }

    private void bytes(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .baseUnit("bytes")
                .tag("region", region)
                .register(registry);
    }
}
