package io.tailrace.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A service that speaks DynamoDB's protocol. */
final class Endpoint {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=AK/20261121/us-east-1/dynamodb/aws4_request, "
                    + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=0123";

    private final URI uri;
    private final String arnPrefix;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** @param arnPrefix what the ARNs of its tables begin with, before the name */
    Endpoint(int port, String arnPrefix) {
        this.arnPrefix = arnPrefix;
        uri = URI.create("http://127.0.0.1:" + port + "/");
    }

    String arnPrefix() {
        return arnPrefix;
    }

    Answer call(String operation, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20261121T000000Z")
                .header("Authorization", AUTHORIZATION)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            JsonNode answer = response.body().isEmpty() ? Json.object() : Json.parse(response.body());
            return new Answer(response.statusCode(), answer);
        } catch (IOException failed) {
            throw new UncheckedIOException(operation + " to " + uri, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(operation + " to " + uri + " was interrupted", stopped);
        }
    }
}
