package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorNotReadyException;
import io.tailrace.processors.activity.ActivityConfig;
import io.tailrace.processors.gsi.GsiQueries;
import io.tailrace.processors.gsi.RemoteIndexes;
import io.tailrace.processors.instances.Instances;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that two instances share the work and copy one another's stores, that each answers for both, as does a process that has no part in it, and that
 * one goes on alone when the other is killed: complete, and never with a part of the answer.
 */
class SharedProcessorsIT {
    private static final String REGION = "eu-central-1";
    private static final int PARTITIONS = 4;
    private static final int BATCH = 400;
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = 20_000_000;
    private static final Instant START = Instant.parse("2015-05-17T00:00:00Z");
    private static final String STREAM = ActivityConfig.DEFAULT.topic(REGION);

    @TempDir
    Path directory;

    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicReference<String> partial = new AtomicReference<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private int sent;

    @Test
    @Timeout(value = 400)
    void oneGoesOnWhenTheOtherIsKilled() throws Exception {
        try (TestBroker broker = new TestBroker(directory.resolve("kafka"));
                MutationProducer mutations = new MutationProducer(broker.bootstrapServers(), REGION, PARTITIONS);
                ActivityProducer activities = new ActivityProducer(broker.bootstrapServers(), STREAM, PARTITIONS);
                Instances asking = broker.noOtherInstances();
                RemoteIndexes indexes = new RemoteIndexes(config(broker), asking, Duration.ofSeconds(1))) {
            broker.createTopic(Topics.mutations(REGION), PARTITIONS);
            broker.createTopic(Topics.commands(REGION), PARTITIONS);
            broker.createTopic(STREAM, PARTITIONS);
            indexes.start();
            mutations.catalog(CatalogChange.Action.CREATE_TABLE, Things.TABLE);
            Thread reader = new Thread(() -> read(indexes.queries()));
            reader.start();
            try (ProcessorsProcess first = start(broker, "first")) {
                send(mutations, activities);
                first.awaitAll(sent);
                try (ProcessorsProcess second = start(broker, "second")) {
                    send(mutations, activities);
                    second.awaitAll(sent);
                    first.awaitAll(sent);
                    assertEverythingIsThere(indexes, mutations);
                    awaitCopies();
                    stored.set(sent);
                    send(mutations, activities);
                    first.kill();
                    second.awaitAll(sent);
                    assertEverythingIsThere(indexes, mutations);
                }
            } finally {
                done.set(true);
                reader.join();
            }
        }
        assertThat(partial.get()).isNull();
    }

    /** Each instance keeps the stores of all partitions: its own, and standby replicas of the other's. */
    private void awaitCopies() {
        for (String instance : List.of("first", "second")) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String task = "1_" + partition;
                Await.until("a copy of " + task + " in " + instance, () -> hasIndex(directory.resolve(instance), task));
            }
        }
    }

    private static boolean hasIndex(Path state, String task) {
        Path store = Path.of(task, "rocksdb", "index-entries");
        try (Stream<Path> files = Files.walk(state)) {
            return files.anyMatch(file -> file.endsWith(store));
        } catch (IOException | UncheckedIOException changing) {
            return false;
        }
    }

    private ProcessorsProcess start(TestBroker broker, String name) throws Exception {
        return ProcessorsProcess.start(broker, REGION, PARTITIONS, SESSION_TIMEOUT, directory.resolve(name));
    }

    private ProcessorConfig config(TestBroker broker) {
        return new ProcessorConfig(
                broker.bootstrapServers(), REGION, directory.resolve("none"), PARTITIONS, null, 1, 0, Map.of());
    }

    private void send(MutationProducer mutations, ActivityProducer activities) {
        Random random = new Random(sent);
        for (int i = 0; i < BATCH; i++) {
            mutations.put(Things.TABLE, Things.item(sent));
            activities.insert(random.nextInt(20), START.plusSeconds(random.nextInt(86_400)), "view", "/a", 1);
            sent++;
        }
        mutations.flush();
        activities.flush();
    }

    /** By a process without a processor: behind the barrier the index has everything, in its order. */
    private void assertEverythingIsThere(RemoteIndexes indexes, MutationProducer mutations) throws Exception {
        indexes.whenApplied(mutations.ends()).get(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        Map<String, Integer> found = new HashMap<>();
        List<GsiQueries.IndexEntry> entries = all(indexes.queries());
        entries.forEach(entry -> found.merge(entry.item().get("Id").toString(), 1, Integer::sum));
        assertThat(found)
                .hasSize(sent)
                .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
        assertThat(entries).isSortedAccordingTo((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
        // The size does not wait for partitions that move.
        Await.until("the index has " + sent + " entries", () -> hasSize(indexes.queries(), sent));
    }

    private static boolean hasSize(GsiQueries queries, int entries) {
        try {
            return queries.entryCount(Things.INDEX) == entries;
        } catch (ProcessorNotReadyException moving) {
            return false;
        }
    }

    private void read(GsiQueries queries) {
        while (!done.get()) {
            int expected = stored.get();
            try {
                int found = all(queries).size();
                if (found < expected) {
                    partial.compareAndSet(null, found + " instead of " + expected);
                }
            } catch (ProcessorNotReadyException expectedWhileTheyMove) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static List<GsiQueries.IndexEntry> all(GsiQueries queries) {
        byte[] first = StateKeys.idPrefix(Things.INDEX);
        return queries.read(Things.INDEX, first, StateKeys.successor(first), true, Integer.MAX_VALUE, Long.MAX_VALUE)
                .entries();
    }
}
