package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * {@code java -jar tailrace.jar ...} in a process of its own, as users run it: without any flags for Java, except for where
 * temporary files go. Processes that live for seconds only can have the quick compiler alone: the better code of the other one
 * would be ready when they end.
 */
final class ServerProcess implements AutoCloseable {
    private static final long LIMIT_SECONDS = 120;
    /** For processes that live for a short time. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final StaticCredentialsProvider ANYONE =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
    private static final Pattern API = Pattern.compile("DynamoDB API +(http://localhost:\\d+)");
    private static final Pattern ADMIN = Pattern.compile("Admin +(http://localhost:\\d+)");

    private static final Pattern BROKER_PORT = Pattern.compile("\"broker\":\\{\"state\":\"running\",\"port\":(\\d+)");

    /** One for all questions: each client keeps its connection, and the admin port admits a few. */
    private final HttpClient admin = HttpClient.newHttpClient();

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;

    private ServerProcess(List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(QUICK_START);
        command.addAll(flags);
        command.add("-jar");
        command.add(jar().toString());
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(this::read, "output of tailrace");
        reader.start();
    }

    static Path jar() {
        return Path.of(System.getProperty("tailrace.jar", "target/tailrace.jar"))
                .toAbsolutePath();
    }

    /** Runs any command. */
    static ServerProcess run(String... arguments) throws IOException {
        return new ServerProcess(List.of(), List.of(arguments));
    }

    /** Starts a server on free ports; waits for nothing. */
    static ServerProcess start(Path dataDir, String... more) throws IOException {
        return new ServerProcess(List.of(), arguments(dataDir, more));
    }

    /** As {@link #start}, with so much of a heap at most, as {@code -Xmx} has it. */
    static ServerProcess startWithHeap(String max, Path dataDir, String... more) throws IOException {
        return new ServerProcess(List.of("-Xmx" + max), arguments(dataDir, more));
    }

    private static List<String> arguments(Path dataDir, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "start", "--data", dataDir.toString(), "--port", "0", "--admin-port", "0", "--kafka-port", "0"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                if (line.contains("aws dynamodb list-tables")) {
                    ready.countDown();
                }
            }
        } catch (IOException closed) {
            synchronized (lines) {
                lines.add("(the output ends: " + closed.getMessage() + ")");
            }
        } finally {
            ready.countDown();
        }
    }

    ServerProcess awaitReady() throws InterruptedException {
        assertThat(ready.await(LIMIT_SECONDS, TimeUnit.SECONDS)).as(output()).isTrue();
        assertThat(process.isAlive()).as(output()).isTrue();
        return this;
    }

    /** Waits until a line has this text, or the process has ended, and returns all that was printed. */
    String awaitOutput(String text) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!output().contains(text) && process.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return output();
    }

    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    String endpoint() {
        return find(API);
    }

    String admin() {
        return find(ADMIN);
    }

    DynamoDbClient client() {
        return client("us-east-1");
    }

    DynamoDbClient client(String region) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.of(region))
                .credentialsProvider(ANYONE)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** That tries everything once. */
    DynamoDbClient impatientClient() {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYONE)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD).retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    DynamoDbStreamsClient streams() {
        return streams("us-east-1");
    }

    DynamoDbStreamsClient streams(String region) {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.of(region))
                .credentialsProvider(ANYONE)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    long pid() {
        return process.pid();
    }

    /** The health in JSON without spaces; empty while the admin port does not answer. */
    String health() {
        try {
            return admin("/health").replaceAll("\\s", "");
        } catch (IOException noAnswer) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** What the admin port says at this path. */
    String admin(String path) throws IOException, InterruptedException {
        return get(path).body();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(admin() + path)));
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(admin() + path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return admin.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the embedded broker runs, and returns where. */
    String awaitKafka() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < deadline) {
            Matcher port = BROKER_PORT.matcher(admin("/health").replaceAll("\\s", ""));
            if (port.find()) {
                return "127.0.0.1:" + port.group(1);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("the broker does not run: " + output());
    }

    private String find(Pattern pattern) {
        Matcher matcher = pattern.matcher(output());
        assertThat(matcher.find()).as(output()).isTrue();
        return matcher.group(1);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as(output())
                .isTrue();
        reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
