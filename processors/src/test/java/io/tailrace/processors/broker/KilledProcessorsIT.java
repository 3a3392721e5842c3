package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processors.activity.ActivityConfig;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.topic.Topics;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves that processors that are killed under load go on soon, lose nothing and count nothing twice. */
class KilledProcessorsIT {
    private static final String REGION = "eu-central-1";
    private static final int PARTITIONS = 2;
    private static final int KILLS = 3;
    private static final int BATCH = 500;
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
                Process child = child(broker);
                try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                    long started = System.nanoTime();
                    awaitReadable(lines);
                    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(MAX_PAUSE);
                    send(mutations, activities, sent, BATCH, random);
                    sent += BATCH;
                    if (kill < KILLS) {
                        // Somewhere in the middle of the batch.
                        awaitEvents(lines, sent - random.nextInt(BATCH));
                    } else {
                        awaitLine(lines, sent + " " + sent + " " + sent + " " + sent);
                    }
                } finally {
                    child.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
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

    private Process child(TestBroker broker) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProcessorsChild.class.getName(),
                        broker.bootstrapServers(),
                        REGION,
                        directory.resolve("state").toString(),
                        Integer.toString(PARTITIONS),
                        Integer.toString(Things.INDEX))
                .redirectError(new File(directory.toFile(), "child.log"))
                .start();
    }

    private static void awaitReadable(BufferedReader lines) throws IOException {
        await(lines, "numbers", line -> values(line).length > 0);
    }

    private static void awaitEvents(BufferedReader lines, long events) throws IOException {
        await(lines, events + " events", line -> values(line).length > 0 && values(line)[0] >= events);
    }

    private static void awaitLine(BufferedReader lines, String expected) throws IOException {
        await(lines, expected, expected::equals);
    }

    private static void await(BufferedReader lines, String what, Predicate<String> condition) throws IOException {
        long deadline = System.nanoTime() + Await.LIMIT.toNanos();
        String line = line(lines);
        while (!condition.test(line)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not " + what + " but still " + line);
            }
            line = line(lines);
        }
    }

    /** The numbers of a line; none when it says that the queries cannot be answered, or comes from a log. */
    private static long[] values(String line) {
        String[] words = line.split(" ", -1);
        long[] values = new long[4];
        if (words.length != values.length) {
            return new long[0];
        }
        for (int i = 0; i < values.length; i++) {
            if (!words[i].chars().allMatch(Character::isDigit)) {
                return new long[0];
            }
            values[i] = Long.parseLong(words[i]);
        }
        return values;
    }

    private static String line(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new AssertionError("the process ended by itself");
        }
        return line;
    }
}
