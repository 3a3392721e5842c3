package io.tailrace.engine.writer;

import io.tailrace.engine.journal.CommandPosition;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A write on its way: planned by the writer, and completed, as it was planned, once its batch is durable. */
final class PendingWrite<R> {
    private final WriteOperation<R> operation;
    private final CommandPosition position;
    private final long incarnation;
    private final CompletableFuture<R> future = new CompletableFuture<>();
    private final long submittedNanos;
    private R response;
    private Throwable refusal;

    /**
     * @param position null unless it came from the commands topic
     * @param incarnation of the writer that a command is meant for
     */
    PendingWrite(WriteOperation<R> operation, CommandPosition position, long incarnation, long submittedNanos) {
        this.operation = Objects.requireNonNull(operation);
        this.position = position;
        this.incarnation = incarnation;
        this.submittedNanos = submittedNanos;
    }

    CommandPosition position() {
        return position;
    }

    /** Whether commands in front of this one may have failed since its sender last knew how far the engine was. */
    boolean isOfAnother(long current) {
        return position != null && incarnation != current;
    }

    CompletableFuture<R> future() {
        return future;
    }

    long submittedNanos() {
        return submittedNanos;
    }

    /** Lets the operation decide, and keeps the response for {@link #complete}. */
    Plan<R> plan(PlanContext context) {
        Plan<R> plan = operation.plan(context);
        response = plan.response();
        return plan;
    }

    void refuse(Throwable reason) {
        refusal = reason;
    }

    boolean isRefused() {
        return refusal != null;
    }

    void complete() {
        if (refusal == null) {
            future.complete(response);
        } else {
            future.completeExceptionally(refusal);
        }
    }

    /** For when the write is done: fails unless it was answered. */
    void endUnanswered() {
        if (!future.isDone()) {
            future.completeExceptionally(WriterErrors.outcomeUnknown());
        }
    }

    void fail(Throwable reason) {
        future.completeExceptionally(reason);
    }

    @Override
    public String toString() {
        return operation.getClass().getSimpleName();
    }
}
