package io.tailrace.server.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerReply.Header;
import io.tailrace.server.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The replies of the admin port, which nobody may keep. */
final class AdminReplies {
    static final Header RETRY_SOON = new Header("Retry-After", "1");

    private static final int FORBIDDEN = 403;
    private static final int METHOD_NOT_ALLOWED = 405;

    private static final Header JSON = new Header("Content-Type", "application/json");
    private static final Header NO_CACHE = new Header("Cache-Control", "no-store");

    private final JsonFactory factory = new JsonFactory();

    /** What a reply in JSON says. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** Why this request may not change anything; empty when it may. */
    Optional<ServerReply> refusedChange(ServerRequest request) {
        if (!request.method().equals("POST")) {
            return Optional.of(error(METHOD_NOT_ALLOWED, "only POST is allowed here", new Header("Allow", "POST")));
        }
        // A page in a browser can send a POST to any port of this machine, and says from where it is.
        return request.header("Origin").isEmpty()
                ? Optional.empty()
                : Optional.of(error(FORBIDDEN, "pages in browsers may not change anything here"));
    }

    ServerReply error(int status, String message, Header... headers) {
        ServerReply reply = json(status, json -> {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        });
        List<Header> all = new ArrayList<>(reply.headers());
        all.addAll(List.of(headers));
        return new ServerReply(status, all, reply.body());
    }

    ServerReply json(int status, Body body) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (JsonGenerator json = factory.createGenerator(buffer)) {
            json.useDefaultPrettyPrinter();
            body.write(json);
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        buffer.write('\n');
        return bytes(status, buffer.toByteArray(), JSON);
    }

    ServerReply bytes(int status, byte[] body, Header type) {
        return new ServerReply(status, List.of(type, NO_CACHE), body);
    }
}
