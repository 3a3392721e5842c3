package io.tailrace.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.Executor;

/**
 * A request that has come in completely.
 *
 * @param path without the query
 * @param query what follows the question mark, empty for none
 * @param body has an array; only valid until the handler has returned
 * @param replies where replies that are ready later may be encoded: the connection's own thread, so nothing may block
 * @param workers where work that had to wait goes on
 */
public record ServerRequest(
        String method,
        String path,
        String query,
        HttpHeaders headers,
        ByteBuf body,
        Executor replies,
        Executor workers) {
    /**
     * The first value of the header, or an empty text.
     *
     * @param name in any case; an AsciiString is found fastest, because it knows its hash
     */
    public String header(CharSequence name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }
}
