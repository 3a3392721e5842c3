package io.tailrace.engine.operation;

/** What became of a command. */
public enum CommandOutcome {
    /** The write is done; it may have changed nothing. */
    APPLIED,
    /** The condition does not hold. */
    CONDITION_FAILED,
    /** The write came from another region, and the item has its version already, or a greater one. */
    OUTDATED,
    /** There is no table of that name, or it is not the one that was meant. */
    TABLE_MISSING
}
