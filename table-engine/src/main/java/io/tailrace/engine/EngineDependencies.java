package io.tailrace.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.engine.disk.DiskSync;
import io.tailrace.engine.state.BlockCache;
import io.tailrace.engine.step.StepListener;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What an engine takes from the outside world.
 *
 * @param steps hears of each step of a write; {@link StepListener#NONE} outside of tests
 * @param disk what makes files durable; {@link DiskSync#SYSTEM} outside of tests
 * @param blockCache of the state, when engines share one
 */
public record EngineDependencies(
        Clock clock,
        MeterRegistry meters,
        Supplier<UUID> uuids,
        StepListener steps,
        DiskSync disk,
        Optional<BlockCache> blockCache) {
    public EngineDependencies {
        Objects.requireNonNull(clock);
        Objects.requireNonNull(meters);
        Objects.requireNonNull(uuids);
        Objects.requireNonNull(steps);
        Objects.requireNonNull(disk);
        Objects.requireNonNull(blockCache);
    }

    public EngineDependencies(Clock clock, MeterRegistry meters, Supplier<UUID> uuids) {
        this(clock, meters, uuids, StepListener.NONE, DiskSync.SYSTEM, BlockCache.OWN);
    }

    /** The system's clock and random numbers. */
    public static EngineDependencies system(MeterRegistry meters) {
        return new EngineDependencies(Clock.systemUTC(), meters, UUID::randomUUID);
    }

    public EngineDependencies withSteps(StepListener listener) {
        return new EngineDependencies(clock, meters, uuids, listener, disk, blockCache);
    }

    public EngineDependencies withDisk(DiskSync newDisk) {
        return new EngineDependencies(clock, meters, uuids, steps, newDisk, blockCache);
    }

    /** With a cache that other engines use too; it is closed after them. */
    public EngineDependencies withBlockCache(BlockCache shared) {
        return new EngineDependencies(clock, meters, uuids, steps, disk, Optional.of(shared));
    }
}
