package io.tailrace.server.protocol;

import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerReply.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/** Makes replies with the headers that every answer of the service has. */
final class ReplyWriter {
    static final String JSON_1_0 = "application/x-amz-json-1.0";
    static final String JSON = "application/json";

    /** Below this a packed body saves nothing worth the work. */
    private static final int MIN_GZIP_BYTES = 8 * 1024;

    /** What a reply depends on besides its body. */
    record Envelope(String requestId, String contentType, boolean acceptsGzip) {}

    /** Writes a body. */
    @FunctionalInterface
    interface Body {
        void write(JsonWriter out) throws IOException;
    }

    private final ApiJson json;

    ReplyWriter(ApiJson json) {
        this.json = json;
    }

    <R> ServerReply ok(Envelope envelope, ApiOperation.Encoder<R> encoder, R response) {
        return reply(200, envelope, json.write(encoder, response));
    }

    ServerReply error(Envelope envelope, ErrorBody error) {
        return reply(error.status(), envelope, json.write(error::write));
    }

    ServerReply text(int status, Envelope envelope, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return reply(status, envelope, bytes, bytes.length);
    }

    private static ServerReply reply(int status, Envelope envelope, ReplyBuffer body) {
        return reply(status, envelope, body.array(), body.size());
    }

    /** The checksum is of what travels, packed or not: clients check it before they unpack. */
    private static ServerReply reply(int status, Envelope envelope, byte[] body, int length) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("x-amzn-RequestId", envelope.requestId()));
        headers.add(new Header("Server", "Tailrace"));
        if (!envelope.contentType().isEmpty()) {
            headers.add(new Header("Content-Type", envelope.contentType()));
        }
        byte[] sent = body;
        int sentLength = length;
        if (envelope.acceptsGzip() && length >= MIN_GZIP_BYTES) {
            sent = GzipBody.pack(body, length);
            sentLength = sent.length;
            headers.add(new Header("Content-Encoding", "gzip"));
        }
        CRC32 checksum = new CRC32();
        checksum.update(sent, 0, sentLength);
        headers.add(new Header("x-amz-crc32", Long.toString(checksum.getValue())));
        return new ServerReply(status, headers, sent, sentLength);
    }

    /** Whether an Accept-Encoding header allows gzip. */
    static boolean acceptsGzip(String acceptEncoding) {
        if (acceptEncoding.isEmpty()) {
            return false;
        }
        for (String part : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String coding = part.replace(" ", "");
            if (coding.equals("gzip") || coding.startsWith("gzip;") && !coding.matches("gzip;q=0(\\.0*)?")) {
                return true;
            }
        }
        return false;
    }
}
