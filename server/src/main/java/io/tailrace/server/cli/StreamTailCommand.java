package io.tailrace.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.capture.CaptureException;
import io.tailrace.capture.StreamTail;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.json.StreamRecordJson;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.server.settings.KafkaSettings;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tailrace stream tail}: a table's stream as lines of JSON, until Ctrl-C. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Prints a table's stream records as they come, one JSON object a line in the form of DynamoDB Streams.",
            "",
            "The table needs a stream (StreamSpecification). Records of one item come in their order."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace stream tail Orders",
            "  tailrace stream tail Orders --from-start | jq .dynamodb.NewImage",
            "  tailrace stream tail Orders --bootstrap-servers kafka:9092 --region eu-west-1"
        })
public final class StreamTailCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTailCommand.class);
    private static final long STOP_MILLIS = 5_000;

    @CommandLine.Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table;

    @CommandLine.Option(
            names = "--from-start",
            description = "Begin with the oldest record that is still there, not with what comes from now on.")
    private boolean fromStart;

    @CommandLine.Spec
    private CommandSpec spec;

    private final JsonFactory json = DynamoJson.newFactory();

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new StreamTailCommand());
        SettingsOptions.addTo(
                commandLine.getCommandSpec(),
                List.of(
                        TailraceSettings.DATA_DIR,
                        TailraceSettings.KAFKA_PORT,
                        TailraceSettings.REGION_NAME,
                        TailraceSettings.KAFKA_BOOTSTRAP_SERVERS,
                        TailraceSettings.SCHEMA_REGISTRY_URL,
                        TailraceSettings.KAFKA_CLIENT_PROPERTIES));
        return commandLine;
    }

    @Override
    public Integer call() {
        Logging.quiet(SettingsOptions.verbose(spec));
        ServerConfig config = SettingsOptions.load(spec);
        KafkaSettings kafka = config.kafka();
        String servers = kafka.bootstrapServers().orElse("127.0.0.1:" + kafka.embeddedPort());
        CountDownLatch ended = new CountDownLatch(1);
        try (StreamTail tail = new StreamTail(kafka.captureConfig(servers, config.region()), table)) {
            stopWithTheProcess(tail, ended);
            tail.follow(fromStart ? StreamTail.From.BEGINNING : StreamTail.From.NOW, new Printer(tail));
            return CommandLine.ExitCode.OK;
        } catch (CaptureException failure) {
            throw new CommandFailedException(failure.getMessage(), failure);
        } catch (KafkaException failure) {
            throw new CommandFailedException(
                    "Kafka at " + servers + " cannot be read: " + failure.getMessage(), failure);
        } finally {
            ended.countDown();
        }
    }

    private static void stopWithTheProcess(StreamTail tail, CountDownLatch ended) {
        Thread stop = new Thread(
                () -> {
                    tail.stop();
                    try {
                        if (!ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                            LOG.warn("the stream's reader did not stop in {} ms", STOP_MILLIS);
                        }
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                },
                "tailrace-shutdown");
        Runtime.getRuntime().addShutdownHook(stop);
    }

    /** Prints records, and stops when nobody reads them any more. */
    private final class Printer implements StreamTail.Listener {
        private final StreamTail tail;
        private final PrintWriter out = spec.commandLine().getOut();

        Printer(StreamTail tail) {
            this.tail = tail;
        }

        @Override
        public void onRecord(int partition, long offset, StreamRecord record) {
            StringWriter line = new StringWriter();
            try (JsonGenerator generator = json.createGenerator(line)) {
                StreamRecordJson.write(generator, record);
            } catch (IOException impossible) {
                throw new IllegalStateException("writing to memory failed", impossible);
            }
            out.println(line);
            if (out.checkError()) {
                tail.stop();
            }
        }

        @Override
        public void onBadRecord(int partition, long offset, String reason) {
            spec.commandLine()
                    .getErr()
                    .println("tailrace: partition " + partition + ", offset " + offset + " is no stream record: "
                            + reason);
        }
    }
}
