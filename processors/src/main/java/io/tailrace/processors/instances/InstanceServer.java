package io.tailrace.processors.instances;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions of other instances about what is kept here: {@code POST /<name>/<partition>} with the question as its body.
 *
 * <p>200 with the answer; 404 when the partition is not here now, so that the other one looks again for who has it; 400 when
 * the question makes no sense. A request must name this very address in its Host header: a web page in a browser on this
 * machine cannot (DNS rebinding).
 */
final class InstanceServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceServer.class);
    private static final int THREADS = 8;
    private static final int BACKLOG = 64;
    private static final int MAX_QUESTION_BYTES = 64 << 10;
    private static final int STOP_SECONDS = 1;
    private static final int NO_BODY = -1;

    private final HttpServer http;
    private final ExecutorService threads;
    private final InstanceAddress address;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private InstanceServer(HttpServer http, ExecutorService threads) {
        this.http = http;
        this.threads = threads;
        this.address = new InstanceAddress(
                http.getAddress().getAddress().getHostAddress(),
                http.getAddress().getPort());
    }

    /** @throws IOException when it cannot listen there */
    static InstanceServer start(InetSocketAddress listen) throws IOException {
        HttpServer http = HttpServer.create(listen, BACKLOG);
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "tailrace-instance-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        InstanceServer server = new InstanceServer(http, threads);
        http.setExecutor(threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    InstanceAddress address() {
        return address;
    }

    void answer(String name, Answer answer) {
        answers.put(name, answer);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<byte[]> answer;
            int refused = 404;
            try {
                answer = answer(exchange);
            } catch (IllegalArgumentException senseless) {
                LOG.debug("A question to this instance cannot be answered", senseless);
                answer = Optional.empty();
                refused = 400;
            } catch (RuntimeException failure) { // the boundary of a question
                LOG.error("A question to this instance failed: {}", exchange.getRequestURI(), failure);
                answer = Optional.empty();
                refused = 500;
            }
            if (answer.isEmpty()) {
                exchange.sendResponseHeaders(refused, NO_BODY);
                return;
            }
            exchange.sendResponseHeaders(200, answer.get().length == 0 ? NO_BODY : answer.get().length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer.get());
            }
        }
    }

    private Optional<byte[]> answer(HttpExchange exchange) throws IOException {
        if (!address.toString().equals(exchange.getRequestHeaders().getFirst("Host"))
                || !exchange.getRequestMethod().equals("POST")) {
            throw new IllegalArgumentException("not a question of an instance");
        }
        String path = exchange.getRequestURI().getPath();
        int slash = path.lastIndexOf('/');
        Answer answer = slash < 1 ? null : answers.get(path.substring(1, slash));
        if (answer == null) {
            return Optional.empty();
        }
        try (InputStream body = exchange.getRequestBody()) {
            byte[] question = body.readNBytes(MAX_QUESTION_BYTES + 1);
            if (question.length > MAX_QUESTION_BYTES) {
                throw new IllegalArgumentException("a question of more than " + MAX_QUESTION_BYTES + " bytes");
            }
            return answer.to(Integer.parseInt(path.substring(slash + 1)), question);
        }
    }

    @Override
    public void close() {
        http.stop(STOP_SECONDS);
        threads.shutdownNow();
    }
}
