package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;

/**
 * Which of several writes to one item of a global table wins, in every region alike: the one with the later time; of
 * equal times the one with the greater name of the region, by its UTF-16 code units.
 *
 * @param time when the write was accepted, or a microsecond after the version that it found, whichever is later; cut to
 *     microseconds
 * @param region where the write was accepted
 */
public record ItemVersion(Instant time, String region) implements Comparable<ItemVersion> {
    private static final Comparator<ItemVersion> ORDER =
            Comparator.comparing(ItemVersion::time).thenComparing(ItemVersion::region);

    public ItemVersion {
        time = time.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(region);
    }

    /**
     * The version of a write that is accepted where the item has this version already: greater than it, whatever the
     * clock says.
     *
     * @param now the commit's time
     * @param acceptedIn the region
     */
    public ItemVersion next(Instant now, String acceptedIn) {
        ItemVersion byClock = new ItemVersion(now, acceptedIn);
        Instant after = time.plus(1, ChronoUnit.MICROS);
        return byClock.time().isBefore(after) ? new ItemVersion(after, acceptedIn) : byClock;
    }

    public boolean isAfter(ItemVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(ItemVersion other) {
        return ORDER.compare(this, other);
    }
}
