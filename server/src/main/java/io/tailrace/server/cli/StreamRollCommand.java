package io.tailrace.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tailrace stream roll}: closes the shards of a table's stream and opens their children. */
@Command(
        name = "roll",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Closes the shards of a table's stream, in a running server, and opens their children.",
            "",
            "Shards roll over by themselves every stream.shard.roll.interval; this does it now, for tests of consumers."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  tailrace stream roll Orders", "  tailrace stream roll Orders --region eu-west-1"})
public final class StreamRollCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;

    @CommandLine.Parameters(paramLabel = "TABLE", description = "The table whose stream it is.")
    private String table;

    @CommandLine.Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new StreamRollCommand());
        SettingsOptions.addTo(
                commandLine.getCommandSpec(),
                List.of(TailraceSettings.DATA_DIR, TailraceSettings.ADMIN_PORT, TailraceSettings.REGION_NAME));
        return commandLine;
    }

    @Override
    public Integer call() {
        Logging.quiet(SettingsOptions.verbose(spec));
        Settings settings = SettingsOptions.settings(spec);
        ServerConfig config = ServerConfig.from(settings);
        URI endpoint = URI.create("http://localhost:" + config.admin().address().getPort());
        String query = settings.isGiven(TailraceSettings.REGION_NAME) ? "?region=" + config.region() : "";
        HttpResponse<String> response = post(endpoint, query);
        JsonNode answer = parse(endpoint, response.body());
        if (response.statusCode() != OK) {
            throw new CommandFailedException(
                    "The server at " + endpoint + " refuses: "
                            + answer.path("error").asText(),
                    null);
        }
        PrintWriter out = spec.commandLine().getOut();
        answer.path("shards")
                .forEach(shard -> out.println(shard.path("closedShardId").asText() + " ends with "
                        + shard.path("endingSequenceNumber").asText() + ", its child is "
                        + shard.path("childShardId").asText()));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private HttpResponse<String> post(URI endpoint, String query) {
        String name = URLEncoder.encode(table, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/streams/" + name + "/roll" + query))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(TIMEOUT)
                .build();
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException unanswered) {
            throw new CommandFailedException("No server answers at " + endpoint + ": " + unanswered, unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted while waiting for " + endpoint, interrupted);
        }
    }

    private static JsonNode parse(URI endpoint, String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException strange) {
            throw new CommandFailedException(endpoint + " is not the admin port of a server", strange);
        }
    }
}
