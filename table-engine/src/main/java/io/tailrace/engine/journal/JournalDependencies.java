package io.tailrace.engine.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.step.StepListener;
import java.time.Clock;
import java.util.Objects;

/**
 * What a journal takes from the outside world.
 *
 * @param region whose journal it is, for its meters
 * @param steps hears of each step of a write; {@link StepListener#NONE} outside of tests
 * @param disk what makes files durable; {@link DiskSync#SYSTEM} outside of tests
 */
public record JournalDependencies(Clock clock, MeterRegistry meters, String region, StepListener steps, DiskSync disk) {
    public JournalDependencies {
        Objects.requireNonNull(clock);
        Objects.requireNonNull(meters);
        Objects.requireNonNull(region);
        Objects.requireNonNull(steps);
        Objects.requireNonNull(disk);
    }

    /** Nobody hears of the steps. */
    public JournalDependencies(Clock clock, MeterRegistry meters, String region) {
        this(clock, meters, region, StepListener.NONE, DiskSync.SYSTEM);
    }
}
