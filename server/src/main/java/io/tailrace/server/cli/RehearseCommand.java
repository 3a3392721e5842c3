package io.tailrace.server.cli;

import io.tailrace.server.admin.PartHealth;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.runtime.TailraceServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code tailrace rehearse}: a start, its first requests and the end. The launcher runs it after a build and has the JVM record the
 * classes, which later starts then map: all that are in it, so that it does no more than most servers do.
 */
@Command(
        name = "rehearse",
        hidden = true,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Starts a server on the given ports and directory, uses it in little, and ends.",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  tailrace rehearse --data target/rehearsal --port 0 --admin-port 0 --kafka-port 0"})
public final class RehearseCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final String KEY = "'Key':{'pk':{'S':'p'},'sk':{'N':'1'}}";

    @CommandLine.Spec
    private CommandSpec spec;

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new RehearseCommand());
        SettingsOptions.addTo(commandLine.getCommandSpec());
        return commandLine;
    }

    @Override
    public Integer call() throws IOException {
        Logging.server(SettingsOptions.verbose(spec));
        long start = System.nanoTime();
        try (TailraceServer server = TailraceServer.start(SettingsOptions.load(spec))) {
            StartCommand.Banner.print(spec.commandLine().getOut(), server, (System.nanoTime() - start) / 1_000_000);
            use(server);
            while (!isThrough(server)) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new IOException("not everything works within " + PATIENCE + ": " + server.health());
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private static void use(TailraceServer server) throws IOException {
        call(
                server,
                "CreateTable",
                "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
                        + "{'AttributeName':'sk','AttributeType':'N'}],'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'},"
                        + "{'AttributeName':'sk','KeyType':'RANGE'}],'BillingMode':'PAY_PER_REQUEST'");
        call(server, "PutItem", "'Item':{'pk':{'S':'p'},'sk':{'N':'1'},'text':{'S':'x'}}");
        call(
                server,
                "UpdateItem",
                KEY + ",'UpdateExpression':'SET c = :c','ExpressionAttributeValues':{':c':{'N':'1'}}");
        call(server, "GetItem", KEY);
        call(server, "Query", "'KeyConditionExpression':'pk = :p','ExpressionAttributeValues':{':p':{'S':'p'}}");
        call(server, "DeleteItem", KEY);
    }

    /** Whether Kafka has all, and what follows it is there. */
    private static boolean isThrough(TailraceServer server) {
        PartHealth capture = server.health().part("capture");
        return capture.state() == PartState.RUNNING
                && capture.figures().getOrDefault("lagRecords", 1L) == 0
                && server.health().part("commands").state() == PartState.RUNNING;
    }

    private static void call(TailraceServer server, String operation, String request) throws IOException {
        byte[] body =
                ("{'TableName':'Rehearsal'," + request + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        HttpURLConnection http = (HttpURLConnection)
                URI.create("http://localhost:" + server.port()).toURL().openConnection();
        http.setDoOutput(true);
        http.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        http.setRequestProperty("X-Amz-Target", "DynamoDB_20120810." + operation);
        http.setRequestProperty(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=rehearsal/20260101/"
                        + server.config().region()
                        + "/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0");
        http.setRequestProperty("X-Amz-Date", "20260101T000000Z");
        try (OutputStream out = http.getOutputStream()) {
            out.write(body);
        }
        if (http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(operation + " was answered with " + http.getResponseCode());
        }
        http.disconnect();
    }
}
