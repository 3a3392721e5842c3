package io.tailrace.server.http;

import java.util.concurrent.CompletionStage;

/** Answers requests. */
public interface ServerHandler {
    /** Runs on a worker thread and may block. What it throws, and a failed stage, become {@link #failed}. */
    CompletionStage<ServerReply> handle(ServerRequest request);

    /** The reply to a request that never reached {@link #handle}; must not block. */
    ServerReply refused(Refusal refusal);

    /** The reply when {@link #handle} went wrong: reports the failure, and tells the client nothing of it; must not block. */
    ServerReply failed(Throwable failure);
}
