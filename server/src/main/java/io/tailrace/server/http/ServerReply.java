package io.tailrace.server.http;

import java.util.List;
import java.util.Objects;

/**
 * What a request is answered with. The server adds length, date and connection headers.
 *
 * @param headers written as they are
 * @param body the first {@code length} bytes of it; not to be changed any more
 */
public record ServerReply(int status, List<Header> headers, byte[] body, int length) {
    /** One header. */
    public record Header(String name, String value) {
        public Header {
            Objects.requireNonNull(name);
            Objects.requireNonNull(value);
        }
    }

    public ServerReply {
        headers = List.copyOf(headers);
        Objects.checkFromIndexSize(0, length, body.length);
    }

    public ServerReply(int status, List<Header> headers, byte[] body) {
        this(status, headers, body, body.length);
    }
}
