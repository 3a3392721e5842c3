package io.tailrace.capture;

import java.util.List;
import java.util.Set;

/**
 * That Kafka does not have what it had acknowledged, and the journal alone cannot make all of it good.
 *
 * @param losses what is missing, by partition
 * @param gaps what of it the journal does not have any more
 * @param topics those that are concerned
 */
public record TopicLoss(List<String> losses, List<String> gaps, Set<String> topics) {
    public TopicLoss {
        losses = List.copyOf(losses);
        gaps = List.copyOf(gaps);
        topics = Set.copyOf(topics);
    }
}
