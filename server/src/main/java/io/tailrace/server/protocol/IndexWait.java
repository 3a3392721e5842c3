package io.tailrace.server.protocol;

import io.tailrace.engine.TableEngine;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.server.http.ServerRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The header by which a read waits until the global secondary indexes hold everything that was acknowledged before it. No
 * thread waits meanwhile.
 */
final class IndexWait {
    static final String HEADER = "x-tailrace-wait-for-indexes";

    /** The operations that can read an index. */
    private static final Set<String> READS = Set.of("Query", "Scan", "ExecuteStatement", "BatchExecuteStatement");

    private final Duration limit;

    /** @param limit after it the read is refused */
    IndexWait(Duration limit) {
        this.limit = limit;
    }

    static boolean isWanted(String operation, ServerRequest request) {
        return READS.contains(operation) && request.header(HEADER).equalsIgnoreCase("true");
    }

    /** Completes when the read may begin; fails with an error that clients retry when that takes too long. */
    CompletableFuture<Void> begin(TableEngine engine) {
        CompletableFuture<Void> applied = engine.whenIndexesApplied();
        return applied.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionallyCompose(failure -> {
            applied.cancel(false);
            return CompletableFuture.failedFuture(refusal(failure));
        });
    }

    private DynamoException refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String why = cause instanceof TimeoutException
                ? "The global secondary indexes do not hold yet what was acknowledged before the request, after "
                        + limit.toMillis() + " ms"
                : "It cannot be told now what the global secondary indexes hold";
        return new DynamoException(ErrorType.INTERNAL_SERVER_ERROR, why + "; please retry");
    }
}
