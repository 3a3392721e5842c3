package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is known of the capacity of a table or a global secondary index besides its units.
 *
 * @param maximum null for none
 * @param warm null when it was never set and is what follows from the billing mode
 * @param lastIncrease of the units, cut to microseconds; null for never
 * @param lastDecrease of the units, cut to microseconds; null for never
 * @param decreases how many there were on the day, in UTC, of the last one
 */
public record CapacityDetails(
        OnDemandMaximum maximum, WarmCapacity warm, Instant lastIncrease, Instant lastDecrease, int decreases) {
    /** Of what was never changed. */
    public static final CapacityDetails NONE = new CapacityDetails(null, null, null, null, 0);

    public CapacityDetails {
        lastIncrease = lastIncrease == null ? null : lastIncrease.truncatedTo(ChronoUnit.MICROS);
        lastDecrease = lastDecrease == null ? null : lastDecrease.truncatedTo(ChronoUnit.MICROS);
    }

    /** @param newMaximum null for none */
    public CapacityDetails withMaximum(OnDemandMaximum newMaximum) {
        return new CapacityDetails(newMaximum, warm, lastIncrease, lastDecrease, decreases);
    }

    public CapacityDetails withWarm(WarmCapacity newWarm) {
        return new CapacityDetails(maximum, newWarm, lastIncrease, lastDecrease, decreases);
    }

    public CapacityDetails increased(Instant now) {
        return new CapacityDetails(maximum, warm, now, lastDecrease, decreases);
    }

    /** @param decreasesOfDay this one included */
    public CapacityDetails decreased(Instant now, int decreasesOfDay) {
        return new CapacityDetails(maximum, warm, lastIncrease, now, decreasesOfDay);
    }
}
