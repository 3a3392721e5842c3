package io.tailrace.server.protocol;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.streams.StreamsApi;
import io.tailrace.capture.streams.StreamsConfig;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.server.http.HttpServer;
import io.tailrace.server.http.RawClient;
import io.tailrace.server.http.RawClient.Response;
import io.tailrace.server.settings.HttpSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The API over a real engine, without Kafka, and requests to it byte by byte. */
final class ApiFixture implements AutoCloseable {
    static final int MAX_BODY_BYTES = 2 * 1024 * 1024;
    static final String AUTHORIZATION = "AWS4-HMAC-SHA256 Credential=AK/20261121/us-east-1/dynamodb/aws4_request, "
            + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0123";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TableEngine engine;
    private final HttpServer server;

    ApiFixture(Path dataDir) throws IOException {
        engine = TableEngine.open(EngineConfig.of(dataDir, "us-east-1"), EngineDependencies.system(meters));
        HttpSettings settings = new HttpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Set.of(),
                MAX_BODY_BYTES,
                16L * MAX_BODY_BYTES,
                64L << 20,
                64,
                16,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                4,
                64,
                Duration.ofSeconds(10));
        server = HttpServer.start(
                "api",
                settings,
                new ApiHandler(
                        only(engine, dataDir),
                        new ApiHandler.Limits(MAX_BODY_BYTES, Duration.ofMillis(200)),
                        meters,
                        42),
                Clock.systemUTC(),
                meters);
    }

    /** The one region of this engine, without Kafka. */
    static ApiRegions only(TableEngine engine, Path dataDir) {
        StreamsConfig config = new StreamsConfig(StreamOptions.DEFAULT, dataDir.resolve("streams.key"));
        StreamsApi streams = new StreamsApi(engine, config, Optional::empty, Clock.systemUTC());
        ApiRegion region = new ApiRegion(engine, streams, new NoReplicas(engine.region()));
        return new ApiRegions() {
            @Override
            public String home() {
                return engine.region();
            }

            @Override
            public Optional<String> refusal(String name) {
                return name.equals(home()) ? Optional.empty() : Optional.of("This server hosts '" + home() + "' only.");
            }

            @Override
            public boolean isOpen(String name) {
                return name.equals(home());
            }

            @Override
            public ApiRegion region(String name) {
                return region;
            }
        };
    }

    /** No other region. */
    private record NoReplicas(String home) implements ReplicaRegions {
        @Override
        public SortedSet<String> known() {
            return new TreeSet<>(Set.of(home));
        }

        @Override
        public Optional<String> refusal(String region) {
            return Optional.of("This server hosts '" + home + "' only.");
        }

        @Override
        public void ensure(String region) {
            throw ApiRegions.refused(region, refusal(region).orElseThrow());
        }

        @Override
        public Optional<TableDefinition> table(String region, String tableName) {
            return Optional.empty();
        }
    }

    SimpleMeterRegistry meters() {
        return meters;
    }

    TableEngine engine() {
        return engine;
    }

    RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    /** A request as the SDKs make it; what {@code changes} maps to null is left out. */
    static byte[] request(String target, byte[] body, Map<String, String> changes) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "localhost");
        headers.put("Content-Type", "application/x-amz-json-1.0");
        headers.put("X-Amz-Target", "DynamoDB_20120810." + target);
        headers.put("X-Amz-Date", "20261121T000000Z");
        headers.put("Authorization", AUTHORIZATION);
        headers.put("Content-Length", Integer.toString(body.length));
        headers.putAll(changes);
        StringBuilder head = new StringBuilder("POST " + headers.getOrDefault(":path", "/") + " HTTP/1.1\r\n");
        headers.forEach((name, value) -> {
            if (value != null && !name.startsWith(":")) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    Response call(String target, String body) throws IOException {
        return call(target, body, Map.of());
    }

    Response call(String target, String body, Map<String, String> changes) throws IOException {
        return call(target, body.getBytes(StandardCharsets.UTF_8), changes);
    }

    Response call(String target, byte[] body, Map<String, String> changes) throws IOException {
        try (RawClient client = connect()) {
            return client.send(request(target, body, changes)).receive();
        }
    }

    @Override
    public void close() {
        server.close();
        engine.close();
    }
}
