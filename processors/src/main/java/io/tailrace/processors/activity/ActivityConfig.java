package io.tailrace.processors.activity;

import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.Objects;

/**
 * What the activity processor reads and writes.
 *
 * @param table whose stream it reads
 * @param streamTopic the topic to read; null for the table's own
 * @param analyticsTable to write results to: partition key {@code Metric} (S), sort key {@code Bucket} (S)
 * @param userAttribute S, who acted
 * @param timestampAttribute S, when: ISO-8601, anything from a {@code #} on is ignored
 * @param typeAttribute S, what was done
 * @param pageAttribute S, on which page
 * @param bytesAttribute N, whole and not negative: how much was served; 0 when it is missing
 * @param sessionGap an activity later than this after the one before begins a new session
 * @param publishInterval how often results are published; until then changes of one result are put together
 */
public record ActivityConfig(
        String table,
        String streamTopic,
        String analyticsTable,
        String userAttribute,
        String timestampAttribute,
        String typeAttribute,
        String pageAttribute,
        String bytesAttribute,
        Duration sessionGap,
        Duration publishInterval) {
    /** The tables of {@code ./tailrace demo}. */
    public static final ActivityConfig DEFAULT = new ActivityConfig(
            "UserActivity",
            null,
            "UserActivityAnalytics",
            "UserID",
            "Timestamp",
            "ActivityType",
            "Page",
            "Bytes",
            Duration.ofMinutes(30),
            Duration.ofMillis(500));

    public ActivityConfig {
        Objects.requireNonNull(table);
        Objects.requireNonNull(analyticsTable);
        Objects.requireNonNull(userAttribute);
        Objects.requireNonNull(timestampAttribute);
        Objects.requireNonNull(typeAttribute);
        Objects.requireNonNull(pageAttribute);
        Objects.requireNonNull(bytesAttribute);
        if (sessionGap.isNegative() || sessionGap.isZero()) {
            throw new IllegalArgumentException("sessionGap must be positive, not " + sessionGap);
        }
        if (publishInterval.toMillis() < 1) {
            throw new IllegalArgumentException("publishInterval must be at least 1 ms, not " + publishInterval);
        }
    }

    /** The topic to read. */
    public String topic(String region) {
        return streamTopic == null ? Topics.stream(region, table) : streamTopic;
    }
}
