package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.CaptureStatus.State;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.CommandPosition;
import io.tailrace.engine.journal.JournalEntry;
import io.tailrace.engine.journal.JournalReader;
import io.tailrace.engine.writer.CatalogMutation;
import io.tailrace.engine.writer.Plan;
import io.tailrace.engine.writer.WriteOperation;
import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves that every command takes effect once, in order, over stops and restarts, and that bad ones are put aside. */
@Timeout(300)
class CommandConsumerIT {
    private static final TopicSettings TOPICS = TopicSettings.DEFAULT.withPartitions(2);
    private static final String TABLE = "Counters";

    @TempDir
    private static Path brokerDir;

    private static EmbeddedBroker broker;

    @TempDir
    private Path dir;

    private String region;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(brokerDir, 0));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void nameRegion(TestInfo test) {
        region = test.getTestMethod().orElseThrow().getName();
        try (TopicAdmin admin = new TopicAdmin(config().connection(), region, TOPICS)) {
            admin.ensureRegionTopics();
        }
    }

    @Test
    void appliesEachCommandOnceWhereverItWasStopped() throws Exception {
        Random random = new Random(5);
        List<String> expected = new ArrayList<>();
        for (int life = 0; life < 4; life++) {
            try (TableEngine engine = engine()) {
                List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
                for (int i = 0; i < 150; i++) {
                    String value = "v" + expected.size();
                    expected.add(value);
                    records.add(command(0, put(value)));
                }
                KafkaProbe.produce(broker.bootstrapServers(), records);
                int stopAfter = expected.size() - random.nextInt(100);
                CommandConsumer consumer = new CommandConsumer(engine, config(), new SimpleMeterRegistry());
                consumer.start();
                Await.until("command " + stopAfter, () -> engine.appliedCommandOffset(engineKey()) >= stopAfter - 1);
                consumer.close();
            }
        }
        try (TableEngine engine = engine();
                CommandConsumer consumer = new CommandConsumer(engine, config(), new SimpleMeterRegistry())) {
            consumer.start();
            Await.until("all commands", () -> engine.appliedCommandOffset(engineKey()) == expected.size() - 1);
            assertThat(journaledValues(engine)).isEqualTo(expected);
        }
    }

    @Test
    void putsAsideWhatCannotBeAppliedAndGoesOn() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (TableEngine engine = engine();
                CommandConsumer consumer = new CommandConsumer(engine, config(), meters)) {
            KafkaProbe.produce(
                    broker.bootstrapServers(),
                    List.of(
                            command(0, put("before")),
                            new ProducerRecord<>(
                                    Topics.commands(region), 0, null, "rubbish".getBytes(StandardCharsets.UTF_8)),
                            command(
                                    0,
                                    Command.put(
                                            "no-key",
                                            "test",
                                            TABLE,
                                            Item.builder().set("Other", 1).build())),
                            command(0, conditional("attribute_not_exists(Pk)")),
                            command(0, conditional("this is no condition")),
                            command(0, Command.put("no-table", "test", "Missing", item("x"))),
                            command(0, put("after"))));
            consumer.start();
            Await.until("all commands", () -> engine.appliedCommandOffset(engineKey()) == 6);
            Await.until("dead letters", () -> deadLetters().size() == 3);
            assertThat(journaledValues(engine)).containsExactly("before", "after");
            assertThat(deadLetters())
                    .extracting(letter -> RecordHeaders.longValue(letter.headers()
                            .lastHeader(RecordHeaders.SOURCE_OFFSET)
                            .value()))
                    .containsExactlyInAnyOrder(1L, 2L, 4L);
            assertThat(deadLetters()).allSatisfy(letter -> {
                assertThat(text(letter, RecordHeaders.SOURCE_TOPIC)).isEqualTo(Topics.commands(region));
                assertThat(text(letter, RecordHeaders.FAILED_IN)).isEqualTo("commands");
                assertThat(text(letter, RecordHeaders.ERROR_MESSAGE)).isNotEmpty();
            });
            Await.until("the meters", () -> count(meters, CaptureMeter.COMMANDS_DEAD) == 3);
            assertThat(count(meters, CaptureMeter.COMMANDS_APPLIED)).isEqualTo(2);
            assertThat(count(meters, CaptureMeter.COMMANDS_REFUSED)).isEqualTo(2);
        }
    }

    @Test
    void leavesOutCommandsOfAbortedTransactions() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", region),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(command(0, put("aborted")));
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(command(0, put("committed")));
            producer.commitTransaction();
        }
        try (TableEngine engine = engine();
                CommandConsumer consumer = new CommandConsumer(engine, config(), new SimpleMeterRegistry())) {
            consumer.start();
            Await.until("the command", () -> engine.appliedCommandOffset(engineKey()) == 2);
            assertThat(journaledValues(engine)).containsExactly("committed");
        }
    }

    @Test
    void retriesWhatTheEngineHasNoRoomFor() throws Exception {
        List<Long> applied = new ArrayList<>();
        Random random = new Random(9);
        CommandTarget busy = new CommandTarget() {
            private volatile long last = -1;

            @Override
            public long appliedCommandOffset(int topicPartition) {
                return (topicPartition & 0xFFFF) == 0 ? last : -1;
            }

            @Override
            public long incarnation() {
                return 7;
            }

            @Override
            public <R> CompletableFuture<R> write(
                    WriteOperation<R> operation, CommandPosition position, long incarnation) {
                assertThat(incarnation).isEqualTo(7);
                if (random.nextInt(3) == 0) {
                    throw new DynamoException(ErrorType.THROTTLING, "full");
                }
                if (random.nextInt(10) == 0) {
                    throw new OutOfMemoryError("on purpose");
                }
                if (random.nextInt(10) == 0) {
                    return CompletableFuture.failedFuture(
                            new DynamoException(ErrorType.INTERNAL_SERVER_ERROR, "not this time"));
                }
                if (position.offset() == last + 1) {
                    applied.add(position.offset());
                    last = position.offset();
                    return new CompletableFuture<R>().completeOnTimeout(null, 1, TimeUnit.MILLISECONDS);
                }
                return CompletableFuture.failedFuture(new IllegalArgumentException("out of order"));
            }
        };
        KafkaProbe.produce(
                broker.bootstrapServers(),
                IntStream.range(0, 20).mapToObj(i -> command(0, put("v" + i))).toList());
        try (CommandConsumer consumer = new CommandConsumer(busy, config(), new SimpleMeterRegistry())) {
            consumer.start();
            Await.until("all commands", () -> busy.appliedCommandOffset(0) == 19);
            assertThat(applied).hasSize(20).isSorted();
        }
    }

    @Test
    void beginsAnewWithATopicThatWasCreatedAgain() throws Exception {
        try (TableEngine engine = engine()) {
            KafkaProbe.produce(broker.bootstrapServers(), List.of(command(0, put("a")), command(0, put("b"))));
            try (CommandConsumer consumer = new CommandConsumer(engine, config(), new SimpleMeterRegistry())) {
                consumer.start();
                Await.until("commands", () -> engine.appliedCommandOffset(engineKey()) == 1);
            }
            KafkaProbe.deleteTopic(broker.bootstrapServers(), Topics.commands(region));
            try (CommandConsumer consumer = new CommandConsumer(engine, config(), new SimpleMeterRegistry())) {
                consumer.start();
                Await.until("running", () -> consumer.status().state() == State.RUNNING);
                KafkaProbe.produce(broker.bootstrapServers(), List.of(command(0, put("c"))));
                Await.until("command", () -> engine.appliedCommandOffset(engineKey()) == 0);
                assertThat(journaledValues(engine)).containsExactly("a", "b", "c");
            }
        }
    }

    private int engineKey() {
        try (TopicAdmin admin = new TopicAdmin(config().connection(), region, TOPICS)) {
            return CommandSession.engineKey(
                    admin.describe(Topics.commands(region)).orElseThrow().topicId(), 0);
        }
    }

    private CaptureConfig config() {
        return CaptureConfig.of(broker.bootstrapServers(), region, dir.resolve("checkpoint"))
                .withTopics(TOPICS);
    }

    private TableEngine engine() throws Exception {
        TableEngine engine = TableEngine.open(
                EngineConfig.of(dir.resolve("engine"), region).withDurability(Durability.PROCESS),
                EngineDependencies.system(new SimpleMeterRegistry()));
        engine.write(context -> new Plan<>(
                        context.table(TABLE).isPresent()
                                ? List.of()
                                : List.of(new CatalogMutation(
                                        Action.CREATE_TABLE,
                                        table(context.newId(), context.newUuid().toString()))),
                        true))
                .get();
        return engine;
    }

    private static TableDefinition table(int id, String uuid) {
        KeyAttribute key = new KeyAttribute("Pk", AttributeType.S);
        return new TableDefinition(
                id,
                uuid,
                TABLE,
                KeySchema.simple(key),
                Map.of(key.name(), key.type()),
                List.of(),
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                null,
                null,
                false,
                Map.of(),
                Instant.EPOCH);
    }

    /** The attribute {@code Value} of each item change in the journal, in order. */
    private static List<String> journaledValues(TableEngine engine) {
        List<String> values = new ArrayList<>();
        try (JournalReader reader = engine.journal().openReader()) {
            for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entry.mutations().stream()
                        .map(mutation -> ChangeRecordCodec.decode(mutation.changeRecord())
                                .change())
                        .filter(ItemChange.class::isInstance)
                        .map(ItemChange.class::cast)
                        .map(change -> ((AttributeValue.S) change.newImage().get("Value")).value())
                        .forEach(values::add);
            }
        }
        return values;
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return KafkaProbe.readAll(broker.bootstrapServers(), Topics.deadLetters(region));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return RecordHeaders.textValue(record.headers().lastHeader(header).value());
    }

    private static double count(SimpleMeterRegistry meters, CaptureMeter meter) {
        return meters.get(meter.meterName()).counter().count();
    }

    private ProducerRecord<byte[], byte[]> command(int partition, Command command) {
        String topic = Topics.commands(region);
        return new ProducerRecord<>(
                topic,
                partition,
                null,
                new TailraceSerdes(null).command().serializer().serialize(topic, command));
    }

    private static Command put(String value) {
        return Command.put(value, "test", TABLE, item(value));
    }

    private static Command conditional(String condition) {
        return new Command(
                "conditional", "test", TABLE, 0, new Command.Put(item("never")), condition, Map.of(), Map.of(), null);
    }

    private static Item item(String value) {
        return Item.builder().set("Pk", "one").set("Value", value).build();
    }
}
