package io.tailrace.benchmarks.gsi;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.gsi.GsiTopology;
import io.tailrace.processors.instances.Instances;
import io.tailrace.processors.runtime.Application;
import io.tailrace.processors.runtime.ProcessorRuntime;
import io.tailrace.processors.runtime.StreamsSettings;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Kafka Streams with the hops, settings, stores and record sizes of the gsi processor, and none of its work: each record goes
 * on as the bytes that it is, cut to the size of an index entry, and is put where nobody looked before.
 */
final class PassThrough implements Pipeline {
    static final String NAME = "pass-through";

    private static final String MUTATIONS = "mutations";
    private static final String CUT = "cut";
    private static final String PASSED = "passed";
    private static final String KEEP = "keep";
    private static final String ENTRIES = "entries";
    /** Of the header that tells where an index update came from. */
    private static final String HEADER = "source";

    private static final byte[] HEADER_VALUE = new byte[Integer.BYTES + Long.BYTES];

    private final IndexedTable table;
    private final LongAdder taken = new LongAdder();
    private final Instances instances;
    private final ProcessorRuntime runtime;

    PassThrough(ProcessorConfig config, IndexedTable table) {
        this.table = table;
        this.instances = Instances.asking(config.adminSettings());
        Map<String, Object> settings = new HashMap<>(GsiTopology.settings(config));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId(NAME));
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, config.applicationId(NAME));
        this.runtime = new ProcessorRuntime(
                new Application(
                        NAME,
                        config,
                        List.of(Topics.mutations(config.region())),
                        Topics.deadLetters(config.region()),
                        settings,
                        () -> build(config, settings),
                        instances,
                        GsiProcessor.STORE_MEMORY_BYTES),
                new SimpleMeterRegistry());
    }

    private Topology build(ProcessorConfig config, Map<String, Object> settings) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(settings)));
        builder.stream(
                        Topics.mutations(config.region()),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(MUTATIONS))
                .process(() -> new Cut(table.entrySize()), Named.as(CUT))
                .repartition(Repartitioned.<Bytes, byte[]>as(PASSED)
                        .withKeySerde(Serdes.Bytes())
                        .withValueSerde(Serdes.ByteArray())
                        .withNumberOfPartitions(config.partitions()))
                .process(keep(), Named.as(KEEP));
        return builder.build();
    }

    private ProcessorSupplier<Bytes, byte[], Void, Void> keep() {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<Bytes, byte[], Void, Void> get() {
                return new Keep(taken);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(ENTRIES), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingEnabled(StreamsSettings.changelog()));
            }
        };
    }

    private static final class Cut extends ContextualProcessor<byte[], byte[], Bytes, byte[]> {
        private final IndexedTable.EntrySize size;

        Cut(IndexedTable.EntrySize size) {
            this.size = size;
        }

        /** Tables are not told of in the index either. */
        @Override
        public void process(Record<byte[], byte[]> mutation) {
            if (mutation.headers().lastHeader(RecordHeaders.EVENT_NAME) == null) {
                return;
            }
            Record<Bytes, byte[]> entry = new Record<>(
                    Bytes.wrap(size.key(mutation.key())), size.value(mutation.value()), mutation.timestamp());
            entry.headers().add(HEADER, HEADER_VALUE);
            context().forward(entry);
        }
    }

    private static final class Keep implements Processor<Bytes, byte[], Void, Void> {
        private final LongAdder taken;
        private KeyValueStore<Bytes, byte[]> entries;

        Keep(LongAdder taken) {
            this.taken = taken;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            entries = context.getStateStore(ENTRIES);
        }

        @Override
        public void process(Record<Bytes, byte[]> entry) {
            entries.put(entry.key(), entry.value());
            taken.increment();
        }
    }

    @Override
    public void start() {
        runtime.start();
    }

    @Override
    public long taken() {
        return taken.sum();
    }

    @Override
    public boolean has(long number) {
        Optional<KafkaStreams> client = runtime.client();
        if (client.isEmpty()) {
            return false;
        }
        byte[] key = table.entrySize().key(table.topicKey(number));
        try {
            return client.get()
                            .store(StoreQueryParameters.fromNameAndType(
                                    ENTRIES, QueryableStoreTypes.<Bytes, byte[]>keyValueStore()))
                            .get(Bytes.wrap(key))
                    != null;
        } catch (InvalidStateStoreException notReady) {
            return false;
        }
    }

    @Override
    public String status() {
        return runtime.status().toString();
    }

    @Override
    public void close() {
        runtime.close();
        instances.close();
    }
}
