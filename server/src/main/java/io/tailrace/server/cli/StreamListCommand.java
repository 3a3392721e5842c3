package io.tailrace.server.cli;

import io.tailrace.capture.StreamPositions;
import io.tailrace.server.settings.KafkaSettings;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.TailraceSettings;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** {@code tailrace stream list}: the streams of a running server with their shards, and who reads them with Kafka. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Lists the streams of a running server: those that are enabled, and those that ended and can still be read.",
            "",
            "With each its shards, what its topic holds, and how far the consumer groups are that read the topic."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace stream list",
            "  tailrace stream list Orders --port 8000 --region eu-west-1"
        })
public final class StreamListCommand implements Callable<Integer> {
    @CommandLine.Parameters(paramLabel = "TABLE", arity = "0..1", description = "Only the streams of this table.")
    private String table;

    @CommandLine.Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new StreamListCommand());
        SettingsOptions.addTo(
                commandLine.getCommandSpec(),
                List.of(
                        TailraceSettings.DATA_DIR,
                        TailraceSettings.PORT,
                        TailraceSettings.KAFKA_PORT,
                        TailraceSettings.REGION_NAME,
                        TailraceSettings.KAFKA_BOOTSTRAP_SERVERS,
                        TailraceSettings.KAFKA_CLIENT_PROPERTIES));
        return commandLine;
    }

    @Override
    public Integer call() {
        Logging.quiet(SettingsOptions.verbose(spec));
        ServerConfig config = SettingsOptions.load(spec);
        KafkaSettings kafka = config.kafka();
        String servers = kafka.bootstrapServers().orElse("127.0.0.1:" + kafka.embeddedPort());
        URI endpoint = URI.create("http://localhost:" + config.api().address().getPort());
        try (DynamoDbStreamsClient streams = client(endpoint, config.region());
                StreamPositions positions = new StreamPositions(kafka.captureConfig(servers, config.region()))) {
            list(streams, positions);
            return CommandLine.ExitCode.OK;
        } catch (SdkException failure) {
            if (isNobodyThere(failure)) {
                throw new CommandFailedException(
                        "No server answers at " + endpoint
                                + ": start one with 'tailrace start', or say with --port where it is.",
                        failure);
            }
            throw new CommandFailedException(
                    "The server at " + endpoint + " does not tell its streams: " + failure.getMessage(), failure);
        } catch (KafkaException failure) {
            throw new CommandFailedException(
                    "Kafka at " + servers + " cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static boolean isNobodyThere(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }

    private static DynamoDbStreamsClient client(URI endpoint, String region) {
        return DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("cli", "cli")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private void list(DynamoDbStreamsClient streams, StreamPositions positions) {
        PrintWriter out = spec.commandLine().getOut();
        String start = null;
        do {
            String from = start;
            ListStreamsResponse page =
                    streams.listStreams(r -> r.tableName(table).exclusiveStartStreamArn(from));
            for (Stream stream : page.streams()) {
                print(stream, streams, positions, out);
            }
            start = page.lastEvaluatedStreamArn();
        } while (start != null);
    }

    private static void print(
            Stream stream, DynamoDbStreamsClient streams, StreamPositions positions, PrintWriter out) {
        String start = null;
        do {
            String from = start;
            DescribeStreamResponse page =
                    streams.describeStream(r -> r.streamArn(stream.streamArn()).exclusiveStartShardId(from));
            StreamDescription description = page.streamDescription();
            if (from == null) {
                out.println(stream.tableName() + "  " + description.streamStatusAsString() + "  "
                        + description.streamViewTypeAsString() + "  " + stream.streamArn());
            }
            description.shards().forEach(shard -> out.println("    " + text(shard)));
            start = description.lastEvaluatedShardId();
        } while (start != null);
        StreamPositions.Position position = positions.of(stream.tableName());
        out.println("    topic: "
                + position.records().stream().map(String::valueOf).collect(Collectors.joining(" + ")) + " records");
        position.lagByGroup()
                .forEach((group, lag) -> out.println("    reader " + group + ": " + lag + " records behind"));
        out.flush();
    }

    private static String text(Shard shard) {
        String end = shard.sequenceNumberRange().endingSequenceNumber();
        return shard.shardId() + "  from " + shard.sequenceNumberRange().startingSequenceNumber()
                + (end == null ? "  open" : "  to " + end)
                + (shard.parentShardId() == null ? "" : "  child of " + shard.parentShardId());
    }
}
