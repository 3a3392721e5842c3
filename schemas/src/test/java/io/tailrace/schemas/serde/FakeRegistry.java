package io.tailrace.schemas.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A schema registry in memory that speaks the two calls of Confluent's API which Tailrace uses. */
final class FakeRegistry implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    /** What was asked, as {@code "POST /path"}, with the authorization when there was one. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> schemas = new ArrayList<>();
    private volatile int failWith;
    private volatile String failBody = "";
    private volatile boolean silent;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on every answer has this status and body; 0 for none. */
    void failWith(int status, String body) {
        failBody = body;
        failWith = status;
    }

    /** From now on nothing is answered. */
    void stopAnswering() {
        silent = true;
    }

    /** Registers a schema as somebody else would, and returns its id. */
    synchronized int add(String schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            return schemas.size();
        }
        return known + 1;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (authorization == null ? "" : " " + authorization));
        if (silent) {
            awaitClose();
        }
        if (failWith != 0) {
            respond(exchange, failWith, failBody);
        } else if (exchange.getRequestMethod().equals("POST")) {
            String schema = schemaOf(exchange.getRequestBody().readAllBytes());
            respond(exchange, 200, "{\"version\":1,\"extra\":{\"a\":[1]},\"id\":" + add(schema) + "}");
        } else {
            String path = exchange.getRequestURI().getPath();
            respondWithSchema(exchange, Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
        }
    }

    private synchronized void respondWithSchema(HttpExchange exchange, int id) throws IOException {
        if (id > schemas.size()) {
            respond(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
            return;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("schema", schemas.get(id - 1));
            out.writeEndObject();
        }
        respond(exchange, 200, text.toString());
    }

    private static String schemaOf(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals("schema")) {
                    return parser.nextTextValue();
                }
            }
        }
        throw new IOException("no schema in the request");
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitClose() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
