package io.tailrace.capture;

import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** A partition's files as a broker writes them. */
final class BrokerFiles {
    private static final Header[] NO_HEADERS = {};

    private final Path directory;
    private int firstBatchBytes;

    BrokerFiles(Path logDir, TopicPartition partition, Uuid topicId) throws IOException {
        directory = Files.createDirectories(logDir.resolve(partition.toString()));
        Files.writeString(directory.resolve("partition.metadata"), "version: 0\ntopic_id: " + topicId + "\n");
    }

    Path directory() {
        return directory;
    }

    /** Of the batch that was appended first. */
    int firstBatchBytes() {
        return firstBatchBytes;
    }

    /** A new file, which begins with this offset. */
    Segment segment(long baseOffset) throws IOException {
        Path file = directory.resolve(String.format(Locale.ROOT, "%020d.log", baseOffset));
        Files.createFile(file);
        return new Segment(file);
    }

    /** One file. */
    final class Segment {
        private final Path file;

        private Segment(Path file) {
            this.file = file;
        }

        Path file() {
            return file;
        }

        /** A batch whose records stand for these mutations; one that is null stands for none. */
        Segment append(long offset, Position... positions) throws IOException {
            SimpleRecord[] records =
                    Arrays.stream(positions).map(BrokerFiles::recordOf).toArray(SimpleRecord[]::new);
            try (FileRecords log = FileRecords.open(file.toFile(), true)) {
                int bytes = log.append(
                        MemoryRecords.withRecords(offset, Compression.lz4().build(), records));
                firstBatchBytes = firstBatchBytes == 0 ? bytes : firstBatchBytes;
                log.flush();
            }
            return this;
        }
    }

    private static SimpleRecord recordOf(Position position) {
        Header[] headers = position == null
                ? NO_HEADERS
                : new Header[] {
                    new RecordHeader(RecordHeaders.SEQUENCE, RecordHeaders.ofLong(position.sequence())),
                    new RecordHeader(RecordHeaders.MUTATION_INDEX, RecordHeaders.ofInt(position.mutationIndex()))
                };
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        return new SimpleRecord(1_000L, text, text, headers);
    }
}
