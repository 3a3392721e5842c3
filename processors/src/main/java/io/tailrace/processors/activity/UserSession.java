package io.tailrace.processors.activity;

import java.time.Duration;
import java.time.Instant;

/**
 * Activities of one user without a pause longer than the session gap.
 *
 * @param start the first activity's time
 * @param end the last activity's time
 */
public record UserSession(String user, Instant start, Instant end, long actions) {
    public UserSession {
        if (end.isBefore(start) || actions < 1) {
            throw new IllegalArgumentException("a session from " + start + " to " + end + " with " + actions);
        }
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    /** Both together, as if the time between had belonged to a session all along. */
    UserSession merge(UserSession other) {
        return new UserSession(
                user,
                start.isBefore(other.start) ? start : other.start,
                end.isAfter(other.end) ? end : other.end,
                actions + other.actions);
    }
}
