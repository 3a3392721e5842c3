package io.tailrace.kinesis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code java -jar tailrace.jar start} in a process of its own, on the same ports after each start. */
final class TailraceProcess implements AutoCloseable {
    private final Path folder;
    private final int port = freePort();
    private final int adminPort = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    TailraceProcess(Path folder) throws IOException {
        this.folder = folder;
    }

    /** Starts it and waits until it answers. */
    void start() throws IOException {
        Path jar = Path.of(System.getProperty("tailrace.jar", "../server/target/tailrace.jar"))
                .toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing: the build of server makes it");
        }
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-jar",
                        jar.toString(),
                        "start",
                        "--data",
                        folder.resolve("data").toString(),
                        "--port",
                        Integer.toString(port),
                        "--admin-port",
                        Integer.toString(adminPort),
                        "--kafka-port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        Waiting.until("the server answers", this::answers);
    }

    private boolean answers() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended: " + log());
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(endpoint())
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI endpoint() {
        return URI.create("http://localhost:" + port);
    }

    /** By the admin interface. */
    void rollShards(String table) throws IOException, InterruptedException {
        URI roll = URI.create("http://localhost:" + adminPort + "/streams/" + table + "/roll");
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(roll)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(Waiting.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not end");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
