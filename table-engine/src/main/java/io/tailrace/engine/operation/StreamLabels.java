package io.tailrace.engine.operation;

import io.tailrace.engine.writer.PlanContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/** The labels of streams: when they were enabled, for example {@code 2015-07-27T00:48:05.899}. */
final class StreamLabels {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private StreamLabels() {}

    /**
     * The label of a stream that is enabled now: the time in milliseconds, or the first one behind it that no other stream of
     * a table of this name has, so that each has an ARN of its own.
     */
    static String next(String tableName, PlanContext context) {
        Set<String> taken = context.streamLabels(tableName);
        Instant time = context.now();
        while (taken.contains(FORMAT.format(time))) {
            time = time.plusMillis(1);
        }
        return FORMAT.format(time);
    }
}
