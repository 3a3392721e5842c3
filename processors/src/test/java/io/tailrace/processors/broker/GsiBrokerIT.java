package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.gsi.GsiQueries;
import io.tailrace.processors.gsi.GsiQueries.IndexEntry;
import io.tailrace.processors.instances.Instances;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.Topics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves with a real broker that an index over several partitions is complete, fresh and never read in part, and that tables
 * come and go without a rebalance.
 */
class GsiBrokerIT {
    private static final String REGION = "eu-central-1";
    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    private TestBroker broker;
    private MutationProducer mutations;
    private Instances instances;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(directory.resolve("kafka"));
        instances = broker.noOtherInstances();
        mutations = new MutationProducer(broker.bootstrapServers(), REGION, PARTITIONS);
    }

    @AfterEach
    void stop() {
        mutations.close();
        instances.close();
        broker.close();
    }

    @Test
    void waitsForItsTopicAndThenKeepsTheIndexInOrder() throws Exception {
        try (GsiProcessor gsi = processor("state")) {
            gsi.start();
            Await.until(
                    "it waits",
                    () -> gsi.state() == ProcessorState.WAITING
                            && gsi.status().detail().orElse("").contains(Topics.mutations(REGION)));
            createTable();
            put(0, 500);
            awaitCount(gsi, 500);

            List<byte[]> keys = all(gsi).entries().stream().map(IndexEntry::key).toList();
            assertThat(keys).hasSize(500).isSortedAccordingTo(Arrays::compareUnsigned);
            assertThat(gsi.status().state()).isEqualTo(ProcessorState.RUNNING);
            assertThat(gsi.status().deadLetters()).isZero();

            mutations.catalog(CatalogChange.Action.DELETE_TABLE, Things.TABLE);
            awaitCount(gsi, 0);
        }
    }

    @Test
    void everyPageIsCompleteWhileTheProcessorComesAndGoes() throws Exception {
        createTable();
        put(0, 300);
        AtomicReference<GsiProcessor> current = new AtomicReference<>(processor("state"));
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<String> partial = new AtomicReference<>();
        current.get().start();
        awaitCount(current.get(), 300);
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                try {
                    int size = all(current.get()).entries().size();
                    if (size < 300) {
                        partial.compareAndSet(null, "a page of " + size);
                    }
                } catch (ProcessorNotReadyException expected) {
                    Thread.onSpinWait();
                }
            }
        });
        reader.start();
        try {
            // The same instance again, then one that lost its disk and restores from the changelog.
            for (String state : List.of("state", "state", "lost")) {
                current.get().close();
                GsiProcessor next = processor(state);
                next.start();
                current.set(next);
                awaitCount(next, 300);
            }
        } finally {
            done.set(true);
            reader.join();
            current.get().close();
        }
        assertThat(partial.get()).isNull();
    }

    @Test
    void goesOnAfterTheBrokerWasAway() throws Exception {
        createTable();
        try (GsiProcessor gsi = processor("state")) {
            gsi.start();
            put(0, 100);
            awaitCount(gsi, 100);
            broker.stop();
            assertThat(all(gsi).entries()).hasSize(100);
            broker.start();
            put(100, 200);
            for (int i = 0; i < 50; i++) {
                mutations.delete(
                        Things.TABLE, Item.builder().set("Id", "id" + i).build());
            }
            mutations.flush();
            Await.until("150 entries", () -> all(gsi).entries().size() == 150);
            awaitCount(gsi, 150); // counted just behind the entries
        }
    }

    @Test
    void hundredsOfTablesComeAndGoWithoutARebalance() throws Exception {
        createTable();
        try (GsiProcessor gsi = processor("state")) {
            gsi.start();
            put(0, 10);
            awaitCount(gsi, 10);
            double rebalances = rebalances();
            assertThat(rebalances).isPositive();
            int firstId = 100;
            int tables = 400;
            for (int i = 0; i < tables; i++) {
                TableDefinition table = Things.table(firstId + 2 * i, "Table" + i);
                mutations.catalog(CatalogChange.Action.CREATE_TABLE, table);
                mutations.put(table, Things.item(1_000 + i)); // the producer knows items by their keys alone
                if (i % 2 == 0) {
                    mutations.catalog(CatalogChange.Action.DELETE_TABLE, table);
                }
            }
            put(10, 20);
            awaitCount(gsi, 20);
            for (int i = 0; i < tables; i++) {
                int index = firstId + 2 * i + 1;
                int expected = i % 2;
                Await.until("the index " + index, () -> gsi.queries().entryCount(index) == expected);
            }
            assertThat(rebalances()).isEqualTo(rebalances);
        }
    }

    /** Of all consumers in this process, as Kafka's own metrics count them. */
    private static double rebalances() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        double rebalances = 0;
        for (ObjectName name :
                beans.queryNames(new ObjectName("kafka.consumer:type=consumer-coordinator-metrics,*"), null)) {
            rebalances += ((Number) beans.getAttribute(name, "rebalance-total")).doubleValue();
        }
        return rebalances;
    }

    private void createTable() throws Exception {
        broker.createTopic(Topics.mutations(REGION), PARTITIONS);
        mutations.catalog(CatalogChange.Action.CREATE_TABLE, Things.TABLE);
    }

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            mutations.put(Things.TABLE, Things.item(i));
        }
        mutations.flush();
    }

    private GsiProcessor processor(String state) {
        return new GsiProcessor(
                new ProcessorConfig(
                        broker.bootstrapServers(), REGION, directory.resolve(state), PARTITIONS, null, 1, 0, Map.of()),
                instances,
                new SimpleMeterRegistry());
    }

    private static void awaitCount(GsiProcessor gsi, long count) {
        Await.until(count + " entries", () -> gsi.queries().entryCount(Things.INDEX) == count);
    }

    private static GsiQueries.IndexPage all(GsiProcessor gsi) {
        byte[] first = StateKeys.idPrefix(Things.INDEX);
        return gsi.queries().read(Things.INDEX, first, StateKeys.successor(first), true, 10_000, 1 << 20);
    }
}
