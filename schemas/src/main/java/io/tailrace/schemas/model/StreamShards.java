package io.tailrace.schemas.model;

/**
 * How an enabled stream is divided. All shards of a generation begin and end together.
 *
 * @param partitions shards that are open at one time, and partitions of the topic that the stream uses: from 0 on. 0
 *     for as many as the settings say, where the stream is of a release that did not note it
 * @param generation how often the shards were replaced by their children since the stream was enabled
 */
public record StreamShards(int partitions, int generation) {
    public StreamShards {
        if (partitions < 0 || generation < 0) {
            throw new IllegalArgumentException(partitions + " partitions, generation " + generation);
        }
    }

    public StreamShards next() {
        return new StreamShards(partitions, generation + 1);
    }
}
