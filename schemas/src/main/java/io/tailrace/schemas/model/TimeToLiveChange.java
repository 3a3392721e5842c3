package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * That a table's time to live was switched on or off.
 *
 * @param time cut to microseconds
 * @param backfilling whether the items that were there are still being told again in the log
 */
public record TimeToLiveChange(Instant time, boolean backfilling) {
    public TimeToLiveChange {
        time = time.truncatedTo(ChronoUnit.MICROS);
    }
}
