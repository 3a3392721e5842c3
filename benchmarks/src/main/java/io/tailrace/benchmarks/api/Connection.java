package io.tailrace.benchmarks.api;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that is kept open: writes bytes that were prepared, reads an answer, and spends little on either. */
public final class Connection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String OK = " 200 ";
    private static final String SERVER_ERROR = " 500 ";
    private static final int MAX_ATTEMPTS = 10;
    private static final String LENGTH = "content-length:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    public Connection(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        out = socket.getOutputStream();
    }

    /** The bytes of a request of this operation with this body, the same for every server. */
    public static byte[] request(String operation, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST / HTTP/1.1\r\nHost: localhost"
                        + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810." + operation
                        + "\r\nX-Amz-Date: 20261121T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
                        + "Credential=bench/20261121/us-east-1/dynamodb/aws4_request, "
                        + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0".repeat(64)
                        + "\r\nContent-Length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + content.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        return request;
    }

    /**
     * Sends a request and returns the body of its answer.
     *
     * @throws IOException when the answer is another one than 200 too
     */
    public byte[] call(byte[] request) throws IOException {
        out.write(request);
        String status = readLine();
        int length = 0;
        boolean chunked = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            } else {
                chunked |= header.toLowerCase(Locale.ROOT).equals(CHUNKED);
            }
        }
        byte[] body = chunked ? readChunks() : in.readNBytes(length);
        if (!status.contains(OK)) {
            String answer = status + ": " + new String(body, StandardCharsets.UTF_8);
            throw status.contains(SERVER_ERROR) ? new ServerFailedException(answer) : new IOException(answer);
        }
        return body;
    }

    /**
     * As {@link #call}, but sends the request again when the server says that it failed (500), as SDKs do: DynamoDB Local says
     * that now and then when many write at once.
     */
    public byte[] callPatiently(byte[] request) throws IOException {
        ServerFailedException last = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return call(request);
            } catch (ServerFailedException failed) {
                last = failed;
            }
        }
        throw last;
    }

    private static final class ServerFailedException extends IOException {
        private static final long serialVersionUID = 1;

        ServerFailedException(String answer) {
            super(answer);
        }
    }

    private byte[] readChunks() throws IOException {
        byte[] body = new byte[0];
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            byte[] longer = new byte[body.length + length];
            System.arraycopy(body, 0, longer, 0, body.length);
            if (in.readNBytes(longer, body.length, length) < length) {
                throw new EOFException("in the middle of a chunk");
            }
            body = longer;
            readLine();
        }
        readLine();
        return body;
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(readLine().strip(), 16);
    }

    private String readLine() throws IOException {
        line.setLength(0);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
