package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.SettingsLoader;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A whole server in this process on free ports, and clients of it. */
public final class ServerFixture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final StaticCredentialsProvider ANYONE =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("anyone", "anything"));

    private final TailraceServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerFixture(TailraceServer server) {
        this.server = server;
    }

    /** The configuration of a server on free ports with these settings besides. */
    public static ServerConfig config(Path dataDir, Map<Setting<?>, String> settings) {
        Map<Setting<?>, String> all = new LinkedHashMap<>();
        all.put(TailraceSettings.DATA_DIR, dataDir.toString());
        all.put(TailraceSettings.PORT, "0");
        all.put(TailraceSettings.ADMIN_PORT, "0");
        all.put(TailraceSettings.KAFKA_PORT, "0");
        all.put(TailraceSettings.DURABILITY, "process");
        all.putAll(settings);
        return ServerConfig.from(SettingsLoader.load(all, null, Map.of()));
    }

    public static ServerFixture start(Path dataDir, Map<Setting<?>, String> settings) {
        return new ServerFixture(TailraceServer.start(config(dataDir, settings)));
    }

    public static ServerFixture withoutKafka(Path dataDir) {
        return start(dataDir, Map.of(TailraceSettings.KAFKA_ENABLED, "false"));
    }

    public TailraceServer server() {
        return server;
    }

    public URI endpoint() {
        return URI.create("http://localhost:" + server.port());
    }

    public DynamoDbStreamsClient streamsClient() {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYONE)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** A client that does not try again, so that a test sees each refusal. */
    public DynamoDbClient impatientClient() {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYONE)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD).retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    public DynamoDbClient client(ExecutionInterceptor... interceptors) {
        return client("us-east-1", interceptors);
    }

    public DynamoDbClient client(String region, ExecutionInterceptor... interceptors) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.of(region))
                .credentialsProvider(ANYONE)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.executionInterceptors(List.of(interceptors)))
                .build();
    }

    public DynamoDbAsyncClient asyncClient(ExecutionInterceptor... interceptors) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYONE)
                .overrideConfiguration(o -> o.executionInterceptors(List.of(interceptors)))
                .build();
    }

    /** A GET of the admin port. */
    public HttpResponse<String> admin(String path) {
        return send(admin().resolve(path), HttpRequest.newBuilder());
    }

    /** A POST without a body to the admin port. */
    public HttpResponse<String> post(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody());
        return send(admin().resolve(path), headers.length == 0 ? request : request.headers(headers));
    }

    private URI admin() {
        return URI.create("http://localhost:" + server.adminPort());
    }

    private HttpResponse<String> send(URI uri, HttpRequest.Builder request) {
        try {
            return http.send(request.uri(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public void awaitPart(String name, PartState state) {
        await(name + " is " + state, () -> server.health().part(name).state() == state);
    }

    /** Waits, generously, until the condition holds. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
