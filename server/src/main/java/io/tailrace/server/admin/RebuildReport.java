package io.tailrace.server.admin;

import io.tailrace.capture.Rebuild;
import java.util.List;

/**
 * That Kafka's topics are being filled again.
 *
 * @param topics from which commit to which, and what stays missing
 * @param indexes global secondary indexes that are built anew, as {@code Table/Index}
 * @param timeToLive tables whose items are told again for time to live
 */
public record RebuildReport(Rebuild topics, List<String> indexes, List<String> timeToLive) {
    public RebuildReport {
        indexes = List.copyOf(indexes);
        timeToLive = List.copyOf(timeToLive);
    }
}
