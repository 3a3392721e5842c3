package io.tailrace.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers with text: refusals with their names. */
abstract class TextHandler implements ServerHandler {
    @Override
    public ServerReply refused(Refusal refusal) {
        return text(refusal.status(), refusal.name());
    }

    @Override
    public ServerReply failed(Throwable failure) {
        return text(500, "failed");
    }

    static ServerReply text(int status, String text) {
        return new ServerReply(status, List.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
