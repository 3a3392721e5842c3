package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * After Kafka's topics were wiped, and the journal does not reach back to the beginning, nothing is shown that would be
 * incomplete; once they are filled again the index holds what the table holds, time to live deletes what is due, and the stream
 * has each record that the journal had, once.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RebuildIT {
    private static final String TABLE = "Kept";
    private static final String REGION = "us-east-1";
    private static final int OLD = 30;

    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static DynamoDbClient client;
    private static DynamoDbStreamsClient streams;
    private static String arn;

    @BeforeAll
    static void fillAndRoll() {
        // Without time to live: what is due stays until after the wipe.
        start(Map.of(TailraceSettings.JOURNAL_ROLL_INTERVAL, "1s", TailraceSettings.PROCESSORS_ONLY, "gsi"));
        client.createTable(r -> r.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string("Id"), string("Group"))
                .keySchema(key("Id"))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName("byGroup")
                        .keySchema(key("Group"))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build())
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        client.updateTimeToLive(r -> r.tableName(TABLE)
                .timeToLiveSpecification(t -> t.attributeName("Due").enabled(true)));
        arn = client.describeTable(r -> r.tableName(TABLE)).table().latestStreamArn();
        for (int i = 0; i < OLD; i++) {
            put("old" + i, i % 3 == 0);
        }
        server.awaitPart("capture", PartState.RUNNING);
        server.awaitPart("gsi", PartState.RUNNING);
    }

    @AfterAll
    static void stop() {
        close();
    }

    private static void start(Map<Setting<?>, String> settings) {
        server = ServerFixture.start(folder, settings);
        client = server.client();
        streams = server.streamsClient();
    }

    private static void close() {
        streams.close();
        client.close();
        server.close();
    }

    @Test
    @Order(1)
    void afterTheBrokersFolderWasRemoved() throws Exception {
        StreamReading reading = new StreamReading(client, streams);
        String lastNumber =
                StreamReading.number(reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), OLD)
                        .get(OLD - 1));
        Map<String, String> begun = reading.iterators(arn, ShardIteratorType.TRIM_HORIZON);
        begun.replaceAll((shard, iterator) ->
                streams.getRecords(r -> r.shardIterator(iterator).limit(1)).nextShardIterator());
        AtomicInteger rolled = new AtomicInteger();
        ServerFixture.await("several journal files", () -> {
            put("rolled" + rolled.getAndIncrement(), false);
            return segments().size() >= 3;
        });
        Map<String, String> atTheEnd = reading.iterators(arn, ShardIteratorType.LATEST);
        close();
        deleteTree(folder.resolve("kafka"));
        removeOldSegments();

        start(Map.of());
        awaitLoss();
        put("new0", false);
        assertNothingIncompleteIsRead(atTheEnd.values().iterator().next());

        JsonNode report = rebuild("");
        assertThat(report.path("from").path("commit").asLong()).isGreaterThan(OLD);
        assertThat(report.path("to").path("commit").asLong())
                .isGreaterThan(report.path("from").path("commit").asLong());
        assertThat(report.path("from").path("time").asText()).isNotEmpty();
        assertThat(report.path("missing").size()).isPositive();
        assertThat(report.path("indexes")).hasToString("[\"" + TABLE + "/byGroup\"]");
        assertThat(report.path("timeToLive")).hasToString("[\"" + TABLE + "\"]");
        put("new1", false);

        assertIndexIsRight();
        reading = new StreamReading(client, streams);
        assertThat(newIds(reading.read(new HashMap<>(atTheEnd), 2))).containsExactly("new0", "new1");
        assertThat(begun).isNotEmpty().allSatisfy((shard, iterator) -> assertTrimmed(iterator));
        assertThatThrownBy(() -> streams.getShardIterator(r -> r.streamArn(arn)
                        .shardId(begun.keySet().stream().sorted().toList().get(0))
                        .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(lastNumber)))
                .isInstanceOf(TrimmedDataAccessException.class);
        long from = report.path("from").path("commit").asLong();
        assertStreamHasAllFrom(from);
    }

    @Test
    @Order(2)
    void afterTopicsWereDeletedWhileTheServerWasUp() throws Exception {
        Map<String, String> atTheEnd = new StreamReading(client, streams).iterators(arn, ShardIteratorType.LATEST);
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                server.server().bootstrapServers().orElseThrow()))) {
            admin.deleteTopics(List.of(Topics.mutations(REGION), Topics.commands(REGION), Topics.stream(REGION, TABLE)))
                    .all()
                    .get();
        }
        awaitLoss();
        put("late0", false);
        put("due", true);
        rebuild("");
        put("late1", false);
        assertIndexIsRight();
        assertThat(newIds(new StreamReading(client, streams).read(new HashMap<>(atTheEnd), 3)))
                .contains("late0", "late1");
        server.awaitPart("commands", PartState.RUNNING);
    }

    @Test
    @Order(3)
    void thoughNothingIsMissingOnlyWhenThatIsWanted() throws Exception {
        HttpResponse<String> refused = server.post("/streams/rebuild");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body()).contains("nothing is missing");
        assertThat(server.post("/streams/rebuild?now=true").statusCode()).isEqualTo(400);
        assertThat(server.admin("/streams/rebuild").statusCode()).isEqualTo(405);
        assertThat(server.post("/streams/rebuild", "Origin", "http://localhost").statusCode())
                .isEqualTo(403);
        JsonNode report = rebuild("?anyway=true");
        assertThat(report.path("missing")).isEmpty();
        assertThat(report.path("losses")).isEmpty();
        put("last", false);
        assertIndexIsRight();
    }

    private static void awaitLoss() {
        server.awaitPart("capture", PartState.FAILED);
        assertThat(server.server().health().part("capture").detail()).contains("tailrace stream rebuild");
    }

    private static void assertNothingIncompleteIsRead(String iterator) {
        try (DynamoDbClient impatient = server.impatientClient()) {
            assertThatThrownBy(() -> impatient.scan(r -> r.tableName(TABLE).indexName("byGroup")))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("tailrace stream rebuild");
        }
        assertThatThrownBy(() -> streams.getRecords(r -> r.shardIterator(iterator)))
                .isInstanceOf(InternalServerErrorException.class);
    }

    private static JsonNode rebuild(String query) throws IOException {
        HttpResponse<String> answer = server.post("/streams/rebuild" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static void assertTrimmed(String iterator) {
        assertThatThrownBy(() -> streams.getRecords(r -> r.shardIterator(iterator)))
                .isInstanceOf(TrimmedDataAccessException.class);
    }

    /** The index has what the table has, and in the end nothing that is due. */
    private static void assertIndexIsRight() {
        ServerFixture.await(
                "the index is active",
                () -> client.describeTable(r -> r.tableName(TABLE)).table().globalSecondaryIndexes().stream()
                        .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE));
        ServerFixture.await("what is due is deleted", () -> ids(null).stream().noneMatch(id -> id.contains("due")));
        assertThat(ids("byGroup")).isEqualTo(ids(null)).isNotEmpty();
    }

    private static Set<String> ids(String index) {
        Set<String> ids = new HashSet<>();
        client.scanPaginator(r -> r.tableName(TABLE)
                        .indexName(index)
                        .overrideConfiguration(o -> o.putHeader("x-tailrace-wait-for-indexes", "true")))
                .items()
                .forEach(item -> ids.add(item.get("Id").s()));
        return ids;
    }

    private static List<String> newIds(List<Record> records) {
        return records.stream()
                .filter(record -> record.dynamodb().hasNewImage())
                .map(record -> record.dynamodb().keys().get("Id").s())
                .toList();
    }

    /** Of the items that were put since then, which the test knows, each is in it once. */
    private static void assertStreamHasAllFrom(long commit) {
        StreamReading reading = new StreamReading(client, streams);
        List<Record> all = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 3);
        assertThat(all).extracting(StreamReading::number).doesNotHaveDuplicates();
        assertThat(all)
                .allMatch(record -> Long.parseLong(StreamReading.number(record).substring(1, 18)) >= commit);
        assertThat(newIds(all)).containsSubsequence("new0", "new1");
    }

    private static void put(String id, boolean due) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                "Id", AttributeValue.fromS(due ? id + "-due" : id), "Group", AttributeValue.fromS("g" + id.length())));
        if (due) {
            item.put("Due", AttributeValue.fromN(Long.toString(System.currentTimeMillis() / 1000 - 60)));
        }
        client.putItem(r -> r.tableName(TABLE).item(item));
    }

    private static List<Path> segments() {
        try (Stream<Path> paths = Files.list(folder.resolve("journal"))) {
            return paths.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void removeOldSegments() throws IOException {
        List<Path> all = new ArrayList<>(segments());
        for (Path segment : all.subList(0, all.size() - 1)) {
            deleteTree(segment);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }
}
