package io.tailrace.engine.journal;

/** How the last use of the journal ended: what may be found at its end depends on it. */
public enum Shutdown {
    /** It was closed. Nothing is torn. */
    CLEAN,
    /** The process ended at any instant. The entry that was being written may be torn, which nobody was told about. */
    PROCESS_ENDED,
    /** The machine may have stopped. Whatever was not forced to the disk may be torn. */
    POWER_LOST
}
