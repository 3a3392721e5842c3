package io.tailrace.server.demo.input;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * One thing that a user did.
 *
 * @param ordinal the line of the input that it came from, from 1; makes the sort key unique within a second
 * @param page the request's path without query and fragment
 * @param bytes body bytes sent
 * @param referrer null when unknown
 * @param userAgent null when unknown
 */
public record Activity(
        long ordinal,
        String userId,
        Instant time,
        String method,
        String page,
        int status,
        long bytes,
        String referrer,
        String userAgent) {
    /** How long an activity is kept: {@code ExpiresAt} is this many days after its time. */
    public static final int RETENTION_DAYS = 36_500;

    private static final DateTimeFormatter SORTABLE_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public Activity {
        Objects.requireNonNull(userId);
        Objects.requireNonNull(time);
        Objects.requireNonNull(method);
        Objects.requireNonNull(page);
    }

    /** The sort key: the time to the millisecond, then the ordinal, so that text order is time order. */
    public String timestamp() {
        return SORTABLE_TIME.format(time) + String.format(Locale.ROOT, "#%010d", ordinal);
    }

    public String type() {
        return ActivityType.of(method, page, status).label();
    }

    /** Epoch seconds at which time to live may delete the item. */
    public long expiresAt() {
        return time.plus(RETENTION_DAYS, ChronoUnit.DAYS).getEpochSecond();
    }
}
