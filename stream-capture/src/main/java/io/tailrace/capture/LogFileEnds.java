package io.tailrace.capture;

import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Reads where partitions end from the files of a broker that does not run: starting one would change them. What is behind the
 * last batch with a right checksum does not count; a broker cuts it off when it starts.
 */
final class LogFileEnds {
    private static final String LOG_SUFFIX = ".log";
    private static final String TOPIC_ID = "topic_id:";

    private LogFileEnds() {}

    /** The ends of all partitions of these topics that are in the broker's log directory. */
    static Map<TopicPartition, PartitionEnd> read(Path logDir, Set<String> topics) throws IOException {
        Map<TopicPartition, PartitionEnd> ends = new HashMap<>();
        if (!Files.isDirectory(logDir)) {
            return ends;
        }
        List<Path> directories;
        try (Stream<Path> paths = Files.list(logDir)) {
            directories = paths.filter(Files::isDirectory).toList();
        }
        for (Path directory : directories) {
            String name = directory.getFileName().toString();
            int dash = name.lastIndexOf('-');
            if (dash > 0 && topics.contains(name.substring(0, dash)) && isNumber(name.substring(dash + 1))) {
                TopicPartition partition =
                        new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1)));
                ends.put(partition, end(directory));
            }
        }
        return ends;
    }

    private static PartitionEnd end(Path directory) throws IOException {
        List<Path> logs;
        try (Stream<Path> paths = Files.list(directory)) {
            logs = paths.filter(path -> path.toString().endsWith(LOG_SUFFIX))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        long endOffset = 0;
        SequenceNumbers.Position last = null;
        // The newest file first: mostly it has the last record.
        for (int i = 0; i < logs.size() && last == null; i++) {
            String name = logs.get(i).getFileName().toString();
            endOffset = Math.max(endOffset, Long.parseLong(name.substring(0, name.length() - LOG_SUFFIX.length())));
            try (FileRecords records = FileRecords.open(logs.get(i).toFile(), false)) {
                for (RecordBatch batch : records.batches()) {
                    batch.ensureValid();
                    endOffset = Math.max(endOffset, batch.nextOffset());
                    for (Record record : batch) {
                        SequenceNumbers.Position position = position(record);
                        last = position == null ? last : position;
                    }
                }
            } catch (KafkaException torn) {
                // What was read before it counts: a broker that starts cuts off the rest.
            }
        }
        return new PartitionEnd(topicId(directory), endOffset, last);
    }

    private static SequenceNumbers.Position position(Record record) {
        byte[] sequence = null;
        byte[] index = null;
        for (Header header : record.headers()) {
            if (header.key().equals(RecordHeaders.SEQUENCE)) {
                sequence = header.value();
            } else if (header.key().equals(RecordHeaders.MUTATION_INDEX)) {
                index = header.value();
            }
        }
        return sequence == null || index == null || sequence.length != Long.BYTES || index.length != Integer.BYTES
                ? null
                : new SequenceNumbers.Position(RecordHeaders.longValue(sequence), RecordHeaders.intValue(index));
    }

    private static Uuid topicId(Path directory) throws IOException {
        Path file = directory.resolve("partition.metadata");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(TOPIC_ID)) {
                    return Uuid.fromString(line.substring(TOPIC_ID.length()).strip());
                }
            }
        }
        return Uuid.ZERO_UUID;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
