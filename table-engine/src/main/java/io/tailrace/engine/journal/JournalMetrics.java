package io.tailrace.engine.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** The journal's meters. */
final class JournalMetrics {
    final Timer append;
    final Timer sync;
    final Counter appendedBytes;

    JournalMetrics(MeterRegistry registry, String region) {
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
}
