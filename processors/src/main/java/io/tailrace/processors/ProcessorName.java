package io.tailrace.processors;

import java.util.Locale;

/** The processors that a process can run. */
public enum ProcessorName {
    /** Global secondary indexes. */
    GSI,
    /** Time to live. */
    TTL,
    /** The analytics of the activity example. */
    ACTIVITY,
    /** Global tables: what other regions have committed comes into this one. */
    REPLICATION;

    /** As in application ids, settings and health. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
