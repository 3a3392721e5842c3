package io.tailrace.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.TailraceSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tailrace stream rebuild}: has a running server fill Kafka's topics again from its journal. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Has a running server fill Kafka's topics again after they were lost, as far as its journal reaches.",
            "",
            "Says from which commit to which, and what stays missing. Global secondary indexes and time to live are built anew "
                    + "from the tables. What the topics have is not sent twice."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  tailrace stream rebuild", "  tailrace stream rebuild --anyway"})
public final class StreamRebuildCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--anyway",
            description = "Also when nothing is missing: builds global secondary indexes and time to live anew.")
    private boolean anyway;

    @CommandLine.Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new StreamRebuildCommand());
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
        String query = settings.isGiven(TailraceSettings.REGION_NAME) ? "&region=" + config.region() : "";
        print(AdminPost.send(endpoint, "/streams/rebuild?anyway=" + anyway + query));
        return CommandLine.ExitCode.OK;
    }

    private void print(JsonNode report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("The topics are being filled with what they lack from " + place(report.path("from")));
        out.println("                                                 to " + place(report.path("to")) + ".");
        print(out, "lost", report.path("losses"));
        if (report.path("missing").isEmpty()) {
            out.println("Nothing stays missing.");
        } else {
            print(out, "stays missing", report.path("missing"));
        }
        print(out, "built anew: index", report.path("indexes"));
        print(out, "told again: time to live of", report.path("timeToLive"));
        out.println("How far that is: capture's lagRecords in the server's health.");
        out.flush();
    }

    private static String place(JsonNode place) {
        String time = place.path("time").asText();
        return "commit " + place.path("commit").asLong() + " (sequence number "
                + place.path("sequenceNumber").asText() + (time.isEmpty() ? ")" : ", " + time + ")");
    }

    private static void print(PrintWriter out, String what, JsonNode texts) {
        texts.forEach(text -> out.println("  " + what + " " + text.asText()));
    }
}
