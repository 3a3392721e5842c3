package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.serde.TailraceSerdes;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that kill -9 of the process that captures and applies commands, in the middle of both, loses and doubles neither a
 * record nor a command.
 */
@Timeout(400)
class CaptureKillIT {
    private static final String COMMAND_KEY = "commanded";
    private static final int COMMANDS_PER_LIFE = 300;
    private static final int LIVES = 4;

    @TempDir
    private Path brokerDir;

    @TempDir
    private Path dir;

    @Test
    void losesAndDoublesNothing() throws Exception {
        Random random = new Random(17);
        List<String> commanded = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(brokerDir, 0))) {
            createTopics(broker);
            for (int life = 0; life < LIVES; life++) {
                ChildProcess child =
                        ChildProcess.start(CaptureProcess.class, dir.toString(), broker.bootstrapServers());
                int before = countRecords(broker);
                sendCommands(broker, commanded);
                int enough = before + 200 + random.nextInt(800);
                Await.until("the child captures", () -> countRecords(broker) > enough);
                child.kill();
            }
            try (CaptureProcess last = new CaptureProcess(dir, broker.bootstrapServers())) {
                int key = CommandSession.engineKey(commandsTopicId(broker), 0);
                Await.until(
                        "all commands are applied",
                        () -> last.engine.appliedCommandOffset(key) == commanded.size() - 1);
                assertThat(commandedValues(last)).isEqualTo(commanded);
                long end = last.engine.journal().readableSequence();
                Await.until("everything is captured", () -> last.capture.capturedSequence() >= end);
                new Oracle(CaptureProcess.REGION, CaptureProcess.TOPICS)
                        .assertCaptured(broker.bootstrapServers(), CaptureProcess.entries(last.engine));
            }
        }
    }

    private static void createTopics(EmbeddedBroker broker) {
        try (TopicAdmin admin = admin(broker)) {
            admin.ensureRegionTopics();
        }
    }

    private static Uuid commandsTopicId(EmbeddedBroker broker) {
        try (TopicAdmin admin = admin(broker)) {
            return admin.describe(Topics.commands(CaptureProcess.REGION))
                    .orElseThrow()
                    .topicId();
        }
    }

    private static TopicAdmin admin(EmbeddedBroker broker) {
        CaptureConfig config = CaptureConfig.of(broker.bootstrapServers(), CaptureProcess.REGION, Path.of("unused"));
        return new TopicAdmin(config.connection(), CaptureProcess.REGION, CaptureProcess.TOPICS);
    }

    private static int countRecords(EmbeddedBroker broker) {
        return KafkaProbe.readAll(broker.bootstrapServers(), Topics.mutations(CaptureProcess.REGION))
                .size();
    }

    private static void sendCommands(EmbeddedBroker broker, List<String> commanded) throws Exception {
        String topic = Topics.commands(CaptureProcess.REGION);
        TailraceSerdes serdes = new TailraceSerdes(null);
        List<ProducerRecord<byte[], byte[]>> records = IntStream.range(0, COMMANDS_PER_LIFE)
                .mapToObj(i -> {
                    String value = Integer.toString(commanded.size());
                    commanded.add(value);
                    Item item = Item.builder()
                            .set("Pk", COMMAND_KEY)
                            .set("Value", value)
                            .build();
                    Command command = Command.put(value, "test", CaptureProcess.TABLE, item);
                    return new ProducerRecord<byte[], byte[]>(
                            topic, 0, null, serdes.command().serializer().serialize(topic, command));
                })
                .toList();
        KafkaProbe.produce(broker.bootstrapServers(), records);
    }

    private static List<String> commandedValues(CaptureProcess process) {
        return CaptureProcess.entries(process.engine).stream()
                .flatMap(entry -> entry.mutations().stream())
                .filter(mutation -> !mutation.catalog())
                .map(mutation -> (ItemChange)
                        ChangeRecordCodec.decode(mutation.changeRecord()).change())
                .filter(change -> change.keys().get("Pk").equals(AttributeValue.string(COMMAND_KEY)))
                .map(change -> ((AttributeValue.S) change.newImage().get("Value")).value())
                .toList();
    }
}
