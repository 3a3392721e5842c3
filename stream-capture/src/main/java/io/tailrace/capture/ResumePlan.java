package io.tailrace.capture;

import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Where capture goes on, decided from what the checkpoint says, what Kafka has and what the journal still holds. Pure.
 *
 * @param startSequence the first journal entry to read
 * @param catalogFromCheckpoint whether the checkpoint's catalog is the one before that entry; else it is derived from the
 *     journal, and reading starts with the journal's first entry
 * @param last of each partition, the last mutation that it holds: that one and everything before it is skipped
 * @param losses what Kafka acknowledged and does not have any more; for the log
 * @param gaps the losses that the journal cannot make good
 * @param topics those that losses and gaps are of
 */
record ResumePlan(
        long startSequence,
        boolean catalogFromCheckpoint,
        Map<TopicPartition, SequenceNumbers.Position> last,
        List<String> losses,
        List<String> gaps,
        Set<String> topics) {
    ResumePlan {
        last = Map.copyOf(last);
        losses = List.copyOf(losses);
        gaps = List.copyOf(gaps);
        topics = Set.copyOf(topics);
    }

    TopicLoss loss() {
        return new TopicLoss(losses, gaps, topics);
    }

    /**
     * @param ends of all partitions that capture answers for: those of the mutations topic and of enabled streams
     * @throws CaptureException when Kafka or the checkpoint are ahead of the journal
     */
    static ResumePlan decide(
            Optional<Checkpoint> checkpoint,
            Map<TopicPartition, PartitionEnd> ends,
            long journalFirst,
            long journalLast) {
        requireNothingAhead(checkpoint, ends, journalLast);
        return checkpoint
                .map(known -> withCheckpoint(known, ends, journalFirst))
                .orElseGet(() -> withoutCheckpoint(ends, journalFirst));
    }

    private static void requireNothingAhead(
            Optional<Checkpoint> checkpoint, Map<TopicPartition, PartitionEnd> ends, long journalLast) {
        ends.forEach((partition, end) -> {
            if (end.last() != null && end.last().sequence() > journalLast) {
                throw new CaptureException(
                        partition + " holds sequence number "
                                + end.last().sequence() + " but the journal ends with " + journalLast
                                + ": these topics belong to another data directory, or the journal lost its end. "
                                + "Use the data directory that the topics came from, or other topics (another region or cluster)");
            }
        });
        checkpoint.ifPresent(known -> {
            if (known.capturedSequence() > journalLast) {
                throw new CaptureException("capture had reached sequence number " + known.capturedSequence()
                        + " but the journal ends with " + journalLast
                        + ": the checkpoint is of another data directory, or the journal lost its end");
            }
        });
    }

    private static ResumePlan withCheckpoint(
            Checkpoint checkpoint, Map<TopicPartition, PartitionEnd> ends, long journalFirst) {
        long captured = checkpoint.capturedSequence();
        long start = captured + 1;
        Map<TopicPartition, SequenceNumbers.Position> last = new HashMap<>();
        List<String> losses = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        Set<String> topics = new HashSet<>();
        if (start < journalFirst) {
            topics.addAll(topicsOf(ends));
            gaps.add(
                    "the commits from " + start + " on were not captured, and the journal begins with " + journalFirst);
            start = journalFirst;
        }
        for (Map.Entry<TopicPartition, PartitionEnd> entry : ends.entrySet()) {
            TopicPartition partition = entry.getKey();
            PartitionEnd end = entry.getValue();
            Checkpoint.Acknowledged acknowledged = checkpoint.acknowledged().get(partition);
            if (acknowledged == null || holds(end, acknowledged)) {
                SequenceNumbers.Position reached = acknowledged == null ? end.last() : later(end.last(), acknowledged);
                if (reached != null) {
                    last.put(partition, reached);
                }
                continue;
            }
            String loss = partition + " held sequence number "
                    + acknowledged.position().sequence() + " at offset " + acknowledged.offset()
                    + " and now ends at offset "
                    + end.endOffset()
                    + (end.last() == null
                            ? " without any"
                            : " with " + end.last().sequence());
            losses.add(loss);
            topics.add(partition.topic());
            if (end.last() != null) {
                last.put(partition, end.last());
            }
            if (end.last() != null && end.last().compareTo(acknowledged.position()) > 0) {
                gaps.add(loss + ": later records were written after the loss");
                continue;
            }
            long needed = end.last() == null ? 1 : end.last().sequence();
            if (needed < journalFirst) {
                gaps.add(loss + ": the journal begins with " + journalFirst);
            }
            start = Math.min(start, Math.max(needed, journalFirst));
        }
        boolean asNoted = start == captured + 1;
        return new ResumePlan(asNoted ? start : journalFirst, asNoted, last, losses, gaps, topics);
    }

    private static ResumePlan withoutCheckpoint(Map<TopicPartition, PartitionEnd> ends, long journalFirst) {
        Map<TopicPartition, SequenceNumbers.Position> last = new HashMap<>();
        List<String> gaps = new ArrayList<>();
        boolean anyRecordEver = false;
        for (Map.Entry<TopicPartition, PartitionEnd> entry : ends.entrySet()) {
            anyRecordEver |= entry.getValue().endOffset() > 0;
            if (entry.getValue().last() != null) {
                last.put(entry.getKey(), entry.getValue().last());
            }
        }
        boolean lost = !anyRecordEver && journalFirst > 1;
        if (lost) {
            gaps.add("the topics are empty, and the journal begins with " + journalFirst);
        }
        return new ResumePlan(journalFirst, false, last, gaps, gaps, lost ? topicsOf(ends) : Set.of());
    }

    private static Set<String> topicsOf(Map<TopicPartition, PartitionEnd> ends) {
        return ends.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    /** Records that retention removed still count as there: the end offset is behind them. */
    private static boolean holds(PartitionEnd end, Checkpoint.Acknowledged acknowledged) {
        return end.topicId().equals(acknowledged.topicId()) && end.endOffset() > acknowledged.offset();
    }

    private static SequenceNumbers.Position later(
            SequenceNumbers.Position found, Checkpoint.Acknowledged acknowledged) {
        return found == null || found.compareTo(acknowledged.position()) < 0 ? acknowledged.position() : found;
    }
}
