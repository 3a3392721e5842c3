package io.tailrace.engine.read;

/**
 * A read, validated already as far as that needs no state. It runs on the caller's thread and never waits for writes.
 *
 * @param <R> what the read returns
 */
@FunctionalInterface
public interface ReadOperation<R> {
    R execute(ReadContext context);

    /** Whether all reads must see one and the same state; a single item or a single cursor does so anyway. */
    default boolean needsSnapshot() {
        return false;
    }
}
