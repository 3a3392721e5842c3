package io.tailrace.capture.streams;

import io.tailrace.engine.catalog.StreamBoundary;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A partition of a stream's topic between two places of the journal. All partitions begin a new generation of shards at the
 * same place, and the shard of the same partition in the generation before is the parent.
 *
 * @param generation which one of the stream, from 0
 * @param end null while the shard is open
 * @param parentId null in the first generation
 */
record Shard(String id, int partition, int generation, StreamBoundary start, StreamBoundary end, String parentId) {
    Shard {
        Objects.requireNonNull(id);
        Objects.requireNonNull(start);
    }

    /** All shards of a stream in the order of their ids, parents first. */
    static List<Shard> of(TableStream stream, int partitions) {
        List<Shard> shards = new ArrayList<>();
        List<StreamBoundary> starts = stream.generations();
        for (int generation = 0; generation < starts.size(); generation++) {
            StreamBoundary start = starts.get(generation);
            StreamBoundary end = generation + 1 < starts.size() ? starts.get(generation + 1) : stream.end();
            for (int partition = 0; partition < partitions; partition++) {
                String parent = generation == 0 ? null : id(starts.get(generation - 1), generation - 1, partition);
                shards.add(new Shard(id(start, generation, partition), partition, generation, start, end, parent));
            }
        }
        return shards;
    }

    static Optional<Shard> byId(TableStream stream, int partitions, String id) {
        return of(stream, partitions).stream()
                .filter(shard -> shard.id().equals(id))
                .findFirst();
    }

    /**
     * In DynamoDB's form: 20 digits with the milliseconds at which the shard began, which consumers do read (the Kinesis
     * adapter keeps the leases of shards for some hours from then on), and 8 hexadecimal digits. They order shards that began
     * in one millisecond: generations first, so that parents come before their children.
     */
    private static String id(StreamBoundary start, int generation, int partition) {
        return String.format(
                Locale.ROOT,
                "shardId-%020d-%04x%04x",
                start.time().toEpochMilli(),
                generation & 0xFFFF,
                partition & 0xFFFF);
    }

    boolean closed() {
        return end != null;
    }

    /** Not greater than the number of any record of the shard. */
    String startingSequenceNumber() {
        SequenceNumbers.Position position = start.position();
        return SequenceNumbers.format(position.sequence(), position.mutationIndex());
    }

    /** Not less than the number of any record of the shard, and less than where the next one starts; null while it is open. */
    String endingSequenceNumber() {
        return end == null
                ? null
                : SequenceNumbers.format(end.position().sequence() - 1, SequenceNumbers.MAX_MUTATION_INDEX);
    }

    /** Whether a record at this place, which is of the stream's table, would be in another shard behind this one. */
    boolean endsBefore(SequenceNumbers.Position place) {
        return end != null && place.compareTo(end.position()) >= 0;
    }
}
