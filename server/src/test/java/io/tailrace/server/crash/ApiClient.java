package io.tailrace.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client of the DynamoDB API on one connection. It never sends a request twice, so that what is known of its outcome is
 * exact. Belongs to one thread.
 */
public final class ApiClient implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 90_000;

    private final int port;
    private final String region;
    private final Map<String, Long> errors;
    private Socket socket;
    private InputStream in;

    /** An answer. */
    public record Reply(int status, JsonNode body) {
        public boolean isOk() {
            return status == 200;
        }

        /** The server says that nothing was done. */
        public boolean isRefusal() {
            return status >= 400 && status < 500;
        }

        /** The error's name without its name space; empty when there is none. */
        public String error() {
            String type = body.path("__type").asText("");
            return type.substring(type.indexOf('#') + 1);
        }
    }

    /** The request cannot have reached the server. */
    static final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSentException(IOException cause) {
            super(cause);
        }
    }

    public ApiClient(int port, String region) {
        this(port, region, new ConcurrentHashMap<>());
    }

    /** @param errors counts the answers that are errors, by operation and error */
    ApiClient(int port, String region, Map<String, Long> errors) {
        this.errors = errors;
        this.port = port;
        this.region = region;
    }

    /** Tables' operations. */
    public Reply call(String operation, ObjectNode request) throws IOException {
        return call("DynamoDB_20120810." + operation, request, false);
    }

    /** As {@link #call}, waiting until the indexes are as far as the table. */
    Reply callWithIndexes(String operation, ObjectNode request) throws IOException {
        return call("DynamoDB_20120810." + operation, request, true);
    }

    /** Streams' operations. */
    Reply callStreams(String operation, ObjectNode request) throws IOException {
        return call("DynamoDBStreams_20120810." + operation, request, false);
    }

    private Reply call(String target, ObjectNode request, boolean waitForIndexes) throws IOException {
        byte[] body = JSON.writeValueAsBytes(request);
        connect();
        try {
            String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
                    + "X-Amz-Target: " + target + "\r\n"
                    + "X-Amz-Date: 20260101T000000Z\r\n"
                    + "Authorization: AWS4-HMAC-SHA256 Credential=anyone/20260101/" + region
                    + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0\r\n"
                    + (waitForIndexes ? "x-tailrace-wait-for-indexes: true\r\n" : "")
                    + "Content-Length: " + body.length + "\r\n\r\n";
            byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
            byte[] message = new byte[headBytes.length + body.length];
            System.arraycopy(headBytes, 0, message, 0, headBytes.length);
            System.arraycopy(body, 0, message, headBytes.length, body.length);
            socket.getOutputStream().write(message);
            Reply reply = receive();
            if (!reply.isOk()) {
                errors.merge(target.substring(target.indexOf('.') + 1) + " " + reply.error(), 1L, Long::sum);
            }
            return reply;
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void connect() throws NotSentException {
        if (socket != null) {
            return;
        }
        try {
            Socket connected = new Socket(InetAddress.getLoopbackAddress(), port);
            connected.setSoTimeout(TIMEOUT_MILLIS);
            connected.setTcpNoDelay(true);
            in = new BufferedInputStream(connected.getInputStream(), 1 << 16);
            socket = connected;
        } catch (ConnectException refused) {
            throw new NotSentException(refused);
        } catch (IOException failure) {
            throw new NotSentException(failure);
        }
    }

    private Reply receive() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection closed within a body");
        }
        return new Reply(status, length == 0 ? JSON.createObjectNode() : JSON.readTree(body));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException ignored) {
                in = null; // it is gone either way
            }
            socket = null;
        }
    }
}
