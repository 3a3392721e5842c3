package io.tailrace.engine.operation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The labels of streams: when they were enabled, for example {@code 2015-07-27T00:48:05.899}. */
final class StreamLabels {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private StreamLabels() {}

    static String of(Instant enabled) {
        return FORMAT.format(enabled);
    }
}
