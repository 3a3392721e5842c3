package io.tailrace.processors.activity;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.runtime.LivePartitions;
import io.tailrace.processors.runtime.StreamsSettings;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.StreamRecord;
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
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The activity topology: a table's stream records, by user, to sessions and differences of results; these, by result, to
 * the results; both to commands that write them back to a table.
 *
 * <p>Delivery: {@code exactly_once_v2}, because results are counted. The commands are within the transactions; the engine
 * reads them committed and applies each at most once.
 */
public final class ActivityTopology {
    public static final String NAME = "activity";

    static final String USER_ACTIVITY = "user-activity";
    static final String AGGREGATION = "aggregation";
    static final String RESULT_DELTAS = "result-deltas";
    static final String RESULT_DELTA_BYTES = "result-delta-bytes";
    static final String RESULT_PUBLICATION = "result-publication";
    static final String RESULT_COMMANDS = "result-commands";
    static final String SESSION_WRITES = "session-writes";
    static final String SESSION_COMMANDS = "session-commands";

    static final String LAST_SEQUENCES = "last-sequences";
    static final String ACTIVE_USERS = "active-users";
    static final String USER_SESSIONS = "user-sessions";
    static final String PENDING_RESULTS = "pending-results";
    static final String PENDING_SESSIONS = "pending-sessions";
    static final String RESULTS = "results";

    /** A result is visible after two commits. */
    private static final int COMMIT_INTERVAL_MILLIS = 200;

    private static final long CACHE_BYTES = 16L << 20;

    private ActivityTopology() {}

    /** What the topology's processors share with the outside. */
    record Shared(LivePartitions<Void> users, LivePartitions<Void> results, LongAdder duplicates) {
        Shared() {
            this(new LivePartitions<>(), new LivePartitions<>(), new LongAdder());
        }
    }

    /** The topology for description only: see {@link ActivityProcessor} for one that runs. */
    public static Topology build(ProcessorConfig config, ActivityConfig activity) {
        return build(config, activity, new Shared());
    }

    static Map<String, Object> settings(ProcessorConfig config) {
        Map<String, Object> settings = StreamsSettings.base(config, NAME);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // A broker looks up a transaction's first batch for a partition with its coordinator, and until it has
        // refuses the batches that were sent behind it: with one at a time there are none.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        return settings;
    }

    static Topology build(ProcessorConfig config, ActivityConfig activity, Shared shared) {
        // Whatever an earlier client had open is gone with it.
        shared.users().clear();
        shared.results().clear();
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings(config))));
        TailraceSerdes serdes = TailraceSerdes.withRegistryUrl(config.registryUrl());
        Serde<Command> commands = serdes.command();
        String commandsTopic = Topics.commands(config.region());

        KStream<Bytes, ActivityOutput> outputs = builder.stream(
                        activity.topic(config.region()),
                        Consumed.with(Serdes.ByteArray(), serdes.streamRecord()).withName(USER_ACTIVITY))
                .process(aggregation(activity, shared), Named.as(AGGREGATION));
        outputs.flatMapValues(ActivityOutput::deltas, Named.as(RESULT_DELTA_BYTES))
                .repartition(Repartitioned.<Bytes, byte[]>as(RESULT_DELTAS)
                        .withKeySerde(Serdes.Bytes())
                        .withValueSerde(Serdes.ByteArray())
                        .withNumberOfPartitions(config.partitions()))
                .process(publication(activity, shared), Named.as(RESULT_PUBLICATION))
                .to(commandsTopic, Produced.with(Serdes.Bytes(), commands).withName(RESULT_COMMANDS));
        outputs.flatMapValues(ActivityOutput::commands, Named.as(SESSION_WRITES))
                .to(commandsTopic, Produced.with(Serdes.Bytes(), commands).withName(SESSION_COMMANDS));
        return builder.build();
    }

    private static ProcessorSupplier<byte[], StreamRecord, Bytes, ActivityOutput> aggregation(
            ActivityConfig activity, Shared shared) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], StreamRecord, Bytes, ActivityOutput> get() {
                return new AggregationProcessor(activity, shared.users(), shared.duplicates());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                // Cached where one key changes many times between two commits: the changelog gets its last value only.
                return Set.of(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(LAST_SEQUENCES), Serdes.Integer(), Serdes.String())
                                .withCachingEnabled()
                                .withLoggingEnabled(StreamsSettings.changelog()),
                        bytes(Stores.persistentKeyValueStore(ACTIVE_USERS)).withCachingDisabled(),
                        bytes(Stores.persistentKeyValueStore(USER_SESSIONS)).withCachingDisabled(),
                        bytes(Stores.inMemoryKeyValueStore(PENDING_RESULTS)).withCachingEnabled(),
                        bytes(Stores.inMemoryKeyValueStore(PENDING_SESSIONS)).withCachingEnabled());
            }
        };
    }

    private static ProcessorSupplier<Bytes, byte[], Bytes, Command> publication(
            ActivityConfig activity, Shared shared) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<Bytes, byte[], Bytes, Command> get() {
                return new ResultProcessor(activity.analyticsTable(), shared.results());
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(bytes(Stores.persistentKeyValueStore(RESULTS)).withCachingDisabled());
            }
        };
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> bytes(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(StreamsSettings.changelog());
    }
}
