package io.tailrace.processors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.activity.ActivityConfig;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.activity.ActivityResults.Totals;
import io.tailrace.processors.instances.Instances;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves with a real broker that activities are counted exactly once over restarts, and that the table gets the same. */
class ActivityBrokerIT {
    private static final String REGION = "eu-central-1";
    private static final String STREAM = ActivityConfig.DEFAULT.topic(REGION);
    private static final int STREAM_PARTITIONS = 2;
    private static final int PARTITIONS = 3;
    private static final Instant START = Instant.parse("2015-05-17T00:00:00Z");

    @TempDir
    Path directory;

    private final Random random = new Random(42);
    private final Map<String, Long> perType = new TreeMap<>();
    private final Map<String, Long> perPage = new TreeMap<>();
    private long events;
    private long bytes;
    private TestBroker broker;
    private ActivityProducer stream;
    private Instances instances;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(directory.resolve("kafka"));
        instances = broker.noOtherInstances();
        stream = new ActivityProducer(broker.bootstrapServers(), STREAM, STREAM_PARTITIONS);
    }

    @AfterEach
    void stop() {
        stream.close();
        instances.close();
        broker.close();
    }

    @Test
    void countsExactlyOnceWhileProcessorAndBrokerComeAndGo() throws Exception {
        try (ActivityProcessor activity = processor("state")) {
            activity.start();
            broker.createTopic(Topics.commands(REGION), PARTITIONS);
            Await.until(
                    "it waits for the stream",
                    () -> activity.state() == ProcessorState.WAITING
                            && activity.status().detail().orElse("").contains(STREAM));
            broker.createTopic(STREAM, STREAM_PARTITIONS);
            insert(400);
            stream.insertWithoutPage(1);
            awaitEvents(activity);
            insert(400);
        }
        try (ActivityProcessor activity = processor("state")) {
            activity.start();
            insert(400);
            broker.stop();
            broker.start();
            insert(400);
            stream.insertWithoutPage(2);
            awaitEvents(activity);
        }
        try (ActivityProcessor activity = processor("lost")) {
            activity.start();
            insert(100);
            awaitEvents(activity);
            assertTotals(activity.queries().totals());
            Await.until("the table has all", () -> number(table(), "Totals", "all", "Actions") == events);
            assertTable(activity.queries().totals(), table());
        }
        assertDeadLetters();
    }

    private void insert(int count) {
        for (int i = 0; i < count; i++) {
            String type = "type" + random.nextInt(4);
            String page = "/page" + random.nextInt(30);
            int size = random.nextInt(10_000);
            stream.insert(random.nextInt(20), START.plusSeconds(random.nextInt(86_400)), type, page, size);
            events++;
            bytes += size;
            perType.merge(type, 1L, Long::sum);
            perPage.merge(page, 1L, Long::sum);
        }
        stream.flush();
    }

    private void awaitEvents(ActivityProcessor activity) {
        Await.until(
                events + " events",
                () -> activity.queries().summary().events() == events
                        && activity.queries().totals().minuteActions() == events);
    }

    private void assertTotals(Totals totals) {
        assertThat(totals.events()).isEqualTo(events);
        assertThat(totals.perType()).isEqualTo(perType);
        assertThat(totals.perPage()).isEqualTo(perPage);
        assertThat(totals.sessionActions()).isEqualTo(events);
        assertThat(totals.summary().sessions()).isEqualTo(totals.sessions());
        assertThat(totals.minuteTypeActions()).isEqualTo(events);
        assertThat(List.of(totals.bytes(), totals.minuteBytes(), totals.typeBytes(), totals.pageBytes()))
                .containsOnly(bytes);
    }

    private void assertTable(Totals totals, Map<Item, Item> table) {
        assertThat(number(table, "Totals", "all", "Bytes")).isEqualTo(bytes);
        perPage.forEach((page, actions) ->
                assertThat(number(table, "Pages", page, "Actions")).isEqualTo(actions));
        List<Item> sessions = table.values().stream()
                .filter(item -> text(item, "Metric").startsWith("Sessions#"))
                .toList();
        assertThat(sessions).hasSize((int) totals.sessions());
        assertThat(sessions.stream().mapToLong(item -> number(item, "Actions")).sum())
                .isEqualTo(events);
    }

    private void assertDeadLetters() {
        List<ConsumerRecord<byte[], byte[]>> letters =
                CommittedRecords.of(broker.bootstrapServers(), Topics.deadLetters(REGION), new ByteArrayDeserializer());
        assertThat(letters).hasSize(2).allSatisfy(letter -> {
            assertThat(header(letter, RecordHeaders.SOURCE_TOPIC)).isEqualTo(STREAM);
            assertThat(header(letter, RecordHeaders.ERROR_MESSAGE)).contains("Timestamp");
        });
    }

    private Map<Item, Item> table() {
        Map<Item, Item> table = new HashMap<>();
        CommittedRecords.of(
                        broker.bootstrapServers(),
                        Topics.commands(REGION),
                        new TailraceSerdes(null).command().deserializer())
                .forEach(record -> apply(record.value(), table));
        return table;
    }

    private static void apply(Command command, Map<Item, Item> table) {
        if (command.action() instanceof Command.Put put) {
            table.put(put.item().project(List.of("Metric", "Bucket")), put.item());
        } else {
            table.remove(((Command.Delete) command.action()).key());
        }
    }

    private static long number(Map<Item, Item> table, String metric, String bucket, String attribute) {
        Item item = table.get(
                Item.builder().set("Metric", metric).set("Bucket", bucket).build());
        return item == null ? 0 : number(item, attribute);
    }

    private static long number(Item item, String attribute) {
        return ((AttributeValue.N) item.get(attribute)).value().toBigDecimal().longValueExact();
    }

    private static String text(Item item, String attribute) {
        return ((AttributeValue.S) item.get(attribute)).value();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return RecordHeaders.textValue(record.headers().lastHeader(name).value());
    }

    private ActivityProcessor processor(String state) {
        return new ActivityProcessor(
                new ProcessorConfig(
                        broker.bootstrapServers(), REGION, directory.resolve(state), PARTITIONS, null, 1, 0, Map.of()),
                ActivityConfig.DEFAULT,
                instances,
                new SimpleMeterRegistry());
    }
}
