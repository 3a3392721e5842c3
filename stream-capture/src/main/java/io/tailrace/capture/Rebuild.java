package io.tailrace.capture;

import java.time.Instant;
import java.util.List;

/**
 * From where on capture fills the topics again. What they have is not sent twice.
 *
 * @param fromSequence the first journal entry that is read
 * @param fromTime when it was committed; null when there is none
 * @param toSequence the last entry that the journal had then
 * @param toTime when it was committed; null when there is none
 * @param losses what Kafka had acknowledged and does not have any more
 * @param gaps what of it stays missing: the journal does not have it any more
 */
public record Rebuild(
        long fromSequence, Instant fromTime, long toSequence, Instant toTime, List<String> losses, List<String> gaps) {
    public Rebuild {
        losses = List.copyOf(losses);
        gaps = List.copyOf(gaps);
    }
}
