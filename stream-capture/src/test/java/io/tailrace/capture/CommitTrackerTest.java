package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.capture.CommitTracker.Commit;
import io.tailrace.engine.catalog.Catalog;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Proves that a commit counts as captured only when all of its records and all commits before it are acknowledged. */
class CommitTrackerTest {
    private static final Uuid TOPIC = new Uuid(1, 1);

    private final List<Long> captured = new ArrayList<>();
    private final CommitTracker tracker =
            new CommitTracker(new Checkpoint(10, Catalog.EMPTY, Map.of(), true), captured::add, System::nanoTime);

    @Test
    void capturesInOrderWhateverTheOrderOfAcknowledgements() {
        Commit first = tracker.begin(11, Instant.EPOCH);
        CapturedRecord a = send(first, 11, 0, 0);
        CapturedRecord b = send(first, 11, 1, 1);
        tracker.sent(first);
        Commit second = tracker.begin(12, Instant.EPOCH);
        CapturedRecord c = send(second, 12, 0, 1);
        tracker.sent(second);
        tracker.acknowledged(second, c, TOPIC, 8);
        tracker.acknowledged(first, b, TOPIC, 7);
        assertThat(captured).isEmpty();
        assertThat(tracker.snapshot().capturedSequence()).isEqualTo(10);
        assertThat(tracker.snapshot().clean()).isFalse();
        tracker.acknowledged(first, a, TOPIC, 3);
        assertThat(captured).containsExactly(12L);
        assertThat(tracker.snapshot().clean()).isTrue();
        assertThat(tracker.oldestOpenCommitTime()).isNull();
        assertThat(tracker.stalledFor()).isZero();
    }

    @Test
    void aCommitIsOpenUntilAllOfItIsSent() {
        Commit commit = tracker.begin(11, Instant.EPOCH);
        CapturedRecord record = send(commit, 11, 0, 0);
        tracker.acknowledged(commit, record, TOPIC, 0);
        assertThat(captured).isEmpty();
        tracker.sent(commit);
        assertThat(captured).containsExactly(11L);
    }

    @Test
    void keepsTheTablesAsOfWhatIsCaptured() {
        Workload workload = new Workload("here", new MemoryJournal(), 1);
        workload.createTable("A", null);
        TableDefinition table = workload.catalog().table("A").orElseThrow();
        Commit commit = tracker.begin(11, Instant.EPOCH);
        tracker.addCatalogChange(commit, new CatalogChange(Action.CREATE_TABLE, table));
        assertThat(tracker.snapshot().catalog().tables()).isEmpty();
        tracker.sent(commit);
        assertThat(tracker.snapshot().catalog().tables()).containsExactly(table);
    }

    @Test
    void boundsWhatIsOnItsWay() throws Exception {
        Commit commit = tracker.begin(11, Instant.EPOCH);
        CapturedRecord record = send(commit, 11, 0, 0);
        assertThat(tracker.awaitRoom(1, 100, Duration.ZERO)).isFalse();
        assertThat(tracker.awaitRoom(2, 2, Duration.ZERO)).isFalse();
        assertThat(tracker.awaitRoom(2, 100, Duration.ZERO)).isTrue();
        assertThat(tracker.awaitEmpty(Duration.ZERO)).isFalse();
        tracker.acknowledged(commit, record, TOPIC, 0);
        assertThat(tracker.awaitEmpty(Duration.ZERO)).isTrue();
    }

    @Test
    void capturesNothingAfterAFailure() {
        Commit commit = tracker.begin(11, Instant.EPOCH);
        CapturedRecord record = send(commit, 11, 0, 0);
        tracker.sent(commit);
        tracker.fail(new IllegalStateException("first"));
        tracker.fail(new IllegalStateException("second"));
        tracker.acknowledged(commit, record, TOPIC, 0);
        assertThat(captured).isEmpty();
        assertThatThrownBy(tracker::throwFailure).hasMessage("first");
    }

    @Test
    void countsOffsetsOnWhereKafkaDoesNotSay() {
        Commit commit = tracker.begin(11, Instant.EPOCH);
        tracker.acknowledged(commit, send(commit, 11, 0, 0), TOPIC, 4);
        tracker.acknowledged(commit, send(commit, 11, 1, 0), TOPIC, -1);
        assertThat(tracker.snapshot().acknowledged().get(new TopicPartition("t", 0)))
                .isEqualTo(new Checkpoint.Acknowledged(TOPIC, 5, new Position(11, 1)));
    }

    private CapturedRecord send(Commit commit, long sequence, int index, int partition) {
        CapturedRecord record = new CapturedRecord(
                new Position(sequence, index), new ProducerRecord<>("t", partition, new byte[1], new byte[1]));
        tracker.sending(commit, record.sizeBytes());
        return record;
    }
}
