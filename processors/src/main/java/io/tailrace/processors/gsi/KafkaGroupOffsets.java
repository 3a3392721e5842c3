package io.tailrace.processors.gsi;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/** Through an admin client, which is made when it is first needed. Used by one thread. */
final class KafkaGroupOffsets implements GroupOffsets {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final ProcessorConfig config;
    private final String mutations;
    private final String updates;
    private Admin admin;

    KafkaGroupOffsets(ProcessorConfig config) {
        this.config = config;
        this.mutations = Topics.mutations(config.region());
        this.updates = GsiTopology.updatesTopic(config);
    }

    @Override
    public Snapshot read() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin().listConsumerGroupOffsets(
                        config.applicationId(GsiTopology.NAME),
                        new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, config.partitions())
                .mapToObj(partition -> new TopicPartition(updates, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<Integer, Long> ends = new HashMap<>();
        admin().listOffsets(latest, new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return new Snapshot(of(mutations, committed), of(updates, committed), ends);
    }

    private static Map<Integer, Long> of(String topic, Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<Integer, Long> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (partition.topic().equals(topic) && offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets;
    }

    private Admin admin() {
        if (admin == null) {
            Map<String, Object> settings =
                    new HashMap<>(new StreamsConfig(GsiTopology.settings(config)).getAdminConfigs("index-barrier"));
            settings.putAll(config.extraProperties());
            admin = Admin.create(settings);
        }
        return admin;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
