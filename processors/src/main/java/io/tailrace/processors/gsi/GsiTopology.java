package io.tailrace.processors.gsi;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.runtime.IgnoredRecords;
import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.processors.runtime.StreamsSettings;
import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The gsi topology: mutations, to index updates, partitioned by the index's partition key, into an ordered store.
 *
 * <p>Delivery: at least once, because under exactly_once_v2 an update would be visible only after two commits; its effects
 * converge (see {@link IndexStoreProcessor}). Nothing is cached or lingers: latency is what counts.
 */
public final class GsiTopology {
    public static final String NAME = "gsi";

    static final String MUTATIONS = "mutations";
    static final String INDEX_MAINTENANCE = "index-maintenance";
    static final String INDEX_UPDATES = "index-updates";
    static final String INDEX_STORE = "index-store";
    static final String TABLE_DEFINITIONS = "table-definitions";
    static final String INDEX_ENTRIES = "index-entries";

    /** How much is replayed after a crash; says nothing about latency. */
    private static final int COMMIT_INTERVAL_MILLIS = 500;

    private GsiTopology() {}

    /** What the topology's processors share with the outside. */
    record Shared(
            LivePartitions<IndexStatistics> live,
            IndexProgress progress,
            LongAdder unknownTables,
            LongAdder staleUpdates) {
        /** @param partitions of the mutations topic, and of the index */
        Shared(int partitions) {
            this(new LivePartitions<>(), new IndexProgress(partitions), new LongAdder(), new LongAdder());
        }
    }

    /** The repartition topic, whose partitions are those of the index. */
    static String updatesTopic(ProcessorConfig config) {
        return StreamsSettings.repartitionTopic(config.applicationId(NAME), INDEX_UPDATES);
    }

    /** The topology for description only: see {@link GsiProcessor} for one that runs. */
    public static Topology build(ProcessorConfig config) {
        return build(config, new Shared(config.partitions()));
    }

    /** Its Kafka Streams settings, before those of the operator. */
    public static Map<String, Object> settings(ProcessorConfig config) {
        Map<String, Object> settings = StreamsSettings.base(config, NAME);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        StreamsSettings.waitLonger(settings);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // A task has one partition, so there is none to wait for; and it would be told for each record why it does not.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        // A broker that does not lead a new topic yet refuses the first batch and may accept the second, after
        // which the first is out of order until its delivery times out: minutes without an update.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        return settings;
    }

    static Topology build(ProcessorConfig config, Shared shared) {
        // Whatever an earlier client had open is gone with it.
        shared.live().clear();
        shared.progress().clear();
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings(config))));
        Serde<ChangeSlices> mutations =
                TailraceSerdes.withRegistryUrl(config.registryUrl()).changeSlices();
        builder.stream(
                        Topics.mutations(config.region()),
                        Consumed.with(Serdes.ByteArray(), mutations).withName(MUTATIONS))
                .process(maintenance(shared, config.partitions()), Named.as(INDEX_MAINTENANCE))
                .repartition(Repartitioned.<Bytes, byte[]>as(INDEX_UPDATES)
                        .withKeySerde(Serdes.Bytes())
                        .withValueSerde(Serdes.ByteArray())
                        .withStreamPartitioner(new IndexPartitioner(config.partitions()))
                        .withNumberOfPartitions(config.partitions()))
                .process(store(shared), Named.as(INDEX_STORE));
        return builder.build();
    }

    private static ProcessorSupplier<byte[], ChangeSlices, Bytes, byte[]> maintenance(Shared shared, int partitions) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], ChangeSlices, Bytes, byte[]> get() {
                return new IndexMaintenanceProcessor(shared.unknownTables(), shared.progress(), partitions);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                // Framed with the schema that wrote it, so that definitions outlive a change of the schema; never
                // in a registry, because the changelog is nobody else's.
                return Set.of(Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(TABLE_DEFINITIONS),
                                Serdes.Integer(),
                                new TailraceSerdes(null).changeRecord())
                        .withCachingDisabled()
                        .withLoggingEnabled(StreamsSettings.changelog()));
            }
        };
    }

    private static ProcessorSupplier<Bytes, byte[], Void, Void> store(Shared shared) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<Bytes, byte[], Void, Void> get() {
                return new IndexStoreProcessor(shared.live(), shared.progress(), shared.staleUpdates());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(INDEX_ENTRIES), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingEnabled(StreamsSettings.changelog()));
            }
        };
    }

    /** Counts what {@code shared} counted, as meters. */
    static void register(Shared shared, ProcessorConfig config, MeterRegistry meters) {
        IgnoredRecords.register(meters, NAME, config.region(), "unknown-table", shared.unknownTables());
        IgnoredRecords.register(meters, NAME, config.region(), "stale-update", shared.staleUpdates());
    }
}
