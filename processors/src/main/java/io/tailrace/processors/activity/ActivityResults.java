package io.tailrace.processors.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What {@link ActivityQueries} answers with. Minutes are given by their start. */
public final class ActivityResults {
    private ActivityResults() {}

    /** Activities of a type in a minute. */
    public record TypePerMinute(Instant minute, String type, long actions, long bytes) {}

    /** Distinct users in a minute. */
    public record UsersPerMinute(Instant minute, long activeUsers, long actions) {}

    /** Bytes served in a minute. */
    public record BytesPerMinute(Instant minute, long bytes, long actions) {}

    /** All activities of a type. */
    public record TypeTotal(String type, long actions, long bytes) {}

    /** All activities on a page. */
    public record PageTotal(String page, long actions, long bytes) {}

    /**
     * The sums over everything.
     *
     * @param users distinct users
     * @param sessionActions activities in sessions
     * @param sessionLength of all sessions together
     */
    public record Summary(
            long events, long bytes, long users, long sessions, long sessionActions, Duration sessionLength) {}

    /**
     * Every result added up by itself, so that they can be compared with one another and with the input. They agree when
     * everything has been processed.
     *
     * @param perType activities by type
     * @param perPage activities by page
     * @param sessions counted in the sessions themselves
     * @param sessionActions likewise
     * @param minuteActions sum over minutes
     * @param minuteTypeActions sum over minutes and types
     * @param minuteBytes sum over minutes
     * @param typeBytes sum over types
     * @param pageBytes sum over pages
     */
    public record Totals(
            Summary summary,
            Map<String, Long> perType,
            Map<String, Long> perPage,
            long sessions,
            long sessionActions,
            long minuteActions,
            long minuteTypeActions,
            long minuteBytes,
            long typeBytes,
            long pageBytes) {
        public Totals {
            perType = Collections.unmodifiableMap(new TreeMap<>(perType));
            perPage = Collections.unmodifiableMap(new TreeMap<>(perPage));
        }

        /** Events counted. */
        public long events() {
            return summary.events();
        }

        /** Bytes served. */
        public long bytes() {
            return summary.bytes();
        }
    }
}
