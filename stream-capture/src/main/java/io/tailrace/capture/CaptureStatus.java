package io.tailrace.capture;

import java.util.Objects;

/**
 * How capture is doing.
 *
 * @param capturedSequence all records of the commits up to this one are in Kafka
 * @param lagRecords journal entries behind that
 * @param lagMillis how long ago the first of them was committed; 0 when there is none
 * @param lastError of the last thing that went wrong, also when it was overcome; null when nothing has
 */
public record CaptureStatus(State state, long capturedSequence, long lagRecords, long lagMillis, String lastError) {
    /** Where capture stands. */
    public enum State {
        /** Not connected yet. */
        STARTING,
        /** Kafka takes what it is given. */
        RUNNING,
        /** Kafka is away or slow; capture tries on, and writes go on. */
        DEGRADED,
        /** Someone has to do something; the last error says what. */
        FAILED,
        /** Closed. */
        STOPPED
    }

    public CaptureStatus {
        Objects.requireNonNull(state);
    }
}
