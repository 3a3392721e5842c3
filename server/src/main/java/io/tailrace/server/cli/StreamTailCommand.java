package io.tailrace.server.cli;

import io.tailrace.capture.CaptureException;
import io.tailrace.capture.StreamTail;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.server.settings.KafkaSettings;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.TailraceSettings;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
            "Prints a table's stream records as they come: one JSON object a line in the form of DynamoDB Streams, or what "
                    + "changed.",
            "",
            "The table needs a stream (StreamSpecification). Records of one item come in their order."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  tailrace stream tail Orders",
            "  tailrace stream tail Orders --from-start | jq .dynamodb.NewImage",
            "  tailrace stream tail Orders --from-time 2026-05-17T10:00:00Z --event-name MODIFY --format diff",
            "  tailrace stream tail Orders --key '{\"CustomerId\":{\"S\":\"c17\"}}'",
            "  tailrace stream tail Orders --bootstrap-servers kafka:9092 --region eu-west-1"
        })
public final class StreamTailCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTailCommand.class);
    private static final long STOP_MILLIS = 5_000;

    @CommandLine.Parameters(paramLabel = "TABLE", description = "The table's name.")
    private String table;

    @CommandLine.ArgGroup(exclusive = true)
    private Start start;

    @CommandLine.Option(
            names = "--event-name",
            paramLabel = "EVENT",
            split = ",",
            description = "Only INSERT, MODIFY or REMOVE; several with commas.")
    private List<EventName> events = List.of();

    @CommandLine.Option(
            names = "--key",
            paramLabel = "JSON",
            description = "Only records of this key, in DynamoDB's JSON; the partition key alone is enough.")
    private String key;

    @CommandLine.Option(
            names = "--format",
            paramLabel = "json|diff",
            defaultValue = "json",
            description = "JSON lines, or a line for each attribute that changed. Default: json.")
    private String format;

    /** Where to begin; from now on without one of these. */
    private static final class Start {
        @CommandLine.Option(
                names = "--from-start",
                description = "Begin with the oldest record that is still there, not with what comes from now on.")
        private boolean oldest;

        @CommandLine.Option(
                names = "--from-time",
                paramLabel = "TIME",
                converter = TimeOption.class,
                description = "Begin with the writes of this time, such as 2026-05-17T10:05:00Z.")
        private Instant time;

        @CommandLine.Option(
                names = "--from-sequence-number",
                paramLabel = "NUMBER",
                description = "Begin with this record, or the first one behind it.")
        private String sequenceNumber;
    }

    @CommandLine.Spec
    private CommandSpec spec;

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
        StreamTail.From from = from();
        Printer printer = new Printer(filter(), text());
        ServerConfig config = SettingsOptions.load(spec);
        KafkaSettings kafka = config.kafka();
        String servers = kafka.bootstrapServers().orElse("127.0.0.1:" + kafka.embeddedPort());
        CountDownLatch ended = new CountDownLatch(1);
        try (StreamTail tail = new StreamTail(kafka.captureConfig(servers, config.region()), table)) {
            stopWithTheProcess(tail, ended);
            printer.tail = tail;
            tail.follow(from, printer);
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

    private StreamTail.From from() {
        if (start == null) {
            return StreamTail.From.NOW;
        }
        if (start.oldest) {
            return StreamTail.From.BEGINNING;
        }
        return start.time == null
                ? StreamTail.From.place(SequenceNumbers.parse(start.sequenceNumber)
                        .orElseThrow(() -> wrong(
                                "--from-sequence-number", start.sequenceNumber, "a sequence number of 21 digits")))
                : StreamTail.From.time(start.time);
    }

    private RecordFilter filter() {
        try {
            return new RecordFilter(Set.copyOf(events), key == null ? null : RecordFilter.parseKey(key));
        } catch (IllegalArgumentException noKey) {
            throw wrong("--key", key, "a key such as {\"id\":{\"S\":\"a\"}}");
        }
    }

    private RecordText text() {
        return switch (format) {
            case "json" -> RecordText.JSON;
            case "diff" -> RecordText.DIFF;
            default -> throw wrong("--format", format, "json or diff");
        };
    }

    private CommandLine.ParameterException wrong(String option, String value, String allowed) {
        return new CommandLine.ParameterException(
                spec.commandLine(), "Invalid value for option '" + option + "': '" + value + "' is not " + allowed);
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
        private final RecordFilter filter;
        private final RecordText text;
        private final PrintWriter out = spec.commandLine().getOut();
        private StreamTail tail;

        Printer(RecordFilter filter, RecordText text) {
            this.filter = filter;
            this.text = text;
        }

        @Override
        public void onRecord(int partition, long offset, StreamRecord record) {
            if (!filter.test(record)) {
                return;
            }
            out.println(text.of(record));
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
