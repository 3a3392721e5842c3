package io.tailrace.processors.broker;

import io.tailrace.schemas.key.PartitionHash;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes a mutations topic as capture does: items by the hash of their key, catalog changes to every partition. */
final class MutationProducer implements AutoCloseable {
    private final String region;
    private final int partitions;
    private final Producer<byte[], ChangeRecord> producer;
    private final Map<Item, Item> items = new HashMap<>();
    private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
    private long sequence;

    MutationProducer(String bootstrapServers, String region, int partitions) {
        this.region = region;
        this.partitions = partitions;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        // On a new topic the first batch may be refused and the second accepted: out of order for ever.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        "1",
                        ProducerConfig.LINGER_MS_CONFIG,
                        "0",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        "110000"),
                new ByteArraySerializer(),
                new TailraceSerdes(null).changeRecord().serializer());
    }

    void catalog(CatalogChange.Action action, TableDefinition table) {
        ChangeRecord record = next(new CatalogChange(action, table));
        for (int partition = 0; partition < partitions; partition++) {
            send(partition, new byte[0], record);
        }
    }

    void put(TableDefinition table, Item item) {
        Item key = table.key().keyOf(item);
        send(table, key, next(new ItemChange(table.id(), table.name(), key, items.put(key, item), item)));
    }

    void delete(TableDefinition table, Item key) {
        send(table, key, next(new ItemChange(table.id(), table.name(), key, items.remove(key), null)));
    }

    void flush() {
        producer.flush();
    }

    /** Where the partitions end for now, by partition; of those that have something. */
    Map<Integer, Long> ends() {
        return Map.copyOf(ends);
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(TableDefinition table, Item key, ChangeRecord record) {
        int partition = PartitionHash.partition(PartitionHash.of(table.key(), key), partitions);
        send(partition, StateKeys.topicKey(table, key), record);
    }

    private void send(int partition, byte[] key, ChangeRecord record) {
        producer.send(new ProducerRecord<>(Topics.mutations(region), partition, key, record), (metadata, failure) -> {
            if (failure == null) {
                ends.merge(partition, metadata.offset() + 1, Math::max);
            }
        });
    }

    private ChangeRecord next(Change change) {
        sequence++;
        return new ChangeRecord(sequence, 0, 1, Instant.EPOCH, region, null, null, change);
    }
}
