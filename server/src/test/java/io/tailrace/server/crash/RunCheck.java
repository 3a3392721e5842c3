package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.journal.ChronicleJournal;
import io.tailrace.engine.journal.JournalDependencies;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.journal.Shutdown;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * The comparison at the end of a run. A last life shows tables, indexes and streams; then the journal is read with the engine's
 * own reader, and the topics with a consumer.
 */
final class RunCheck {
    /** The last life is repeated when something still happened in it. */
    private static final int ATTEMPTS = 5;

    private final Path dir;
    private final RunConfig config;
    private final History history;
    private final Problems problems;
    private Map<String, RecordLog> shownStreams = Map.of();
    private TableComparison tables;
    private Story story;
    private TopicComparison topics;

    RunCheck(Path dir, RunConfig config, History history, Problems problems) {
        this.dir = dir;
        this.config = config;
        this.history = history;
        this.problems = problems;
    }

    /** @param settings of the last life */
    void run(Map<String, String> settings) throws IOException {
        int attempt = 0;
        while (!quietLife(settings)) {
            assertThat(++attempt).as("lives in which nothing comes to rest").isLessThan(ATTEMPTS);
        }
        history.lifeEnded();
        story = new Story(history, problems);
        if (config.embedded()) {
            try (BrokerLife broker = new BrokerLife(dir.resolve("kafka"))) {
                compare(broker.bootstrapServers());
            }
        } else {
            compare(config.bootstrapServers());
        }
    }

    Story story() {
        return story;
    }

    TopicComparison topics() {
        return topics;
    }

    private void compare(String bootstrapServers) throws IOException {
        try (TopicReader reader = new TopicReader(bootstrapServers)) {
            topics = new TopicComparison(
                    config.region(),
                    reader.partitions(Topics.mutations(config.region())),
                    config.tombstones(),
                    problems);
            if (config.removesJournal()) {
                readMutationsTopic(reader);
            } else {
                readJournal();
                topics.compareMutations(reader);
            }
            story.finish();
            new HistoryCheck(history, story, problems).check();
            tables.compare(story, problems);
            topics.compareStreams(reader);
            topics.compareShown(shownStreams);
        }
    }

    private void readJournal() throws IOException {
        EngineConfig engine = EngineConfig.of(dir, config.region());
        try (ChronicleJournal journal = ChronicleJournal.open(
                        dir.resolve("journal"),
                        engine.journal(),
                        new JournalDependencies(Clock.systemUTC(), new SimpleMeterRegistry(), config.region()),
                        Shutdown.CLEAN);
                JournalReader reader = journal.openReader()) {
            long expected = 1;
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.sequence() != expected++) {
                    problems.add("the journal has %d where %d belongs", entry.sequence(), expected - 1);
                }
                List<ChangeRecord> records = new ArrayList<>();
                for (JournalMutation mutation : entry.mutations()) {
                    records.add(ChangeRecordCodec.decode(mutation.changeRecord()));
                }
                story.accept(entry.sequence(), records);
                topics.expect(entry);
            }
        }
    }

    private void readMutationsTopic(TopicReader reader) {
        Deserializer<ChangeRecord> changes =
                new TailraceSerdes(null).changeRecord().deserializer();
        TreeMap<Long, TreeMap<Integer, ChangeRecord>> commits = new TreeMap<>();
        reader.read(Topics.mutations(config.region()), record -> {
            SequenceNumbers.Position position = TopicReader.position(record);
            commits.computeIfAbsent(position.sequence(), none -> new TreeMap<>())
                    .put(position.mutationIndex(), changes.deserialize(record.topic(), record.value()));
        });
        commits.forEach((sequence, records) -> {
            ChangeRecord first = records.firstEntry().getValue();
            if (records.size() != first.mutationCount()) {
                problems.add(
                        "the mutations topic has %d of %d of commit %d",
                        records.size(), first.mutationCount(), sequence);
            }
            story.accept(sequence, List.copyOf(records.values()));
            records.forEach(
                    (index, record) -> topics.expectInStream(record, new SequenceNumbers.Position(sequence, index)));
        });
    }

    /** One life that only shows; false when something was written in it besides. */
    private boolean quietLife(Map<String, String> settings) throws IOException {
        try (ServerLife server = ServerLife.start(settings, Optional.empty());
                ApiClient api = new ApiClient(server.port(), config.region())) {
            stopExpiry(api);
            tables = new TableComparison(api);
            tables.awaitIndexes();
            long before = server.awaitCaptured();
            tables.read();
            shownStreams = new StreamsApiReading(api, problems).read();
            boolean quiet = server.awaitCaptured() == before;
            server.stop();
            return quiet;
        }
    }

    /** Time to live deletes in the background. */
    private void stopExpiry(ApiClient api) throws IOException {
        for (TableSpec table : history.tables().values()) {
            var name = Json.object().put("TableName", table.name());
            ApiClient.Reply reply = api.call("DescribeTimeToLive", name);
            if (reply.body()
                    .path("TimeToLiveDescription")
                    .path("TimeToLiveStatus")
                    .asText()
                    .equals("ENABLED")) {
                TableChange change = history.begin(new TableChange(
                        table.name(),
                        io.tailrace.schemas.model.Change.CatalogChange.Action.UPDATE_TABLE,
                        "end of time to live",
                        definition -> definition.ttlAttribute() == null));
                name.putObject("TimeToLiveSpecification")
                        .put("Enabled", false)
                        .put("AttributeName", TableChanger.EXPIRY);
                ApiClient.Reply off = api.call("UpdateTimeToLive", name);
                assertThat(off.isOk()).as("%s", off).isTrue();
                change.finish(Request.Outcome.DONE);
            }
        }
    }
}
