package io.tailrace.server.demo;

import java.util.Map;
import java.util.TreeMap;

/** Activities counted: how many, of which type, on which page, with how many bytes. For one thread. */
final class Tally {
    private final Map<String, Long> byType = new TreeMap<>();
    private final Map<String, Long> byPage = new TreeMap<>();
    private long activities;
    private long bytes;

    void add(String type, String page, long bodyBytes) {
        activities++;
        bytes += bodyBytes;
        byType.merge(type, 1L, Long::sum);
        byPage.merge(page, 1L, Long::sum);
    }

    long activities() {
        return activities;
    }

    long bytes() {
        return bytes;
    }

    Map<String, Long> byType() {
        return byType;
    }

    Map<String, Long> byPage() {
        return byPage;
    }
}
