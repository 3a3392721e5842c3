package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.CaptureConfig.DataLossPolicy;
import io.tailrace.capture.CaptureStatus.State;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.stream.StreamTag;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves that the topics hold every mutation of the journal once and in order, whenever capture was stopped or dropped. */
@Timeout(300)
class StreamCaptureIT {
    private static final TopicSettings TOPICS =
            TopicSettings.DEFAULT.withPartitions(3).withStreamPartitions(2);
    private static final CaptureConfig.Flow FLOW =
            new CaptureConfig.Flow(500, 1 << 20, Duration.ofMillis(20), Duration.ofSeconds(2), Duration.ofMillis(50));

    @TempDir
    private static Path brokerDir;

    private static EmbeddedBroker broker;

    @TempDir
    private Path dir;

    private final MemoryJournal journal = new MemoryJournal();
    private String region;
    private Workload workload;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(brokerDir, 0));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** Each test has a region, and with it topics, of its own. */
    @BeforeEach
    void nameRegion(TestInfo test) {
        region = test.getTestMethod().orElseThrow().getName();
        workload = new Workload(region, journal, 42);
    }

    @Test
    void capturesEveryMutationOnceAndInOrder() throws Exception {
        workload.commit(300);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (StreamCapture capture = capture(config(), meters)) {
            capture.start();
            workload.commit(2_000);
            awaitCaptured(capture);
            assertThat(capture.status())
                    .isEqualTo(new CaptureStatus(State.RUNNING, journal.readableSequence(), 0, 0, null));
            assertThat(meters.get(CaptureMeter.RECORDS_SENT.meterName())
                            .counter()
                            .count())
                    .isGreaterThan(2_000);
            assertThat(meters.get(CaptureMeter.LAG_RECORDS.meterName()).gauge().value())
                    .isZero();
        }
        assertCaptured();
    }

    @Test
    void givesEveryTableNameATopic() throws Exception {
        for (String table : List.of("a_b", "a.b", "a-b", "t".repeat(255))) {
            workload.createTable(table, StreamViewType.NEW_IMAGE);
            workload.put(table, item("one"));
        }
        captureAll(config());
        assertCaptured();
    }

    @Test
    void theTopicHasTheRetentionOfItsStream() throws Exception {
        String topic = Topics.stream(region, "Kept");
        workload.createTable("Kept", StreamViewType.KEYS_ONLY);
        try (StreamCapture capture = capture(config(), new SimpleMeterRegistry())) {
            capture.start();
            for (String retention : List.of("72h", "2h")) {
                workload.tag("Kept", Map.of("tailrace:stream.retention", retention));
                awaitCaptured(capture);
                assertThat(KafkaProbe.retention(broker.bootstrapServers(), topic))
                        .isEqualTo(Duration.parse("PT" + retention.toUpperCase(Locale.ROOT)));
            }
            workload.tag("Kept", Map.of());
            awaitCaptured(capture);
            assertThat(KafkaProbe.retention(broker.bootstrapServers(), topic)).isEqualTo(Duration.ofHours(24));
        }
        // What was set by hand is kept when it is more than was promised.
        KafkaProbe.setRetention(broker.bootstrapServers(), topic, Duration.ofHours(1));
        captureAll(config());
        assertThat(KafkaProbe.retention(broker.bootstrapServers(), topic)).isEqualTo(Duration.ofHours(24));
        KafkaProbe.setRetention(broker.bootstrapServers(), topic, Duration.ofHours(100));
        captureAll(config());
        assertThat(KafkaProbe.retention(broker.bootstrapServers(), topic)).isEqualTo(Duration.ofHours(100));
    }

    @Test
    void resumesWhereverItStopped() throws Exception {
        Random random = new Random(7);
        for (int life = 0; life < 7; life++) {
            workload.commit(300);
            long stopAt = journal.readableSequence() - random.nextInt(250);
            StreamCapture capture = capture(config(), new SimpleMeterRegistry());
            capture.start();
            capture.await(stopAt);
            if (random.nextBoolean()) {
                capture.close();
            } else {
                capture.abandon();
            }
            if (life == 3) {
                Files.delete(checkpoint());
            }
            if (life == 5) {
                Files.writeString(checkpoint(), "torn");
            }
        }
        captureAll(config());
        assertCaptured();
    }

    /** Both records have the same position. */
    @Test
    void goesOnBetweenARemovalAndItsTombstone() throws Exception {
        captureRemovalOfWhichAre(2);
    }

    @Test
    void goesOnBehindARemovalAndItsTombstone() throws Exception {
        captureRemovalOfWhichAre(3);
    }

    /** @param sent how many of the mutation's records Kafka has when capture starts: its own, the removal, the tombstone */
    private void captureRemovalOfWhichAre(int sent) throws Exception {
        workload.createTable("Compacted", StreamViewType.NEW_AND_OLD_IMAGES);
        workload.put("Compacted", item("one"));
        workload.tag("Compacted", Map.of(StreamTag.TOMBSTONES.key(), "true"));
        workload.put("Compacted", item("two"));
        captureAll(config());
        workload.remove("Compacted", item("two"));
        RecordFactory factory = new RecordFactory(region, TOPICS, new TailraceSerdes(null).framing());
        List<CapturedRecord> records = factory.records(
                journal.all().get((int) journal.readableSequence() - 1),
                0,
                workload.catalog().table("Compacted").orElseThrow());
        assertThat(records).extracting(CapturedRecord::isTombstone).containsExactly(false, false, true);
        KafkaProbe.produce(
                broker.bootstrapServers(),
                records.stream().limit(sent).map(CapturedRecord::record).toList());
        workload.put("Compacted", item("three"));
        captureAll(config());
        workload.put("Compacted", item("two"));
        captureAll(config());
        assertCaptured();
    }

    @Test
    void findsTheTablesAgainWithoutCheckpointAndWithoutTheJournalsBeginning() throws Exception {
        workload.createTable("Streamed", StreamViewType.KEYS_ONLY);
        workload.createTable("Unstreamed", null);
        workload.commit(300);
        workload.commitItems(100);
        captureAll(config());
        journal.removeBefore(350);
        Files.delete(checkpoint());
        workload.put("Streamed", item("after"));
        workload.commitItems(100);
        workload.createTable("Later", StreamViewType.NEW_IMAGE);
        workload.put("Later", item("first"));
        captureAll(config());
        assertCaptured();
    }

    @Test
    void fillsTopicsAgainThatWereDeletedWhileItWasAway() throws Exception {
        workload.createTable("Streamed", StreamViewType.NEW_AND_OLD_IMAGES);
        workload.commit(300);
        captureAll(config());
        KafkaProbe.deleteTopic(broker.bootstrapServers(), Topics.mutations(region));
        KafkaProbe.deleteTopic(broker.bootstrapServers(), Topics.stream(region, "Streamed"));
        workload.commit(50);
        captureAll(config());
        assertCaptured();
    }

    @Test
    void fillsATopicAgainThatWasDeletedWhileItWasSending() throws Exception {
        workload.commit(300);
        try (StreamCapture capture = capture(config(), new SimpleMeterRegistry())) {
            capture.start();
            awaitCaptured(capture);
            KafkaProbe.deleteTopic(broker.bootstrapServers(), Topics.mutations(region));
            workload.commit(300);
            awaitCaptured(capture);
        }
        assertCaptured();
    }

    @Test
    void stopsAtAGapThatTheJournalCannotFill() throws Exception {
        workload.commit(300);
        captureAll(config());
        KafkaProbe.deleteTopic(broker.bootstrapServers(), Topics.mutations(region));
        journal.removeBefore(200);
        workload.createTable("Later", null);
        try (StreamCapture capture = capture(config(), new SimpleMeterRegistry())) {
            capture.start();
            Await.until("capture fails", () -> capture.status().state() == State.FAILED);
            assertThat(capture.status().lastError())
                    .contains(Topics.mutations(region), "the journal begins with 200", "capture.data.loss");
            assertThat(capture.capturedSequence()).isZero();
            assertThat(capture.status().lagMillis()).isPositive();
        }
        captureAll(config().withDataLoss(DataLossPolicy.CONTINUE));
        assertThat(KafkaProbe.readAll(broker.bootstrapServers(), Topics.mutations(region)))
                .extracting(record -> RecordPosition.of(record).sequence())
                .contains(301L)
                .allMatch(sequence -> sequence >= 200);
    }

    @Test
    void fillsTheTopicsAsFarAsTheJournalReachesWhenItIsAskedTo() throws Exception {
        workload.createTable("Streamed", StreamViewType.NEW_AND_OLD_IMAGES);
        workload.commit(300);
        captureAll(config());
        KafkaProbe.deleteTopic(broker.bootstrapServers(), Topics.mutations(region));
        journal.removeBefore(200);
        try (StreamCapture capture = capture(config(), new SimpleMeterRegistry())) {
            capture.start();
            Await.until("capture fails", () -> capture.status().state() == State.FAILED);
            TopicLoss loss = capture.loss().orElseThrow();
            assertThat(loss.topics()).containsExactly(Topics.mutations(region));
            assertThat(loss.losses()).isNotEmpty();
            assertThat(capture.notedSequence())
                    .as("nothing of the journal may go")
                    .isZero();
            workload.put("Streamed", item("meanwhile"));

            Rebuild rebuild = capture.rebuild().get(1, TimeUnit.MINUTES);
            assertThat(rebuild.fromSequence()).isEqualTo(200);
            assertThat(rebuild.toSequence()).isEqualTo(journal.readableSequence());
            assertThat(rebuild.fromTime()).isEqualTo(journal.all().get(199).commitTime());
            assertThat(rebuild.gaps()).isEqualTo(loss.gaps());
            awaitCaptured(capture);
            assertThat(capture.loss()).isEmpty();
            assertThat(capture.status().state()).isEqualTo(State.RUNNING);

            Rebuild again = capture.rebuild().get(1, TimeUnit.MINUTES);
            assertThat(again.fromSequence()).isEqualTo(journal.readableSequence() + 1);
            assertThat(again.losses()).isEmpty();
        }
        assertThat(KafkaProbe.readAll(broker.bootstrapServers(), Topics.mutations(region)))
                .extracting(RecordPosition::of)
                .allMatch(position -> position.sequence() >= 200)
                .anyMatch(position -> position.sequence() == 200);
        captureAll(config());
    }

    @Test
    void noRebuildHelpsAgainstTopicsOfAnotherDirectory() throws Exception {
        workload.commit(50);
        captureAll(config());
        MemoryJournal other = new MemoryJournal();
        Workload otherWorkload = new Workload(region, other, 1);
        otherWorkload.commit(10);
        CaptureConfig config = CaptureConfig.of(broker.bootstrapServers(), region, dir.resolve("other"))
                .withTopics(TOPICS)
                .withFlow(FLOW);
        try (StreamCapture capture = new StreamCapture(
                new CaptureSource(other, otherWorkload::catalog),
                config,
                new SimpleMeterRegistry(),
                Clock.systemUTC())) {
            capture.start();
            CompletableFuture<Rebuild> rebuild = capture.rebuild();
            assertThatThrownBy(() -> rebuild.get(1, TimeUnit.MINUTES)).hasMessageContaining("another data directory");
            assertThat(capture.loss()).isEmpty();
        }
    }

    @Test
    void refusesTopicsOfAnotherDataDirectory() throws Exception {
        workload.commit(50);
        captureAll(config());
        MemoryJournal other = new MemoryJournal();
        Workload otherWorkload = new Workload(region, other, 1);
        otherWorkload.commit(10);
        CaptureConfig config = CaptureConfig.of(broker.bootstrapServers(), region, dir.resolve("other"))
                .withTopics(TOPICS)
                .withFlow(FLOW);
        try (StreamCapture capture = new StreamCapture(
                new CaptureSource(other, otherWorkload::catalog),
                config,
                new SimpleMeterRegistry(),
                Clock.systemUTC())) {
            capture.start();
            Await.until("capture fails", () -> capture.status().state() == State.FAILED);
            assertThat(capture.status().lastError()).contains("another data directory");
        }
    }

    @Test
    void refusesTopicsWithAnotherNumberOfPartitions() throws Exception {
        KafkaProbe.createTopic(broker.bootstrapServers(), Topics.mutations(region), 7);
        try (StreamCapture capture = capture(config(), new SimpleMeterRegistry())) {
            capture.start();
            Await.until("capture fails", () -> capture.status().state() == State.FAILED);
            assertThat(capture.status().lastError())
                    .contains(Topics.mutations(region) + " has 7 partitions where mutations.partitions is 3");
        }
    }

    @Test
    void releasesThoseWhoWaitWhenItIsClosed() throws Exception {
        StreamCapture capture = capture(
                CaptureConfig.of("127.0.0.1:" + BrokerProcess.freePort(), region, checkpoint()),
                new SimpleMeterRegistry());
        workload.commit(1);
        capture.start();
        assertThat(capture.status().lagRecords()).isEqualTo(1);
        Thread closer = new Thread(capture::close);
        closer.start();
        assertThatThrownBy(() -> capture.await(1)).isInstanceOf(IllegalStateException.class);
        closer.join();
        assertThat(capture.status().state()).isEqualTo(State.STOPPED);
    }

    private static Item item(String partitionKey) {
        return Item.builder().set("Pk", partitionKey).set("Sk", 1).build();
    }

    private Path checkpoint() {
        return dir.resolve("checkpoint");
    }

    private CaptureConfig config() {
        return CaptureConfig.of(broker.bootstrapServers(), region, checkpoint())
                .withTopics(TOPICS)
                .withFlow(FLOW);
    }

    private StreamCapture capture(CaptureConfig config, SimpleMeterRegistry meters) {
        return new StreamCapture(new CaptureSource(journal, workload::catalog), config, meters, Clock.systemUTC());
    }

    private void captureAll(CaptureConfig config) throws Exception {
        try (StreamCapture capture = capture(config, new SimpleMeterRegistry())) {
            capture.start();
            awaitCaptured(capture);
        }
    }

    private void awaitCaptured(StreamCapture capture) throws Exception {
        Await.until(
                "captured up to " + journal.readableSequence(),
                () -> capture.capturedSequence() == journal.readableSequence());
    }

    private void assertCaptured() {
        new Oracle(region, TOPICS).assertCaptured(broker.bootstrapServers(), journal.all());
    }
}
