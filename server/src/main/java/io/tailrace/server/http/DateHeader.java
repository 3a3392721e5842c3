package io.tailrace.server.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The Date header's text, formatted once a second. */
final class DateHeader {
    private record Formatted(long epochSecond, String text) {}

    private final Clock clock;
    private volatile Formatted formatted = new Formatted(Long.MIN_VALUE, "");

    DateHeader(Clock clock) {
        this.clock = clock;
    }

    String text() {
        Instant now = clock.instant();
        Formatted current = formatted;
        if (current.epochSecond() != now.getEpochSecond()) {
            current = new Formatted(
                    now.getEpochSecond(), DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
            formatted = current;
        }
        return current.text();
    }
}
