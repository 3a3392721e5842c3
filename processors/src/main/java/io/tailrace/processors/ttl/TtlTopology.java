package io.tailrace.processors.ttl;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorMeter;
import io.tailrace.processors.runtime.IgnoredRecords;
import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.processors.runtime.StreamsSettings;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The ttl topology: mutations, to a store of pending expiries ordered by time; what is due, to commands.
 *
 * <p>Delivery: at least once. A command that is sent twice deletes once, and one that is lost is sent again; see
 * {@link ExpiryProcessor}.
 */
public final class TtlTopology {
    public static final String NAME = "ttl";

    static final String MUTATIONS = "mutations";
    static final String EXPIRY = "expiry";
    static final String DELETE_COMMANDS = "delete-commands";
    static final String TABLE_DEFINITIONS = "table-definitions";
    static final String PENDING_EXPIRIES = "pending-expiries";

    /** How much is replayed after a crash; says nothing about latency. */
    private static final int FETCH_MIN_BYTES = 256 * 1024;

    private static final int FETCH_WAIT_MILLIS = 500;
    private static final int COMMIT_INTERVAL_MILLIS = 1_000;

    private TtlTopology() {}

    /** What the topology's processors share with the outside. */
    record Shared(LivePartitions<TtlFigures> live, LongAdder unknownTables, LongAdder requested, LongAdder deleted) {
        Shared() {
            this(new LivePartitions<>(), new LongAdder(), new LongAdder(), new LongAdder());
        }

        TtlStatus status() {
            long pending = 0;
            long overdueMillis = 0;
            for (TtlFigures partition : live.views()) {
                pending += partition.pending();
                overdueMillis = Math.max(overdueMillis, partition.overdueMillis());
            }
            return new TtlStatus(pending, overdueMillis, requested.sum(), deleted.sum());
        }
    }

    /** The topology for description only: see {@link TtlProcessor} for one that runs. */
    public static Topology build(ProcessorConfig config) {
        return build(config, TtlConfig.DEFAULT, new Shared());
    }

    static Map<String, Object> settings(ProcessorConfig config) {
        Map<String, Object> settings = StreamsSettings.base(config, NAME);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        StreamsSettings.waitLonger(settings);
        // Nothing expires to the second: many records at a time cost a fraction of few.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), FETCH_MIN_BYTES);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_WAIT_MILLIS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // As for gsi: a broker that does not lead a new topic yet must not put batches out of order.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        return settings;
    }

    static Topology build(ProcessorConfig config, TtlConfig ttl, Shared shared) {
        // Whatever an earlier client had open is gone with it.
        shared.live().clear();
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings(config))));
        TailraceSerdes serdes = TailraceSerdes.withRegistryUrl(config.registryUrl());
        String mutations = Topics.mutations(config.region());
        double deletesPerSecond = (double) ttl.deletesPerSecond() / config.partitions();
        builder.stream(
                        mutations,
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(MUTATIONS))
                .process(
                        expiry(mutations, serdes.changeRecord().deserializer(), deletesPerSecond, shared),
                        Named.as(EXPIRY))
                .to(
                        Topics.commands(config.region()),
                        Produced.with(Serdes.Bytes(), serdes.command()).withName(DELETE_COMMANDS));
        return builder.build();
    }

    private static ProcessorSupplier<byte[], byte[], Bytes, Command> expiry(
            String mutations, Deserializer<ChangeRecord> changes, double deletesPerSecond, Shared shared) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], Bytes, Command> get() {
                return new ExpiryProcessor(mutations, changes, deletesPerSecond, shared);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(TABLE_DEFINITIONS),
                                        Serdes.Integer(),
                                        Serdes.ByteArray())
                                .withCachingDisabled()
                                .withLoggingEnabled(StreamsSettings.changelog()),
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(PENDING_EXPIRIES),
                                        Serdes.Bytes(),
                                        Serdes.ByteArray())
                                .withCachingDisabled()
                                .withLoggingEnabled(StreamsSettings.changelog()));
            }
        };
    }

    /** Shows what {@code shared} knows, as meters. */
    static void register(Shared shared, ProcessorConfig config, MeterRegistry meters) {
        IgnoredRecords.register(meters, NAME, config.region(), "unknown-table", shared.unknownTables());
        Gauge.builder(TtlMeter.PENDING.meterName(), shared, s -> s.status().pendingExpiries())
                .tag(ProcessorMeter.REGION_TAG, config.region())
                .baseUnit(TtlMeter.PENDING.baseUnit())
                .description(TtlMeter.PENDING.description())
                .register(meters);
        Gauge.builder(
                        TtlMeter.OVERDUE.meterName(),
                        shared,
                        s -> s.status().overdueMillis() / (double) TimeUnit.SECONDS.toMillis(1))
                .tag(ProcessorMeter.REGION_TAG, config.region())
                .baseUnit(TtlMeter.OVERDUE.baseUnit())
                .description(TtlMeter.OVERDUE.description())
                .register(meters);
        counter(TtlMeter.REQUESTED, shared.requested(), config, meters);
        counter(TtlMeter.DELETED, shared.deleted(), config, meters);
    }

    private static void counter(TtlMeter meter, LongAdder count, ProcessorConfig config, MeterRegistry meters) {
        FunctionCounter.builder(meter.meterName(), count, LongAdder::sum)
                .tag(ProcessorMeter.REGION_TAG, config.region())
                .baseUnit(meter.baseUnit())
                .description(meter.description())
                .register(meters);
    }
}
