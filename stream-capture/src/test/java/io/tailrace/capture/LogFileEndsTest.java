package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.topic.SequenceNumbers.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that the ends of partitions are found in a stopped broker's files, whatever a crash left behind the last whole batch. */
class LogFileEndsTest {
    private static final TopicPartition PARTITION = new TopicPartition("tailrace.here.mutations", 2);
    private static final Uuid TOPIC = new Uuid(17, 4);

    @TempDir
    private Path folder;

    private BrokerFiles files;

    @BeforeEach
    void make() throws IOException {
        files = new BrokerFiles(folder, PARTITION, TOPIC);
    }

    @Test
    void withoutABrokersFolderNothingIsThere() throws IOException {
        assertThat(LogFileEnds.read(folder.resolve("none"), Set.of(PARTITION.topic())))
                .isEmpty();
    }

    @Test
    void anEmptyPartitionEndsAtItsBeginning() throws IOException {
        files.segment(0);
        assertThat(end()).isEqualTo(new PartitionEnd(TOPIC, 0, null));
    }

    @Test
    void theLastRecordOfTheLastBatchCounts() throws IOException {
        files.segment(0).append(0, new Position(5, 0), new Position(5, 1)).append(2, new Position(9, 3));
        assertThat(end()).isEqualTo(new PartitionEnd(TOPIC, 3, new Position(9, 3)));
    }

    @Test
    void recordsOfOthersAreSteppedOver() throws IOException {
        files.segment(0).append(0, new Position(5, 0)).append(1, (Position) null);
        assertThat(end()).isEqualTo(new PartitionEnd(TOPIC, 2, new Position(5, 0)));
    }

    @Test
    void olderFilesTellWhenTheNewestHasNoRecordOfOurs() throws IOException {
        files.segment(0).append(0, new Position(5, 0));
        files.segment(1).append(1, new Position(7, 0));
        files.segment(40);
        assertThat(end()).isEqualTo(new PartitionEnd(TOPIC, 40, new Position(7, 0)));
    }

    @Test
    void whatIsBehindTheLastWholeBatchDoesNotCount() throws IOException {
        BrokerFiles.Segment segment =
                files.segment(0).append(0, new Position(5, 0)).append(1, new Position(6, 0), new Position(7, 0));
        byte[] whole = Files.readAllBytes(segment.file());
        int first = files.firstBatchBytes();
        for (int length = first; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            Files.write(segment.file(), torn);
            assertThat(end()).as("%d bytes", length).isEqualTo(new PartitionEnd(TOPIC, 1, new Position(5, 0)));
        }
        byte[] flipped = whole.clone();
        flipped[whole.length - 3] ^= 1;
        Files.write(segment.file(), flipped);
        assertThat(end()).isEqualTo(new PartitionEnd(TOPIC, 1, new Position(5, 0)));
    }

    @Test
    void otherTopicsAndFoldersAreLeftOut() throws IOException {
        files.segment(0).append(0, new Position(5, 0));
        Files.createDirectories(folder.resolve("tailrace.here.mutations-x"));
        Files.createDirectories(folder.resolve("-1"));
        Files.createDirectories(folder.resolve("other-0"));
        Files.writeString(folder.resolve("tailrace.here.mutations-7"), "a file");
        assertThat(read().keySet()).containsExactly(PARTITION);
    }

    @Test
    void aPartitionWithoutMetadataIsOfNoKnownTopic() throws IOException {
        files.segment(0).append(0, new Position(5, 0));
        Files.delete(files.directory().resolve("partition.metadata"));
        assertThat(end().topicId()).isEqualTo(Uuid.ZERO_UUID);
    }

    private PartitionEnd end() throws IOException {
        return read().get(PARTITION);
    }

    private Map<TopicPartition, PartitionEnd> read() throws IOException {
        return LogFileEnds.read(folder, Set.of(PARTITION.topic()));
    }
}
