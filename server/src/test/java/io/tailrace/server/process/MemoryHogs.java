package io.tailrace.server.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Clients that send, without end, requests that take many times their size when they are decoded: lists of small numbers, as
 * many as fit into items of 400 KB and requests of 16 MB.
 */
final class MemoryHogs implements AutoCloseable {
    static final String DONE = "done";
    /** The connection was closed. */
    static final String NONE = "no answer";

    private static final Pattern ERROR_TYPE = Pattern.compile(".*\"__type\":\"[^\"]*#(\\w+)\".*", Pattern.DOTALL);
    private static final String TABLE = "Numbers";
    private static final int ITEMS = 5;
    private static final int NUMBERS = 120_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private MemoryHogs(HttpRequest request) {
        this.request = request;
    }

    /** Creates a table for them, and begins. */
    static MemoryHogs start(ServerProcess server, int count) {
        try (DynamoDbClient client = server.client()) {
            TroubledLoad.createTable(client, TABLE);
        }
        String numbers = "{\"N\":\"1\"},".repeat(NUMBERS - 1) + "{\"N\":\"1\"}";
        String puts = IntStream.range(0, ITEMS)
                .mapToObj(item -> "{\"PutRequest\":{\"Item\":{\"k\":{\"N\":\"-%d\"},\"n\":{\"L\":[%s]}}}}"
                        .formatted(item + 1, numbers))
                .collect(Collectors.joining(","));
        String body = "{\"RequestItems\":{\"%s\":[%s]}}".formatted(TABLE, puts);
        MemoryHogs hogs = new MemoryHogs(HttpRequest.newBuilder(URI.create(server.endpoint()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem")
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, "
                                + "SignedHeaders=host;x-amz-date, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)))
                .build());
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(hogs::send, "memory-hog-" + i);
            hogs.threads.add(thread);
            thread.start();
        }
        return hogs;
    }

    private void send() {
        while (!stopping) {
            String answer;
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                answer = response.statusCode() == 200
                        ? DONE
                        : ERROR_TYPE.matcher(response.body()).replaceFirst("$1");
            } catch (IOException closed) {
                answer = NONE;
            } catch (InterruptedException interrupted) {
                return;
            }
            answers.merge(answer, 1, Integer::sum);
        }
    }

    /** How often which error, or {@link #DONE}, or {@link #NONE}, was the answer. */
    Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /** How many answers there were, connections that were closed without one among them. */
    int count() {
        return answers.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        stopping = true;
        threads.forEach(Thread::interrupt);
        TroubledLoad.await("nobody sends any more", () -> threads.stream().noneMatch(Thread::isAlive));
    }
}
