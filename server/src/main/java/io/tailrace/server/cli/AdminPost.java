package io.tailrace.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a server's admin port to do something. */
final class AdminPost {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int OK = 200;

    private AdminPost() {}

    /**
     * The answer, when it was done.
     *
     * @throws CommandFailedException when it was not
     */
    static JsonNode send(URI endpoint, String pathAndQuery) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(pathAndQuery))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(TIMEOUT)
                .build();
        HttpResponse<String> response;
        try {
            response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException unanswered) {
            throw new CommandFailedException("No server answers at " + endpoint + ": " + unanswered, unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted while waiting for " + endpoint, interrupted);
        }
        JsonNode answer = parse(endpoint, response.body());
        if (response.statusCode() != OK) {
            throw new CommandFailedException(
                    "The server at " + endpoint + " refuses: "
                            + answer.path("error").asText(),
                    null);
        }
        return answer;
    }

    private static JsonNode parse(URI endpoint, String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException strange) {
            throw new CommandFailedException(endpoint + " is not the admin port of a server", strange);
        }
    }
}
