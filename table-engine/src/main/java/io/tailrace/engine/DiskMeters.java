package io.tailrace.engine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.disk.DiskUse;
import io.tailrace.engine.state.TableState;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the state takes of the disk, in all and by table; the journal has meters of its own. */
final class DiskMeters {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TableState state;
    private final MultiGauge tables;
    private Catalog shown;
    private long lastLookNanos;

    DiskMeters(MeterRegistry meters, String region, TableState state, Path stateDirectory) {
        this.state = state;
        this.tables = MultiGauge.builder("tailrace.table.disk")
                .description(
                        "About what a table's items and local secondary indexes take in the state's files; what was"
                                + " written in the last seconds may not be in them")
                .baseUnit("bytes")
                .tag("region", region)
                .register(meters);
        Gauge.builder("tailrace.state.size", () -> DiskUse.bytes(stateDirectory, file -> true))
                .description("Files of the state: all tables, and what is known besides their items")
                .baseUnit("bytes")
                .tag("region", region)
                .register(meters);
    }

    /** Looks again when the tables are others, or some time went by. */
    void doWork() {
        Catalog now = state.catalog();
        if (now == shown && System.nanoTime() - lastLookNanos < INTERVAL_NANOS) {
            return;
        }
        tables.register(
                now.tables().stream()
                        .map(table ->
                                MultiGauge.Row.of(Tags.of("table", table.name()), state.approximateDiskBytes(table)))
                        .toList(),
                true);
        shown = now;
        lastLookNanos = System.nanoTime();
    }
}
