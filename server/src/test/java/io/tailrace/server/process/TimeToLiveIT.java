package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.StreamTail;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.UserIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Expired items go by themselves, in the name of the service, and after a kill -9 what is overdue goes too. A reader of the
 * stream goes on behind the kill with the iterator that it had.
 */
final class TimeToLiveIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int OVERDUE = 200;

    @TempDir
    private Path folder;

    private static void createTable(DynamoDbClient client) {
        client.createTable(r -> r.tableName("Sessions")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    private static void switchOn(DynamoDbClient client) {
        client.updateTimeToLive(r -> r.tableName("Sessions")
                .timeToLiveSpecification(t -> t.attributeName("expires").enabled(true)));
    }

    private static void put(DynamoDbClient client, String id, Instant expires) {
        client.putItem(r -> r.tableName("Sessions")
                .item(Map.of(
                        "id", AttributeValue.fromS(id),
                        "expires", AttributeValue.fromN(Long.toString(expires.getEpochSecond())))));
    }

    private static List<String> ids(DynamoDbClient client) {
        return client.scan(r -> r.tableName("Sessions").consistentRead(true)).items().stream()
                .map(item -> item.get("id").s())
                .sorted()
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void expiredItemsGoAndWhatIsOverdueAfterAKillToo() throws Exception {
        Instant due;
        ShardReading reading;
        try (ServerProcess server = ServerProcess.start(folder).awaitReady();
                DynamoDbClient client = server.client()) {
            createTable(client);
            put(client, "early", Instant.now().minusSeconds(1));
            switchOn(client);
            await("what was there before goes", () -> ids(client).isEmpty());
            put(client, "kept", Instant.now().plusSeconds(3_600));
            put(client, "gone", Instant.now().plusSeconds(1));
            put(client, "moved", Instant.now().plusSeconds(1));
            put(client, "moved", Instant.now().plusSeconds(3_600));
            await("the expired item goes", () -> ids(client).equals(List.of("kept", "moved")));
            requireQuick(client);
            List<StreamRecord> removals = removals(folder, server.awaitKafka(), 5);
            assertThat(removals).extracting(StreamRecord::userIdentity).containsOnly(UserIdentity.TIME_TO_LIVE);

            await(
                    "the streams API shows a removal",
                    () -> ShardReading.begin(server).isPresent());
            reading = ShardReading.begin(server).orElseThrow();
            due = Instant.now().plusSeconds(3);
            for (int i = 0; i < OVERDUE; i++) {
                put(client, "overdue" + i, due);
            }
            server.kill();
        }
        await("time passes while the server is down", () -> Instant.now().isAfter(due));
        try (ServerProcess again = ServerProcess.start(folder).awaitReady();
                DynamoDbClient client = again.client()) {
            await("what is overdue goes", () -> ids(client).equals(List.of("kept", "moved")));
            reading.goOn(again);
        }
    }

    /** Within two seconds of its time, as far as the machine has time: of several items that the quickest one is. */
    private static void requireQuick(DynamoDbClient client) {
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Instant due = Instant.ofEpochSecond(Instant.now().plusSeconds(2).getEpochSecond());
            put(client, "quick" + i, due);
            String id = "quick" + i;
            await(id + " goes", () -> !ids(client).contains(id));
            Duration delay = Duration.between(due, Instant.now());
            assertThat(delay).as("not before its time").isPositive();
            delays.add(delay);
        }
        assertThat(Collections.min(delays)).as("of %s", delays).isLessThan(Duration.ofSeconds(2));
    }

    /** The removals in the table's stream, which shows items only when they change. */
    private static List<StreamRecord> removals(Path folder, String kafka, int count) {
        List<StreamRecord> records = new CopyOnWriteArrayList<>();
        List<StreamRecord> removals = new CopyOnWriteArrayList<>();
        CaptureConfig config = CaptureConfig.of(kafka, "us-east-1", folder.resolve("unused"));
        await("the removals are in the stream", () -> {
            removals.clear();
            records.clear();
            try (StreamTail tail = new StreamTail(config, "Sessions")) {
                tail.readToEnd(new StreamTail.Listener() {
                    @Override
                    public void onRecord(int partition, long offset, StreamRecord record) {
                        records.add(record);
                        if (record.eventName() == EventName.REMOVE) {
                            removals.add(record);
                        }
                    }

                    @Override
                    public void onBadRecord(int partition, long offset, String reason) {
                        throw new IllegalStateException(reason);
                    }
                });
            }
            return removals.size() >= count;
        });
        assertThat(removals).hasSize(count);
        assertThat(records)
                .filteredOn(record -> record.keys().equals(removals.get(0).keys()))
                .extracting(StreamRecord::eventName)
                .containsExactly(EventName.INSERT, EventName.REMOVE);
        return removals;
    }
}
