package io.tailrace.server.crash;

/**
 * One write to one item, as a client asked for it.
 *
 * @param id unique in the history; what the write leaves carries it, except a delete
 * @param effect null when only the condition is checked
 */
record Write(int id, Slot slot, Effect effect, Condition condition) {
    boolean isDelete() {
        return effect instanceof Effect.Delete;
    }

    boolean isCheck() {
        return effect == null;
    }

    /** Whether the item that it leaves says so. */
    boolean isNamed() {
        return !isDelete() && !isCheck();
    }
}
