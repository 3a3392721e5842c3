package io.tailrace.engine.writer;

/**
 * A write, validated already as far as that needs no state.
 *
 * @param <R> what the caller gets once the write is durable
 */
@FunctionalInterface
public interface WriteOperation<R> {
    /**
     * Decides what the write does. Pure: everything it may depend on is in {@code context}, and it changes nothing. Runs on
     * the writer thread; throws {@code DynamoException} to refuse.
     */
    Plan<R> plan(PlanContext context);
}
