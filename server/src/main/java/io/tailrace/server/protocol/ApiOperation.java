package io.tailrace.server.protocol;

import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.writer.WriteOperation;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One operation of the API: how its request is read, what carries it out, how its answer is written.
 *
 * @param name as in the target header
 */
record ApiOperation<Q, R>(String name, Structure<Q> request, Execution<Q, R> execution, Encoder<R> encoder) {
    /** Carries a request out; may block, and may throw a DynamoException. */
    @FunctionalInterface
    interface Execution<Q, R> {
        CompletionStage<R> execute(ApiRegion region, Q request);
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
                (region, in) ->
                        CompletableFuture.completedFuture(region.engine().read(operation.apply(in))),
                encoder);
    }

    static <Q, R> ApiOperation<Q, R> write(
            String name, Structure<Q> request, Function<Q, WriteOperation<R>> operation, Encoder<R> encoder) {
        return new ApiOperation<>(name, request, (region, in) -> region.engine().write(operation.apply(in)), encoder);
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
