package io.tailrace.capture;

import io.tailrace.engine.step.Step;

/** The steps of capture, for tests that end the process at one of them. */
public enum CaptureStep implements Step {
    /** It is decided where to go on, and nothing is sent yet. */
    RESUMED,
    /** A record is about to be sent; others of its commit may have been. */
    SEND_BEGINS,
    /** The producer has the record; Kafka may not. */
    SEND_ENDS,
    /** Kafka has the record, and nobody counted it yet. On the producer's thread. */
    ACKNOWLEDGED_BY_KAFKA,
    /** A stream is enabled, or met for the first time; its topic may not be there. */
    STREAM_BEGINS,
    /** The stream's topic is there, and nothing was sent to it yet. */
    STREAM_PREPARED,
    CHECKPOINT_BEGINS,
    /** The new checkpoint is on the disk, beside the old one that still counts. */
    CHECKPOINT_WRITTEN,
    CHECKPOINT_ENDS
}
