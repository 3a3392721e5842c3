package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processors.activity.ActivityConfig;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves that processors that are killed under load go on soon, lose nothing and count nothing twice. */
class KilledProcessorsIT {
    private static final String REGION = "eu-central-1";
    private static final int PARTITIONS = 2;
    private static final int KILLS = 3;
    private static final int BATCH = 500;
    private static final Duration SESSION_TIMEOUT = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2015-05-17T00:00:00Z");
    /** Far less than the session timeout, which a member without a fixed identity would have to wait for. */
    private static final Duration MAX_PAUSE = Duration.ofSeconds(50);

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 400)
    void everythingIsThereOnceAfterEachKill() throws Exception {
        Random random = new Random(7);
        String stream = ActivityConfig.DEFAULT.topic(REGION);
        try (TestBroker broker = new TestBroker(directory.resolve("kafka"));
                MutationProducer mutations = new MutationProducer(broker.bootstrapServers(), REGION, PARTITIONS);
                ActivityProducer activities = new ActivityProducer(broker.bootstrapServers(), stream, PARTITIONS)) {
            broker.createTopic(Topics.mutations(REGION), PARTITIONS);
            broker.createTopic(Topics.commands(REGION), PARTITIONS);
            broker.createTopic(stream, PARTITIONS);
            mutations.catalog(CatalogChange.Action.CREATE_TABLE, Things.TABLE);
            int sent = 0;
            for (int kill = 0; kill <= KILLS; kill++) {
                try (ProcessorsProcess child = ProcessorsProcess.start(
                        broker, REGION, PARTITIONS, SESSION_TIMEOUT, directory.resolve("state"))) {
                    long started = System.nanoTime();
                    child.awaitReadable();
                    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(MAX_PAUSE);
                    send(mutations, activities, sent, BATCH, random);
                    sent += BATCH;
                    if (kill < KILLS) {
                        // Somewhere in the middle of the batch.
                        child.awaitEvents(sent - random.nextInt(BATCH));
                    } else {
                        child.awaitAll(sent);
                    }
                    child.kill();
                }
            }
        }
    }

    private static void send(
            MutationProducer mutations, ActivityProducer activities, int from, int count, Random random) {
        for (int i = from; i < from + count; i++) {
            mutations.put(Things.TABLE, Things.item(i));
            if (i % 10 == 0) {
                mutations.delete(
                        Things.TABLE, Item.builder().set("Id", "id" + i).build());
                mutations.put(Things.TABLE, Things.item(i));
            }
            activities.insert(random.nextInt(20), START.plusSeconds(random.nextInt(86_400)), "view", "/a", 1);
        }
        mutations.flush();
        activities.flush();
    }
}
