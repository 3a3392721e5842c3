package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.CaptureException;
import io.tailrace.capture.StreamTail;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.server.runtime.ServerFixture;
import io.tailrace.server.settings.TailraceSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** The consumers on docs/consumers.md work as they are printed there, Kafka's address and the place of the jar aside. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConsumersIT {
    private static final int CHANGES = 4;
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");
    private static final String TOOLS = "kafka-console-consumer.sh() {\n"
            + "  exec java -cp \"${CLASSPATH:+$CLASSPATH:}$TEST_CLASSPATH\" "
            + "org.apache.kafka.tools.consumer.ConsoleConsumer \"$@\"\n}\n";

    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static String kafka;
    private static Page page;

    @BeforeAll
    static void start() throws Exception {
        page = Page.read(Path.of("..", "docs", "consumers.md"));
        for (Page.Block program : page.of("java")) {
            Matcher name = CLASS_NAME.matcher(program.text());
            assertThat(name.find()).as(program.text()).isTrue();
            Files.writeString(folder.resolve(name.group(1) + ".java"), program.text());
        }
        server = ServerFixture.start(folder.resolve("data"), Map.of(TailraceSettings.PROCESSORS_ENABLED, "false"));
        ServerFixture.await(
                "Kafka is up", () -> server.server().bootstrapServers().isPresent());
        kafka = server.server().bootstrapServers().orElseThrow();
        try (DynamoDbClient tables = server.client()) {
            fill(tables, "Orders");
            fill(
                    tables,
                    "Carts",
                    Tag.builder().key("tailrace:stream.format").value("json").build(),
                    Tag.builder()
                            .key("tailrace:stream.tombstones")
                            .value("true")
                            .build());
        }
        for (String table : List.of("Orders", "Carts")) {
            ServerFixture.await(table + " is captured", () -> isCaptured(table));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void fill(DynamoDbClient tables, String table, Tag... tags) {
        tables.createTable(r -> r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("Id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("Id")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .tags(tags));
        for (String total : List.of("7", "8")) {
            tables.putItem(r -> r.tableName(table)
                    .item(Map.of("Id", AttributeValue.fromS("o1"), "Total", AttributeValue.fromN(total))));
        }
        tables.deleteItem(r -> r.tableName(table).key(Map.of("Id", AttributeValue.fromS("o1"))));
        tables.putItem(r -> r.tableName(table).item(Map.of("Id", AttributeValue.fromS("o2"))));
    }

    private static boolean isCaptured(String table) {
        try {
            return events(table).size() == CHANGES;
        } catch (CaptureException noTopicYet) {
            return false;
        }
    }

    /** What {@code stream tail} shows. */
    private static List<String> events(String table) {
        List<String> events = new ArrayList<>();
        CaptureConfig config = server.server()
                .config()
                .kafka()
                .captureConfig(kafka, server.server().config().region());
        try (StreamTail tail = new StreamTail(config, table)) {
            tail.readToEnd(new StreamTail.Listener() {
                @Override
                public void onRecord(int partition, long offset, StreamRecord record) {
                    events.add(record.eventName() + " of " + record.keys().get("Id"));
                }

                @Override
                public void onBadRecord(int partition, long offset, String reason) {
                    events.add(reason);
                }
            });
        }
        return events;
    }

    @Test
    void javaWithTailracesSerdeReadsAvroAndJson() throws Exception {
        String block = page.block("sh", "StreamReader.java");
        for (String script : List.of(block, block.replace("Orders", "Carts"))) {
            List<String> lines = run(script, CHANGES);
            assertThat(lines)
                    .filteredOn(line -> line.contains("o1"))
                    .extracting(line -> line.substring(0, line.indexOf(" in ")))
                    .containsExactly("INSERT of o1", "MODIFY of o1", "REMOVE of o1");
            assertThat(lines).anyMatch(line -> line.matches("INSERT of o2 in 1\\d{20}"));
        }
    }

    @Test
    void javaWithoutTailracesClassesReadsJson() throws Exception {
        assertThat(run(page.block("sh", "JsonReader.java"), 1)).containsExactly("emptied: o1");
    }

    @Test
    void theConsoleConsumerReadsJson() throws Exception {
        List<String> blocks = page.of("sh").stream()
                .map(Page.Block::text)
                .filter(text -> text.contains("kafka-console-consumer.sh") && !text.contains("CLASSPATH"))
                .toList();
        assertThat(blocks).hasSize(1);
        List<String> lines = run(blocks.get(0), CHANGES + 1);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("{\"eventID\":"))
                .hasSize(CHANGES)
                .allMatch(line -> line.contains("\"eventSourceARN\":\"arn:aws:dynamodb:us-east-1:"));
        assertThat(lines).as("the tombstone").contains("null");
    }

    @Test
    void theConsoleConsumerReadsAvroWithTailracesDeserializer() throws Exception {
        List<String> lines = run(page.block("sh", "export CLASSPATH"), CHANGES);
        assertThat(lines)
                .hasSize(CHANGES)
                .allMatch(line -> line.matches("Partition:\\d\tOffset:\\d\t\\{\"eventID\":.*"));
        assertThat(lines)
                .filteredOn(line -> line.contains("\"eventName\":\"REMOVE\""))
                .singleElement()
                .asString()
                .contains("\"Keys\":{\"Id\":{\"S\":\"o1\"}}", "\"Total\":{\"N\":\"8\"}");
    }

    @Test
    void kcatReadsJsonAndTheHeadersOfAvro() throws Exception {
        assumeTrue(Programs.exists("kcat", "-V"), "kcat is not installed here");
        List<String> json = run(page.block("sh", "stream.Carts -C -e"), CHANGES + 1);
        assertThat(json)
                .filteredOn(line -> line.matches("\\d \\d \\{\"eventID\":.*"))
                .hasSize(CHANGES);
        List<String> avro = run(page.block("sh", "stream.Orders -C -e"), CHANGES);
        assertThat(avro)
                .filteredOn(line -> line.contains("tailrace.event-name=REMOVE"))
                .hasSize(1)
                .allMatch(line -> line.contains("tailrace.origin=user") && line.contains("tailrace.table=Orders"));
    }

    /** Runs a block in the programs' folder, until it has printed so many lines. */
    private static List<String> run(String block, int lines) throws IOException, InterruptedException {
        String script = block.replace("127.0.0.1:9092", kafka)
                .replace("server/target/tailrace.jar", ServerProcess.jar().toString());
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", TOOLS + script);
        builder.directory(folder.toFile());
        builder.redirectError(folder.resolve("stderr").toFile());
        Path java = Path.of(System.getProperty("java.home"), "bin");
        builder.environment().put("PATH", java + ":" + System.getenv("PATH"));
        builder.environment().put("TEST_CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                printed.add(line);
                if (printed.size() == lines) {
                    break;
                }
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor(1, TimeUnit.MINUTES);
        }
        assertThat(printed)
                .as("%s prints, and on standard error %s", script, Files.readString(folder.resolve("stderr")))
                .hasSize(lines);
        return printed;
    }
}
