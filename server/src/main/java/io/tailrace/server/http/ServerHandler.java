package io.tailrace.server.http;

import java.util.concurrent.CompletionStage;

/** Answers requests. */
public interface ServerHandler {
    /**
     * Whether {@link #handle} of this request does not block and takes no longer than to hand it to a worker and back would: then the
     * connection's own thread calls it. Must not block.
     */
    default boolean isQuick(ServerRequest request) {
        return false;
    }

    /** Runs on a worker thread and may block, unless the request {@link #isQuick}. What it throws, and a failed stage, become {@link #failed}. */
    CompletionStage<ServerReply> handle(ServerRequest request);

    /** The reply to a request that never reached {@link #handle}; must not block. */
    ServerReply refused(Refusal refusal);

    /** The reply when {@link #handle} went wrong: reports the failure, and tells the client nothing of it; must not block. */
    ServerReply failed(Throwable failure);
}
