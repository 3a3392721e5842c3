package io.tailrace.engine.journal;

/** Where in the commands topic a write came from, so that it takes effect at most once. */
public record CommandPosition(int topicPartition, long offset) {
    public CommandPosition {
        if (topicPartition < 0 || offset < 0) {
            throw new IllegalArgumentException("partition " + topicPartition + ", offset " + offset);
        }
    }
}
