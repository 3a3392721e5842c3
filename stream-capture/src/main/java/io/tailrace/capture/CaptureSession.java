package io.tailrace.capture;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.Journal;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Capture from one connection to its first failure: decides where to go on, then moves entry after entry from the journal
 * into Kafka. A failure ends the session; the next one decides anew. Belongs to the capture thread.
 */
final class CaptureSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureSession.class);
    private static final Duration VERIFY_INTERVAL = Duration.ofSeconds(10);
    private static final int MAX_ANSWERS_WHILE_STALLED = 6;

    private final CaptureConfig config;
    private final CaptureSource source;
    private final RecordFactory records;
    private final CaptureMetrics metrics;
    private final KafkaSide kafka;
    private final KafkaAccess access;
    private final InterruptibleSection kafkaCalls;
    private final JournalReader reader;

    private volatile CommitTracker tracker;
    private Catalog catalog;
    private long lastRead;
    private long lastVerifyNanos;
    private int answersWhileStalled;

    /** Not connected yet; {@link #connect} follows. */
    CaptureSession(
            CaptureConfig config,
            CaptureSource source,
            RecordFactory records,
            CaptureMetrics metrics,
            KafkaAccess access,
            Map<TopicPartition, PartitionTail> tails) {
        this.config = config;
        this.source = source;
        this.records = records;
        this.metrics = metrics;
        this.access = access;
        this.kafkaCalls = access.calls();
        this.lastVerifyNanos = access.nanoTime().getAsLong();
        this.kafka = new KafkaSide(config, access.connections().get(), metrics, tails, source.steps());
        this.reader = source.journal().openReader();
    }

    /**
     * Finds out where to go on.
     *
     * @param checkpoint what is known so far; empty when nothing is
     * @param losses what is to be done about a gap
     * @return where it goes on
     * @throws TopicsLostException when capture cannot go on without a gap, and is not to
     */
    ResumePlan connect(Optional<Checkpoint> checkpoint, CaptureConfig.DataLossPolicy losses, LongConsumer onCaptured) {
        Journal journal = source.journal();
        kafkaCalls.run(kafka::ensureRegionTopics);
        List<TableDefinition> streamTables =
                checkpoint.map(Checkpoint::catalog).orElseGet(source.catalog()).tables().stream()
                        .filter(table -> table.stream() != null)
                        .toList();
        boolean settled = checkpoint.map(Checkpoint::clean).orElse(false);
        Duration settleTime = settled ? Duration.ZERO : config.flow().settleTime();
        Map<TopicPartition, PartitionEnd> ends = kafkaCalls.call(() -> kafka.readEnds(streamTables, settleTime));
        ResumePlan plan = ResumePlan.decide(checkpoint, ends, journal.firstSequence(), journal.readableSequence());
        report(plan, losses);
        kafkaCalls.run(() -> kafka.begin(ends, plan.last()));
        catalog = plan.catalogFromCheckpoint()
                ? checkpoint.orElseThrow().catalog()
                : JournalCatalog.beforeFirstEntry(journal, source.catalog().get());
        lastRead = plan.startSequence() - 1;
        tracker = new CommitTracker(
                new Checkpoint(lastRead, catalog, KafkaSide.acknowledgedAt(ends, plan.last()), true),
                onCaptured,
                access.nanoTime());
        reader.seek(plan.startSequence());
        source.steps().reached(CaptureStep.RESUMED);
        onCaptured.accept(lastRead);
        LOG.info("capture of {} goes on with sequence number {}", config.region(), plan.startSequence());
        return plan;
    }

    private static void report(ResumePlan plan, CaptureConfig.DataLossPolicy policy) {
        plan.losses().forEach(loss -> LOG.error("Kafka lost acknowledged records: {}", loss));
        plan.gaps().forEach(gap -> LOG.error("Kafka has a gap: {}", gap));
        if (!plan.gaps().isEmpty() && policy == CaptureConfig.DataLossPolicy.STOP) {
            throw new TopicsLostException(plan.loss());
        }
    }

    /** Moves entries while there are any and room for them; waits a moment when there are none. */
    void doWork() throws InterruptedException {
        tracker.throwFailure();
        verifyTopics();
        if (!tracker.awaitRoom(config.flow().maxInFlightRecords(), config.flow().maxInFlightBytes(), access.idle())) {
            return;
        }
        JournalEntry entry = reader.next();
        if (entry == null) {
            source.journal().awaitReadable(lastRead, access.idle());
            return;
        }
        if (entry.sequence() != lastRead + 1) {
            throw new CaptureException("the journal goes from " + lastRead + " to " + entry.sequence());
        }
        capture(entry);
        lastRead = entry.sequence();
    }

    private void capture(JournalEntry entry) {
        CommitTracker.Commit commit = tracker.begin(entry.sequence(), entry.commitTime());
        for (int index = 0; index < entry.mutations().size(); index++) {
            JournalMutation mutation = entry.mutations().get(index);
            TableDefinition before = catalog.table(mutation.tableId()).orElse(null);
            TableDefinition table = mutation.catalog() ? follow(commit, mutation) : before;
            if (table != null && table.stream() != null) {
                prepareStream(table);
            }
            List<CapturedRecord> made = records.records(entry, index, table);
            if (mutation.catalog()
                    && changesRetention(before, table)
                    && !made.stream().allMatch(kafka::has)) {
                kafkaCalls.run(() -> kafka.setStreamRetention(table));
            }
            for (CapturedRecord record : made) {
                send(commit, record);
            }
        }
        tracker.sent(commit);
    }

    /** When a stream is enabled, and when its table's tags change. Kafka's own tools may change it until then. */
    private boolean changesRetention(TableDefinition before, TableDefinition after) {
        if (after.stream() == null) {
            return false;
        }
        return before == null
                || !after.stream().equals(before.stream())
                || !retention(after).equals(retention(before));
    }

    private Duration retention(TableDefinition table) {
        return config.topics().streamOptions(table).retention();
    }

    private TableDefinition follow(CommitTracker.Commit commit, JournalMutation mutation) {
        CatalogChange change = JournalCatalog.catalogChange(mutation);
        catalog = catalog.apply(change);
        tracker.addCatalogChange(commit, change);
        return change.table();
    }

    /** Makes the stream's topic, or finds where it ends: when the stream is enabled, so that readers find a topic. */
    private void prepareStream(TableDefinition table) {
        if (!kafka.isPrepared(table)) {
            source.steps().reached(CaptureStep.STREAM_BEGINS);
            kafkaCalls.run(() -> kafka.prepareStream(table));
            source.steps().reached(CaptureStep.STREAM_PREPARED);
        }
    }

    private void send(CommitTracker.Commit commit, CapturedRecord record) {
        if (kafka.has(record)) {
            metrics.count(CaptureMeter.RECORDS_SKIPPED, 1);
            return;
        }
        source.steps().reached(CaptureStep.SEND_BEGINS);
        kafka.send(record, commit, tracker);
        source.steps().reached(CaptureStep.SEND_ENDS);
        tracker.throwFailure();
    }

    /**
     * A deleted topic looks to the producer like a broker that is away: it would wait for ever. And a producer whose thread ended,
     * for want of memory say, never says so. While nothing is written nobody would notice anything.
     *
     * @throws KafkaException when a topic is gone, or Kafka answers all the time and acknowledges nothing
     */
    private void verifyTopics() {
        Duration stalled = tracker.stalledFor();
        boolean isStalled = stalled.compareTo(config.flow().stalledAfter()) >= 0;
        if (!isStalled) {
            answersWhileStalled = 0;
        }
        boolean isIdle = stalled.isZero() && lastRead == source.journal().readableSequence();
        Duration interval = isStalled ? config.flow().stalledAfter() : VERIFY_INTERVAL;
        if (!isStalled && !isIdle || access.nanoTime().getAsLong() - lastVerifyNanos < interval.toNanos()) {
            return;
        }
        boolean answers = kafkaCalls.call(kafka::verifyTopics);
        answersWhileStalled = isStalled && answers ? answersWhileStalled + 1 : 0;
        lastVerifyNanos = access.nanoTime().getAsLong();
        if (answersWhileStalled >= MAX_ANSWERS_WHILE_STALLED) {
            throw new KafkaException("Kafka answers, and has acknowledged nothing for " + stalled.toSeconds() + " s");
        }
    }

    /** Waits for what is on its way; whether all of it arrived. */
    boolean drain(Duration timeout) throws InterruptedException {
        return tracker == null || tracker.awaitEmpty(timeout);
    }

    /** What is known to be in Kafka; empty before {@link #connect}. */
    Optional<Checkpoint> snapshot() {
        return Optional.ofNullable(tracker).map(CommitTracker::snapshot);
    }

    Duration stalledFor() {
        return tracker == null ? Duration.ZERO : tracker.stalledFor();
    }

    /** When the oldest commit that is not captured was committed; null when that is not known. */
    Instant oldestOpenCommitTime() {
        return tracker == null ? null : tracker.oldestOpenCommitTime();
    }

    /** Sends nothing more. */
    @Override
    public void close() {
        kafka.close();
        reader.close();
    }
}
