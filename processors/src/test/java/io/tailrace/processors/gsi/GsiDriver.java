package io.tailrace.processors.gsi;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.gsi.GsiQueries.IndexEntry;
import io.tailrace.processors.gsi.GsiQueries.IndexPage;
import io.tailrace.processors.runtime.DeadLetters;
import io.tailrace.processors.runtime.TestDriver;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;

/** The gsi topology in a test driver, with its queries. */
final class GsiDriver implements AutoCloseable {
    static final String MUTATIONS = Topics.mutations(TestDriver.REGION);

    private final GsiTopology.Shared shared = new GsiTopology.Shared(1);
    private final TestDriver driver;
    private final TestInputTopic<byte[], ChangeRecord> mutations;
    private final TestInputTopic<byte[], byte[]> raw;
    private final TestInputTopic<byte[], byte[]> updates;
    private final GsiQueries queries;

    GsiDriver() {
        ProcessorConfig config = TestDriver.config();
        driver = new TestDriver(
                GsiTopology.build(config, shared),
                GsiTopology.settings(config),
                config,
                new DeadLetters(Topics.deadLetters(TestDriver.REGION), GsiTopology.NAME));
        mutations =
                driver.input(MUTATIONS, new TailraceSerdes(null).changeRecord().serializer());
        raw = driver.input(MUTATIONS, new ByteArraySerializer());
        updates = driver.input(
                config.applicationId(GsiTopology.NAME) + "-" + GsiTopology.INDEX_UPDATES + "-repartition",
                new ByteArraySerializer());
        queries = new GsiQueries(driver.reader(GsiTopology.INDEX_ENTRIES), shared.live(), 1);
    }

    void pipe(ChangeRecord record) {
        mutations.pipeInput(new TestRecord<>(new byte[] {1}, record));
    }

    void pipe(List<ChangeRecord> records) {
        records.forEach(this::pipe);
    }

    void pipeRaw(byte[] value) {
        raw.pipeInput(new byte[] {1}, value);
    }

    /** What a producer of a task that lost its partition may still send. */
    void pipeUpdate(IndexUpdate update) {
        updates.pipeInput(update.key(), IndexRecord.of(update));
    }

    GsiQueries queries() {
        return queries;
    }

    TestDriver driver() {
        return driver;
    }

    long staleUpdates() {
        return shared.staleUpdates().sum();
    }

    IndexPage all(int indexId) {
        byte[] first = StateKeys.idPrefix(indexId);
        return queries.read(indexId, first, StateKeys.successor(first), true, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    List<Item> items(int indexId) {
        return all(indexId).entries().stream().map(IndexEntry::item).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
