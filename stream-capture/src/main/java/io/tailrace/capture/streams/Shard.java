package io.tailrace.capture.streams;

import io.tailrace.engine.catalog.StreamBoundary;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A partition of a stream's topic between two places of the journal. All partitions begin a new generation of shards at the
 * same place, and the shard of the same partition in the generation before is the parent.
 *
 * @param generation which one of the stream, from 0
 * @param end null while the shard is open
 * @param parentId null in the first generation; the parent may be known no more
 */
record Shard(String id, int partition, int generation, StreamBoundary start, StreamBoundary end, String parentId) {
    private static final String PREFIX = "shardId-";
    private static final int TIME_DIGITS = 20;

    Shard {
        Objects.requireNonNull(id);
        Objects.requireNonNull(start);
    }

    /** The shards of a stream that are known, in the order of their ids, parents first. */
    static Stream<Shard> of(TableStream stream, int partitions) {
        return IntStream.range(0, stream.generations().size())
                .boxed()
                .flatMap(index -> IntStream.range(0, partitions).mapToObj(partition -> of(stream, index, partition)));
    }

    /** The shards of one generation in the order of their partitions; none when it is not known. */
    static Stream<Shard> ofGeneration(TableStream stream, int partitions, int generation) {
        int index = generation - stream.forgotten();
        return index < 0 || index >= stream.generations().size()
                ? Stream.empty()
                : IntStream.range(0, partitions).mapToObj(partition -> of(stream, index, partition));
    }

    static Optional<Shard> byId(TableStream stream, int partitions, String id) {
        return IntStream.range(0, stream.generations().size())
                .filter(index -> id.startsWith(prefix(stream.generations().get(index))))
                .boxed()
                .flatMap(index -> IntStream.range(0, partitions).mapToObj(partition -> of(stream, index, partition)))
                .filter(shard -> shard.id().equals(id))
                .findFirst();
    }

    /** The shard of a partition that begins with this commit. */
    static Optional<Shard> startingAt(TableStream stream, int partitions, long sequence, int partition) {
        return IntStream.range(0, stream.generations().size())
                .filter(index ->
                        stream.generations().get(index).position().sequence() == sequence && partition < partitions)
                .mapToObj(index -> of(stream, index, partition))
                .findFirst();
    }

    private static Shard of(TableStream stream, int index, int partition) {
        int generation = stream.forgotten() + index;
        StreamBoundary start = stream.generations().get(index);
        StreamBoundary end =
                index + 1 < stream.generations().size() ? stream.generations().get(index + 1) : stream.end();
        StreamBoundary before =
                index == 0 ? stream.lastForgotten() : stream.generations().get(index - 1);
        return new Shard(
                id(start, generation, partition),
                partition,
                generation,
                start,
                end,
                before == null ? null : id(before, generation - 1, partition));
    }

    /**
     * In DynamoDB's form: 20 digits with the milliseconds at which the shard began, which consumers do read (the Kinesis
     * adapter keeps the leases of shards for some hours from then on), and 8 hexadecimal digits. They order shards that began
     * in one millisecond: generations first, so that parents come before their children.
     */
    private static String id(StreamBoundary start, int generation, int partition) {
        return prefix(start)
                + HexFormat.of().toHexDigits((short) generation)
                + HexFormat.of().toHexDigits((short) partition);
    }

    private static String prefix(StreamBoundary start) {
        String millis = Long.toString(start.time().toEpochMilli());
        return PREFIX + "0".repeat(TIME_DIGITS - millis.length()) + millis + "-";
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
