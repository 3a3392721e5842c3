package io.tailrace.server.demo;

import java.util.List;
import java.util.Map;

/**
 * The activity processor's results at one moment, as far as the demo shows them.
 *
 * @param events activities counted
 * @param bytes bytes served
 * @param users distinct users
 * @param sessions sessions so far
 * @param byType activities of each type
 * @param topPages the most visited pages, most visits first
 */
record AnalyticsSnapshot(
        long events, long bytes, long users, long sessions, Map<String, Long> byType, List<PageCount> topPages) {
    /** A page and how often it was visited. */
    record PageCount(String page, long visits) {}
}
