package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.capture.Checkpoint.Acknowledged;
import io.tailrace.engine.catalog.Catalog;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Proves where capture goes on for each combination of checkpoint, Kafka and journal. */
class ResumePlanTest {
    private static final TopicPartition P0 = new TopicPartition("mutations", 0);
    private static final TopicPartition P1 = new TopicPartition("mutations", 1);
    private static final Uuid TOPIC = new Uuid(1, 1);
    private static final Uuid RECREATED = new Uuid(2, 2);

    @Test
    void startsWithTheFirstEntryWhenNothingWasCaptured() {
        ResumePlan plan =
                ResumePlan.decide(Optional.empty(), Map.of(P0, end(TOPIC, 0, null), P1, end(TOPIC, 0, null)), 1, 100);
        assertThat(plan.startSequence()).isEqualTo(1);
        assertThat(plan.last()).isEmpty();
        assertThat(plan.gaps()).isEmpty();
    }

    @Test
    void startsAfterTheCheckpointAndSkipsWhatKafkaHas() {
        ResumePlan plan = ResumePlan.decide(
                checkpoint(50, Map.of(P0, at(9, 48), P1, at(19, 52))),
                Map.of(P0, end(TOPIC, 12, 60), P1, end(TOPIC, 20, 52)),
                10,
                100);
        assertThat(plan.startSequence()).isEqualTo(51);
        assertThat(plan.catalogFromCheckpoint()).isTrue();
        assertThat(plan.last()).isEqualTo(Map.of(P0, new Position(60, 0), P1, new Position(52, 0)));
        assertThat(plan.losses()).isEmpty();
    }

    @Test
    void trustsTheCheckpointForPartitionsThatRetentionEmptied() {
        ResumePlan plan =
                ResumePlan.decide(checkpoint(50, Map.of(P0, at(9, 7))), Map.of(P0, end(TOPIC, 10, null)), 20, 100);
        assertThat(plan.startSequence()).isEqualTo(51);
        assertThat(plan.last()).isEqualTo(Map.of(P0, new Position(7, 0)));
        assertThat(plan.losses()).isEmpty();
    }

    @Test
    void readsAgainFromTheBeginningWhenATopicIsAnother() {
        ResumePlan plan = ResumePlan.decide(
                checkpoint(50, Map.of(P0, at(9, 48), P1, at(5, 49))),
                Map.of(P0, end(RECREATED, 0, null), P1, end(TOPIC, 6, 49)),
                1,
                100);
        assertThat(plan.startSequence()).isEqualTo(1);
        assertThat(plan.catalogFromCheckpoint()).isFalse();
        assertThat(plan.last()).isEqualTo(Map.of(P1, new Position(49, 0)));
        assertThat(plan.losses()).hasSize(1);
        assertThat(plan.gaps()).isEmpty();
    }

    @Test
    void reportsAGapWhenTheJournalDoesNotReachTheLoss() {
        ResumePlan plan =
                ResumePlan.decide(checkpoint(50, Map.of(P0, at(9, 48))), Map.of(P0, end(TOPIC, 3, 12)), 20, 100);
        assertThat(plan.startSequence()).isEqualTo(20);
        assertThat(plan.gaps()).hasSize(1);
    }

    @Test
    void readsAgainFromWhatKafkaStillHas() {
        ResumePlan plan =
                ResumePlan.decide(checkpoint(50, Map.of(P0, at(9, 48))), Map.of(P0, end(TOPIC, 7, 30)), 20, 100);
        assertThat(plan.startSequence()).isEqualTo(20);
        assertThat(plan.last()).isEqualTo(Map.of(P0, new Position(30, 0)));
        assertThat(plan.losses()).hasSize(1);
        assertThat(plan.gaps()).isEmpty();
    }

    @Test
    void reportsAGapThatLaterRecordsLieBehind() {
        ResumePlan plan =
                ResumePlan.decide(checkpoint(50, Map.of(P0, at(9, 48))), Map.of(P0, end(TOPIC, 8, 60)), 1, 100);
        assertThat(plan.gaps()).singleElement().asString().contains("later records were written after the loss");
    }

    @Test
    void reportsAGapWhenAllTopicsAreEmptyAndTheJournalWasShortened() {
        ResumePlan plan = ResumePlan.decide(Optional.empty(), Map.of(P0, end(TOPIC, 0, null)), 20, 100);
        assertThat(plan.gaps()).hasSize(1);
    }

    @Test
    void reportsAGapWhenTheJournalWasShortenedBehindCapture() {
        ResumePlan plan = ResumePlan.decide(checkpoint(5, Map.of(P0, at(3, 5))), Map.of(P0, end(TOPIC, 4, 5)), 7, 100);
        assertThat(plan.gaps()).hasSize(1);
        assertThat(plan.startSequence()).isEqualTo(7);
        assertThat(plan.catalogFromCheckpoint()).isFalse();
        assertThat(plan.losses()).isEmpty();
    }

    @Test
    void refusesWhatIsAheadOfTheJournal() {
        assertThatThrownBy(() -> ResumePlan.decide(Optional.empty(), Map.of(P0, end(TOPIC, 9, 101)), 1, 100))
                .isInstanceOf(CaptureException.class);
        assertThatThrownBy(() -> ResumePlan.decide(checkpoint(101, Map.of()), Map.of(), 1, 100))
                .isInstanceOf(CaptureException.class);
    }

    private static Optional<Checkpoint> checkpoint(long captured, Map<TopicPartition, Acknowledged> acknowledged) {
        return Optional.of(new Checkpoint(captured, Catalog.EMPTY, acknowledged, true));
    }

    private static Acknowledged at(long offset, long sequence) {
        return new Acknowledged(TOPIC, offset, new Position(sequence, 0));
    }

    private static PartitionEnd end(Uuid topicId, long endOffset, Integer sequence) {
        return new PartitionEnd(topicId, endOffset, sequence == null ? null : new Position(sequence, 0));
    }
}
