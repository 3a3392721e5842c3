package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a table or index is to serve at once.
 *
 * @param preparedFrom cut to microseconds: until then it is being prepared; null when that is over
 */
public record WarmCapacity(long readUnitsPerSecond, long writeUnitsPerSecond, Instant preparedFrom) {
    public WarmCapacity {
        preparedFrom = preparedFrom == null ? null : preparedFrom.truncatedTo(ChronoUnit.MICROS);
    }
}
