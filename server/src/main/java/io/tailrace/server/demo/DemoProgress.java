package io.tailrace.server.demo;

import io.tailrace.server.demo.input.ActivitySource;

/**
 * How far the demo is, at one moment.
 *
 * @param input position in the input
 * @param read activities and malformed lines read
 * @param written writes acknowledged
 * @param streamed stream records of new items
 * @param analytics what the activity processor has counted; null while it does not answer
 */
record DemoProgress(
        ActivitySource.Progress input, long read, long written, long streamed, AnalyticsSnapshot analytics) {
    private static final int PERCENT = 100;

    /** 0 to 100, or -1 when the input's length is unknown. */
    int percentRead() {
        if (input.total().isEmpty()) {
            return -1;
        }
        long total = input.total().getAsLong();
        return total == 0 ? PERCENT : (int) Math.min(PERCENT, input.done() * PERCENT / total);
    }
}
