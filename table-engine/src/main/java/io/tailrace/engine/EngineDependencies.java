package io.tailrace.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/** What an engine takes from the outside world. */
public record EngineDependencies(Clock clock, MeterRegistry meters, Supplier<UUID> uuids) {
    public EngineDependencies {
        Objects.requireNonNull(clock);
        Objects.requireNonNull(meters);
        Objects.requireNonNull(uuids);
    }

    /** The system's clock and random numbers. */
    public static EngineDependencies system(MeterRegistry meters) {
        return new EngineDependencies(Clock.systemUTC(), meters, UUID::randomUUID);
    }
}
