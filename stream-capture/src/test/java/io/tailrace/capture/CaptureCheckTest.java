package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.check.Finding;
import io.tailrace.engine.check.Finding.Kind;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves what the doctor finds of capture in a broker's files, and that a damaged checkpoint is put aside and nothing else. */
class CaptureCheckTest {
    private static final String REGION = "here";
    private static final TopicPartition MUTATIONS = new TopicPartition(Topics.mutations(REGION), 0);
    private static final TopicPartition STREAM = new TopicPartition(Topics.stream(REGION, "Streamed"), 0);
    private static final Uuid TOPIC = new Uuid(3, 3);

    @TempDir
    private Path folder;

    private CaptureConfig config;

    @BeforeEach
    void configure() {
        config = CaptureConfig.of("nowhere:1", REGION, folder.resolve("checkpoint"));
    }

    @Test
    void allIsWellWhenTheTopicsHaveWhatTheCheckpointSays() throws IOException {
        writeCheckpoint(9, at(MUTATIONS, 1, 9), at(STREAM, 0, 8));
        files(MUTATIONS).append(0, new Position(7, 0), new Position(9, 0));
        files(STREAM).append(0, new Position(8, 0));
        assertThat(check(1, 12)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.OK);
            assertThat(finding.text())
                    .contains("captured up to commit 9; 2 partitions in")
                    .contains("it goes on with commit 10 of 12");
        });
    }

    @Test
    void whatTheJournalHasIsSentAgainByItself() throws IOException {
        writeCheckpoint(9, at(MUTATIONS, 1, 9));
        files(MUTATIONS).append(0, new Position(7, 0));
        assertThat(check(5, 12)).extracting(Finding::kind).containsExactly(Kind.REPAIRABLE, Kind.OK);
        assertThat(check(5, 12).toString()).contains("goes on with commit 5 of 12");
    }

    @Test
    void aWipedTopicIsDamageWhenTheJournalBeginsLater() throws IOException {
        writeCheckpoint(9, at(MUTATIONS, 1, 9), at(STREAM, 0, 8));
        files(MUTATIONS).append(0, new Position(7, 0), new Position(9, 0));
        assertThat(check(5, 12)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.DAMAGE);
            assertThat(finding.text()).contains(STREAM.toString()).contains("the journal begins with 5");
            assertThat(finding.advice()).contains("tailrace stream rebuild");
        });
        assertThat(check(1, 12)).extracting(Finding::kind).containsExactly(Kind.REPAIRABLE, Kind.OK);
    }

    @Test
    void topicsOfAnotherDirectoryAreDamage() throws IOException {
        files(MUTATIONS).append(0, new Position(50, 0));
        assertThat(check(1, 12)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.DAMAGE);
            assertThat(finding.text()).contains("holds sequence number 50 but the journal ends with 12");
        });
    }

    @Test
    void aClusterThatIsAwayIsSaid() {
        CaptureConfig away = config.withClientProperties(Map.of(
                "bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "300", "request.timeout.ms", "200"));
        assertThat(CaptureCheck.of(new CaptureCheck.Kafka(away, Optional.empty()), 1, 12))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.DAMAGE);
                    assertThat(finding.text()).contains("the topics cannot be read");
                });
    }

    @Test
    void aDamagedCheckpointIsMovedAway() throws IOException {
        assertThat(CaptureCheck.repair(config)).isEmpty();
        writeCheckpoint(9, at(MUTATIONS, 1, 9));
        assertThat(CaptureCheck.repair(config)).isEmpty();
        files(MUTATIONS).append(0, new Position(7, 0), new Position(9, 0));
        for (String aside : List.of("checkpoint.damaged", "checkpoint.damaged-2")) {
            Files.writeString(config.checkpointFile(), "no checkpoint, " + aside);
            assertThat(check(1, 12)).extracting(Finding::kind).containsExactly(Kind.REPAIRABLE, Kind.OK);
            assertThat(check(1, 12).toString()).contains("is corrupt").contains("no checkpoint; 1 partitions");
            assertThat(CaptureCheck.repair(config))
                    .singleElement()
                    .satisfies(done -> assertThat(done.text()).endsWith(aside));
            assertThat(config.checkpointFile()).doesNotExist();
            assertThat(folder.resolve(aside)).hasContent("no checkpoint, " + aside);
        }
        assertThat(check(1, 12)).extracting(Finding::kind).containsExactly(Kind.OK);
    }

    private List<Finding> check(long journalFirst, long journalLast) {
        return CaptureCheck.of(
                new CaptureCheck.Kafka(config, Optional.of(folder.resolve("log"))), journalFirst, journalLast);
    }

    private BrokerFiles.Segment files(TopicPartition partition) throws IOException {
        return new BrokerFiles(folder.resolve("log"), partition, TOPIC).segment(0);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // handed on to another method that only reads it
    private void writeCheckpoint(long captured, Map.Entry<TopicPartition, Checkpoint.Acknowledged>... acknowledged) {
        Workload workload = new Workload(REGION, new MemoryJournal(), 1);
        workload.createTable("Streamed", StreamViewType.NEW_IMAGE);
        Catalog catalog = workload.catalog();
        new CheckpointFile(config.checkpointFile(), StepListener.NONE)
                .write(new Checkpoint(captured, catalog, Map.ofEntries(acknowledged), true));
    }

    private static Map.Entry<TopicPartition, Checkpoint.Acknowledged> at(
            TopicPartition partition, long offset, long sequence) {
        return Map.entry(partition, new Checkpoint.Acknowledged(TOPIC, offset, new Position(sequence, 0)));
    }
}
