package io.tailrace.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.TailraceSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
        JsonNode answer = AdminPost.send(
                endpoint, "/streams/" + URLEncoder.encode(table, StandardCharsets.UTF_8) + "/roll" + query);
        PrintWriter out = spec.commandLine().getOut();
        answer.path("shards")
                .forEach(shard -> out.println(shard.path("closedShardId").asText() + " ends with "
                        + shard.path("endingSequenceNumber").asText() + ", its child is "
                        + shard.path("childShardId").asText()));
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
