package io.tailrace.server.protocol;

import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.writer.WriteOperation;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One operation of the API: how its request is read, what carries it out, how its answer is written.
 *
 * @param name as in the target header
 * @param quick whether the execution takes microseconds and does not block, for a request of some kilobytes
 */
record ApiOperation<Q, R>(
        String name, Structure<Q> request, Execution<Q, R> execution, Encoder<R> encoder, boolean quick) {
    ApiOperation(String name, Structure<Q> request, Execution<Q, R> execution, Encoder<R> encoder) {
        this(name, request, execution, encoder, false);
    }

    /** Carries a request out; may block unless it is quick, and may throw a DynamoException. */
    @FunctionalInterface
    interface Execution<Q, R> {
        /** @param workers for what blocks all the same */
        CompletionStage<R> execute(ApiRegion region, Q request, Executor workers);
    }

    /** Writes the members of an answer. */
    @FunctionalInterface
    interface Encoder<R> {
        void write(JsonWriter out, R response) throws IOException;
    }

    static <Q, R> ApiOperation<Q, R> read(
            String name, Structure<Q> request, Function<Q, ReadOperation<R>> operation, Encoder<R> encoder) {
        return new ApiOperation<>(
                name,
                request,
                (region, in, workers) ->
                        CompletableFuture.completedFuture(region.engine().read(operation.apply(in))),
                encoder);
    }

    /** A read of single items: only when they are not in memory it takes a worker. */
    static <Q, R> ApiOperation<Q, R> quickRead(
            String name, Structure<Q> request, Function<Q, ReadOperation<R>> operation, Encoder<R> encoder) {
        return new ApiOperation<>(
                name,
                request,
                (region, in, workers) -> {
                    ReadOperation<R> read = operation.apply(in);
                    return region.engine()
                            .readInMemory(read)
                            .map(CompletableFuture::completedFuture)
                            .orElseGet(() -> CompletableFuture.supplyAsync(
                                    () -> region.engine().read(read), workers));
                },
                encoder,
                true);
    }

    static <Q, R> ApiOperation<Q, R> write(
            String name, Structure<Q> request, Function<Q, WriteOperation<R>> operation, Encoder<R> encoder) {
        return write(name, request, operation, encoder, false);
    }

    /** A write that is small: it waits for the writer, and no thread waits for it. */
    static <Q, R> ApiOperation<Q, R> quickWrite(
            String name, Structure<Q> request, Function<Q, WriteOperation<R>> operation, Encoder<R> encoder) {
        return write(name, request, operation, encoder, true);
    }

    private static <Q, R> ApiOperation<Q, R> write(
            String name,
            Structure<Q> request,
            Function<Q, WriteOperation<R>> operation,
            Encoder<R> encoder,
            boolean quick) {
        return new ApiOperation<>(
                name, request, (region, in, workers) -> region.engine().write(operation.apply(in)), encoder, quick);
    }

    /** Of operations whose model has no output: the answer has no body at all. */
    private static final Encoder<Object> NO_OUTPUT = (out, response) -> {
        throw new IllegalStateException("an answer without a body has no members");
    };

    @SuppressWarnings("unchecked") // it encodes nothing of whatever type
    static <R> Encoder<R> noOutput() {
        return (Encoder<R>) NO_OUTPUT;
    }

    boolean hasOutput() {
        return encoder != NO_OUTPUT;
    }

    /** Writes no members. */
    static <R> Encoder<R> nothing() {
        return (out, response) -> {};
    }
}
