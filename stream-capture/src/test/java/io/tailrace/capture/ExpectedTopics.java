package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalMutation;
import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Which mutations the partitions must hold for a journal, in order. What was found right is not looked at again. */
final class ExpectedTopics {
    private final String region;
    private final TopicSettings settings;
    private final Map<TopicPartition, List<SequenceNumbers.Position>> positions = new HashMap<>();
    private final Map<TopicPartition, Integer> checked = new HashMap<>();
    private Catalog catalog = Catalog.EMPTY;

    ExpectedTopics(String region, TopicSettings settings) {
        this.region = region;
        this.settings = settings;
    }

    void add(List<JournalEntry> entries) {
        for (JournalEntry entry : entries) {
            for (int index = 0; index < entry.mutations().size(); index++) {
                add(entry.mutations().get(index), new SequenceNumbers.Position(entry.sequence(), index));
            }
        }
    }

    private void add(JournalMutation mutation, SequenceNumbers.Position position) {
        String mutations = Topics.mutations(region);
        if (mutation.catalog()) {
            catalog = catalog.apply(JournalCatalog.catalogChange(mutation));
            for (int partition = 0; partition < settings.partitions(); partition++) {
                add(mutations, partition, position);
            }
            return;
        }
        add(mutations, PartitionHash.partition(mutation.partitionHash(), settings.partitions()), position);
        TableDefinition table = catalog.table(mutation.tableId()).orElseThrow();
        if (table.stream() != null) {
            int partitions = settings.streams().partitions();
            add(
                    Topics.stream(region, table.name()),
                    PartitionHash.partition(mutation.partitionHash(), partitions),
                    position);
        }
    }

    private void add(String topic, int partition, SequenceNumbers.Position position) {
        positions
                .computeIfAbsent(new TopicPartition(topic, partition), none -> new ArrayList<>())
                .add(position);
    }

    /** How many records were found right. */
    int checked() {
        return checked.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Asserts that each partition begins as it must, and holds nothing else. */
    void assertPrefix(Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> logs) {
        logs.forEach((partition, log) -> {
            List<SequenceNumbers.Position> wanted = positions.getOrDefault(partition, List.of());
            for (int i = checked.getOrDefault(partition, 0); i < log.size(); i++) {
                SequenceNumbers.Position found = SimulatedKafka.position(log.get(i));
                assertThat(found)
                        .as("record %d of %s", i, partition)
                        .isEqualTo(i < wanted.size() ? wanted.get(i) : null);
            }
            checked.put(partition, log.size());
        });
    }

    void assertComplete(Map<TopicPartition, List<ProducerRecord<byte[], byte[]>>> logs) {
        assertPrefix(logs);
        positions.forEach((partition, wanted) ->
                assertThat(logs.get(partition)).as("%s", partition).hasSameSizeAs(wanted));
    }
}
