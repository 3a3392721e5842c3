package io.tailrace.engine.operation;

import io.tailrace.engine.read.ReadOperation;
import io.tailrace.engine.writer.WriteOperation;
import java.util.concurrent.CompletableFuture;

/** Runs reads and writes; the engine does. Operations that consist of several of them are handed one. */
public interface OperationExecutor {
    /** Completes once the write is durable; completes exceptionally, or throws, when it is refused. */
    <R> CompletableFuture<R> write(WriteOperation<R> operation);

    <R> R read(ReadOperation<R> operation);
}
