package io.tailrace.processors.activity;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.runtime.DeadLetters;
import io.tailrace.processors.runtime.TestDriver;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;

/** The activity topology in a test driver, with its queries and the table that its commands make. */
final class ActivityDriver implements AutoCloseable {
    private static final ActivityConfig CONFIG = ActivityConfig.DEFAULT;

    private final ActivityTopology.Shared shared = new ActivityTopology.Shared();
    private final TestDriver driver;
    private final TestInputTopic<byte[], StreamRecord> stream;
    private final TestInputTopic<byte[], byte[]> raw;
    private final TestOutputTopic<byte[], Command> commands;
    private final ActivityQueries queries;
    private final Map<Item, Item> table = new LinkedHashMap<>();
    private long sequence;

    ActivityDriver() {
        ProcessorConfig config = TestDriver.config();
        driver = new TestDriver(
                ActivityTopology.build(config, CONFIG, shared),
                ActivityTopology.settings(config),
                config,
                new DeadLetters(Topics.deadLetters(TestDriver.REGION), ActivityTopology.NAME));
        TailraceSerdes serdes = new TailraceSerdes(null);
        String topic = CONFIG.topic(TestDriver.REGION);
        stream = driver.input(topic, serdes.streamRecord().serializer());
        raw = driver.input(topic, new ByteArraySerializer());
        commands = driver.output(
                Topics.commands(TestDriver.REGION), serdes.command().deserializer());
        queries = new ActivityQueries(
                driver.reader(ActivityTopology.RESULTS),
                1,
                driver.reader(ActivityTopology.USER_SESSIONS),
                () -> OptionalInt.of(1));
    }

    static Item item(String user, String time, String type, String page, long bytes) {
        return Item.builder()
                .set("UserID", user)
                .set("Timestamp", time)
                .set("ActivityType", type)
                .set("Page", page)
                .set("Bytes", bytes)
                .build();
    }

    /** The next insert of the stream. */
    StreamRecord insert(Item image) {
        return record(EventName.INSERT, image);
    }

    StreamRecord record(EventName event, Item image) {
        sequence++;
        return new StreamRecord(
                "event-" + sequence,
                event,
                TestDriver.REGION,
                Instant.EPOCH,
                Item.EMPTY,
                event == EventName.REMOVE ? null : image,
                event == EventName.INSERT ? null : image,
                SequenceNumbers.format(sequence, 0),
                1,
                StreamViewType.NEW_AND_OLD_IMAGES,
                null);
    }

    void pipe(StreamRecord record) {
        stream.pipeInput(new TestRecord<>("user".getBytes(StandardCharsets.UTF_8), record));
    }

    void act(String user, String time, String type, String page, long bytes) {
        pipe(insert(item(user, time, type, page, bytes)));
    }

    void pipeRaw(byte[] value) {
        raw.pipeInput(new byte[] {1}, value);
    }

    /** Lets the processor publish, and applies its commands. Returns them. */
    List<Command> publish() {
        driver.advance(CONFIG.publishInterval().plus(Duration.ofMillis(1)));
        List<Command> published = commands.readValuesToList();
        for (Command command : published) {
            if (command.action() instanceof Command.Put put) {
                table.put(put.item().project(List.of("Metric", "Bucket")), put.item());
            } else {
                table.remove(((Command.Delete) command.action()).key());
            }
        }
        return published;
    }

    /** The analytics table's item, or null. */
    Item analytics(String metric, String bucket) {
        return table.get(
                Item.builder().set("Metric", metric).set("Bucket", bucket).build());
    }

    /** A number of the analytics table. */
    long number(String metric, String bucket, String attribute) {
        return ((AttributeValue.N) analytics(metric, bucket).get(attribute))
                .value()
                .toBigDecimal()
                .longValueExact();
    }

    long analyticsItems(String metricPrefix) {
        return table.keySet().stream()
                .filter(key -> ((AttributeValue.S) key.get("Metric")).value().startsWith(metricPrefix))
                .count();
    }

    ActivityQueries queries() {
        return queries;
    }

    TestDriver driver() {
        return driver;
    }

    long duplicates() {
        return shared.duplicates().sum();
    }

    @Override
    public void close() {
        driver.close();
    }
}
