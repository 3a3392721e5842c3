package io.tailrace.server.runtime;

import static io.tailrace.server.runtime.StreamReading.item;
import static io.tailrace.server.runtime.StreamReading.key;
import static io.tailrace.server.runtime.StreamReading.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tailrace.capture.StreamTail;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.TailraceSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The AWS SDK's streams client sees every change once, in order, by all of DynamoDB Streams' rules, restarts included. */
final class StreamsIT {
    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static DynamoDbClient tables;
    private static DynamoDbStreamsClient streams;
    private static StreamReading reading;

    @BeforeAll
    static void start() {
        server = ServerFixture.start(folder, Map.of(TailraceSettings.PROCESSORS_ENABLED, "false"));
        tables = server.client();
        streams = server.streamsClient();
        reading = new StreamReading(tables, streams);
        server.awaitPart("capture", PartState.RUNNING);
    }

    @AfterAll
    static void stop() {
        tables.close();
        streams.close();
        server.close();
    }

    @Test
    void everyChangeIsInTheStreamOnceAndAsInKafka() {
        String arn = reading.createTable("Changes", StreamViewType.NEW_AND_OLD_IMAGES);
        Instant before = Instant.now().minusSeconds(1);
        for (int i = 0; i < 10; i++) {
            reading.put("Changes", "k" + i, i, "first");
            reading.put("Changes", "k" + i, i, "first");
            reading.put("Changes", "k" + i, i, "second");
        }
        tables.deleteItem(r -> r.tableName("Changes").key(key("k0", 0)));
        tables.deleteItem(r -> r.tableName("Changes").key(key("k0", 0)));

        List<Record> records = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 21);

        assertThat(records).hasSize(21);
        assertThat(records).extracting(Record::eventName).endsWith(OperationType.MODIFY, OperationType.REMOVE);
        assertThat(records).extracting(Record::eventID).doesNotHaveDuplicates();
        Record insert = records.get(0);
        assertThat(insert.eventName()).isEqualTo(OperationType.INSERT);
        assertThat(insert.eventVersion()).isEqualTo("1.1");
        assertThat(insert.eventSource()).isEqualTo("aws:dynamodb");
        assertThat(insert.awsRegion()).isEqualTo("us-east-1");
        assertThat(insert.userIdentity()).isNull();
        assertThat(insert.dynamodb().keys()).isEqualTo(key("k0", 0));
        assertThat(insert.dynamodb().newImage()).isEqualTo(item("k0", 0, "first"));
        assertThat(insert.dynamodb().hasOldImage()).isFalse();
        assertThat(insert.dynamodb().sizeBytes()).isEqualTo(5 + 5 + 6);
        assertThat(insert.dynamodb().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(insert.dynamodb().approximateCreationDateTime()).isBetween(before, Instant.now());
        Record remove = records.get(20);
        assertThat(remove.dynamodb().oldImage()).isEqualTo(item("k0", 0, "second"));
        assertThat(remove.dynamodb().hasNewImage()).isFalse();

        assertThat(inKafka("Changes"))
                .extracting(StreamRecord::eventId, StreamRecord::sequenceNumber, StreamRecord::sizeBytes)
                .containsExactlyElementsOf(records.stream()
                        .map(record -> tuple(
                                record.eventID(),
                                number(record),
                                record.dynamodb().sizeBytes()))
                        .toList());
    }

    private static List<StreamRecord> inKafka(String table) {
        return inKafka(table, StreamTail.From.BEGINNING);
    }

    private static List<StreamRecord> inKafka(String table, StreamTail.From from) {
        List<StreamRecord> records = new ArrayList<>();
        try (StreamTail tail = new StreamTail(
                server.server()
                        .config()
                        .kafka()
                        .captureConfig(server.server().bootstrapServers().orElseThrow(), "us-east-1"),
                table)) {
            tail.readToEnd(from, new StreamTail.Listener() {
                @Override
                public void onRecord(int partition, long offset, StreamRecord record) {
                    records.add(record);
                }

                @Override
                public void onBadRecord(int partition, long offset, String reason) {
                    throw new AssertionError(reason);
                }
            });
        }
        records.sort(Comparator.comparing(StreamRecord::sequenceNumber));
        return records;
    }

    @Test
    void latestIsExactlyBehindWhatWasAcknowledged() {
        String arn = reading.createTable("Latest", StreamViewType.NEW_IMAGE);
        Set<String> expected = new TreeSet<>();
        List<Map<String, String>> readers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            reading.put("Latest", "k" + i, 0, "v");
            readers.add(reading.iterators(arn, ShardIteratorType.LATEST));
        }
        for (int i = 25; i < 30; i++) {
            reading.put("Latest", "k" + i, 0, "v");
        }
        for (int i = 24; i >= 0; i--) {
            expected.clear();
            for (int j = i + 1; j < 30; j++) {
                expected.add("k" + j);
            }
            assertThat(reading.read(readers.get(i), expected.size()))
                    .extracting(record -> record.dynamodb().keys().get("k").s())
                    .hasSize(expected.size())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void readingBeginsAtOrAfterASequenceNumber() {
        String arn = reading.createTable("Numbers", StreamViewType.KEYS_ONLY);
        for (int i = 0; i < 40; i++) {
            reading.put("Numbers", "same", i, "v");
        }
        Map<String, String> all = reading.iterators(arn, ShardIteratorType.TRIM_HORIZON);
        List<Record> records = reading.read(all, 40);
        String shard = shardOf(arn, records.get(0));
        for (int i = 0; i < 40; i += 13) {
            String from = number(records.get(i));
            assertThat(from(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, from))
                    .isEqualTo(records.subList(i, 40));
            assertThat(from(arn, shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, from))
                    .isEqualTo(records.subList(i + 1, 40));
        }
        String start = reading.shards(arn).get(0).sequenceNumberRange().startingSequenceNumber();
        assertThat(from(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, start))
                .isEqualTo(records);
        refused(
                "Invalid SequenceNumber for the shard",
                () -> from(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, "100000000000000000000"));
        GetRecordsResponse few = streams.getRecords(
                r -> r.shardIterator(iterator(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, number(records.get(5))))
                        .limit(3));
        assertThat(few.records()).isEqualTo(records.subList(5, 8));
        assertThat(streams.getRecords(
                                r -> r.shardIterator(few.nextShardIterator()).limit(4))
                        .records())
                .isEqualTo(records.subList(8, 12));
    }

    private static List<Record> from(String arn, String shard, ShardIteratorType type, String number) {
        return streams.getRecords(r -> r.shardIterator(iterator(arn, shard, type, number)))
                .records();
    }

    private static String iterator(String arn, String shard, ShardIteratorType type, String number) {
        return streams.getShardIterator(r ->
                        r.streamArn(arn).shardId(shard).shardIteratorType(type).sequenceNumber(number))
                .shardIterator();
    }

    private static String shardOf(String arn, Record record) {
        return reading.iterators(arn, ShardIteratorType.TRIM_HORIZON).entrySet().stream()
                .filter(iterator -> streams.getRecords(r -> r.shardIterator(iterator.getValue()))
                        .records()
                        .contains(record))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @Test
    void viewsShowWhatTheySay() {
        Map<StreamViewType, String> arns = new HashMap<>();
        for (StreamViewType view : StreamViewType.knownValues()) {
            arns.put(view, reading.createTable("View-" + view, view));
            reading.put("View-" + view, "k", 1, "a");
            reading.put("View-" + view, "k", 1, "b");
        }
        arns.forEach((view, arn) -> {
            Record modify = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 2)
                    .get(1);
            assertThat(modify.dynamodb().keys()).isEqualTo(key("k", 1));
            boolean both = view == StreamViewType.NEW_AND_OLD_IMAGES;
            assertThat(modify.dynamodb().hasNewImage()).isEqualTo(both || view == StreamViewType.NEW_IMAGE);
            assertThat(modify.dynamodb().hasOldImage()).isEqualTo(both || view == StreamViewType.OLD_IMAGE);
            assertThat(modify.dynamodb().streamViewType()).isEqualTo(view);
        });
    }

    @Test
    void aTransactionIsInTheStreamInItsOrder() {
        String arn = reading.createTable("Transactions", StreamViewType.KEYS_ONLY);
        List<TransactWriteItem> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            writes.add(TransactWriteItem.builder()
                    .put(Put.builder()
                            .tableName("Transactions")
                            .item(item("same", i, "v"))
                            .build())
                    .build());
        }
        tables.transactWriteItems(r -> r.transactItems(writes));
        List<Record> records = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 20);
        assertThat(records)
                .extracting(record ->
                        Integer.parseInt(record.dynamodb().keys().get("n").n()))
                .isSorted()
                .hasSize(20);
        assertThat(records)
                .extracting(record -> number(record).substring(0, 18))
                .containsOnly(number(records.get(0)).substring(0, 18));
    }

    @Test
    void aPageHasAThousandRecordsOrOneMegabyte() {
        String arn = reading.createTable("Pages", StreamViewType.NEW_IMAGE);
        for (int i = 0; i < 1200; i += 25) {
            int first = i;
            tables.batchWriteItem(r -> r.requestItems(Map.of(
                    "Pages",
                    IntStream.range(first, first + 25)
                            .mapToObj(n -> WriteRequest.builder()
                                    .putRequest(p -> p.item(item("same", n, "v")))
                                    .build())
                            .toList())));
        }
        List<Record> all = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 1200);
        String shard = shardOf(arn, all.get(0));
        GetRecordsResponse page =
                streams.getRecords(r -> r.shardIterator(iterator(arn, shard, ShardIteratorType.TRIM_HORIZON, null)));
        assertThat(page.records()).isEqualTo(all.subList(0, 1000));
        assertThat(streams.getRecords(r -> r.shardIterator(page.nextShardIterator()))
                        .records())
                .isEqualTo(all.subList(1000, 1200));
        Map<String, String> latest = reading.iterators(arn, ShardIteratorType.LATEST);
        String large = "x".repeat(300_000);
        for (int i = 0; i < 5; i++) {
            reading.put("Pages", "same", 10_000 + i, large);
        }
        assertThat(reading.read(new HashMap<>(latest), 5)).hasSize(5);
        GetRecordsResponse three = streams.getRecords(r -> r.shardIterator(latest.get(shard)));
        assertThat(three.records()).hasSize(3);
        latest.put(shard, three.nextShardIterator());
        assertThat(reading.read(latest, 2)).hasSize(2);
    }

    @Test
    void trimmedRecordsAreSaidToBe() throws Exception {
        String arn = reading.createTable("Trimmed", StreamViewType.KEYS_ONLY);
        for (int i = 0; i < 10; i++) {
            reading.put("Trimmed", "same", i, "v");
        }
        List<Record> records = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 10);
        String shard = shardOf(arn, records.get(0));
        String before = iterator(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, number(records.get(2)));
        String after = iterator(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, number(records.get(7)));
        trim("Trimmed", 5);
        assertThatThrownBy(() -> streams.getRecords(r -> r.shardIterator(before)))
                .isInstanceOf(TrimmedDataAccessException.class)
                .hasMessageContaining("The data you are trying to access has been trimmed");
        assertThatThrownBy(() -> iterator(arn, shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, number(records.get(3))))
                .isInstanceOf(TrimmedDataAccessException.class);
        assertThat(streams.getRecords(r -> r.shardIterator(after)).records()).isEqualTo(records.subList(7, 10));
        assertThat(from(arn, shard, ShardIteratorType.TRIM_HORIZON, null)).isEqualTo(records.subList(5, 10));
    }

    /** Deletes records as retention would: in the partition that has any, those before this offset. */
    private static void trim(String table, long offset) throws Exception {
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", server.server().bootstrapServers().orElseThrow()))) {
            String topic = Topics.stream("us-east-1", table);
            for (int partition = 0; partition < 4; partition++) {
                TopicPartition at = new TopicPartition(topic, partition);
                long end = admin.listOffsets(Map.of(at, OffsetSpec.latest()))
                        .partitionResult(at)
                        .get(60, TimeUnit.SECONDS)
                        .offset();
                if (end > 0) {
                    admin.deleteRecords(Map.of(at, RecordsToDelete.beforeOffset(offset)))
                            .all()
                            .get(60, TimeUnit.SECONDS);
                }
            }
        }
    }

    @Test
    void manyReadersInATightLoopShareFourConsumers() {
        String arn = reading.createTable("Crowd", StreamViewType.KEYS_ONLY);
        reading.put("Crowd", "a", 1, "v");
        List<Map<String, String>> readers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            readers.add(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON));
        }
        readers.parallelStream()
                .forEach(reader -> assertThat(reading.read(reader, 1)).hasSize(1));
        for (Map<String, String> reader : readers) {
            assertThat(reading.read(reader, 0)).isEmpty();
        }
        assertThat(threads("tailrace-streams-")).isLessThanOrEqualTo(4);
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.counting());
    }

    @Test
    void wrongRequestsAreRefusedInDynamoDbsWords() {
        String arn = reading.createTable("Refused", StreamViewType.KEYS_ONLY);
        String shard = reading.shards(arn).get(0).shardId();
        String iterator = iterator(arn, shard, ShardIteratorType.TRIM_HORIZON, null);
        assertThatThrownBy(() -> streams.describeStream(r -> r.streamArn(arn + "1")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Stream: " + arn + "1 not found");
        assertThatThrownBy(() -> iterator(arn, "shardId-00000001414562045508-2bac9cd2", ShardIteratorType.LATEST, null))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Shard does not exist");
        refused(
                "Invalid ShardIterator",
                () -> streams.getRecords(r -> r.shardIterator(iterator.replace("|2|", "|3|"))));
        refused(
                "Invalid ShardIterator",
                () -> streams.getRecords(r -> r.shardIterator(iterator.replace("|2|", "|1|"))));
        refused("Invalid ShardIterator", () -> streams.getRecords(r -> r.shardIterator("abc")));
        refused(
                "Limit should be less than or equal to 1000",
                () -> streams.getRecords(r -> r.shardIterator(iterator).limit(1001)));
        refused(
                "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]",
                () -> streams.getShardIterator(
                        r -> r.streamArn(arn).shardId(shard).shardIteratorType("AT_TIMESTAMP")));
        refused(
                "SequenceNumber should not be passed for this iterator type",
                () -> iterator(arn, shard, ShardIteratorType.LATEST, "100000000000000000000"));
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DynamoDbException.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
                .hasMessageContaining(message);
    }

    @Test
    void tailingBeginsAtATimeOrASequenceNumber() {
        String arn = reading.createTable("Tailed", StreamViewType.KEYS_ONLY);
        for (int i = 0; i < 5; i++) {
            reading.put("Tailed", "same", i, "v");
        }
        List<Record> records = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 5);
        SequenceNumbers.Position third =
                SequenceNumbers.parse(number(records.get(2))).orElseThrow();
        assertThat(inKafka("Tailed", StreamTail.From.place(third)))
                .extracting(StreamRecord::sequenceNumber)
                .containsExactlyElementsOf(records.subList(2, 5).stream()
                        .map(StreamReading::number)
                        .toList());
        assertThat(inKafka("Tailed", StreamTail.From.time(Instant.now().minusSeconds(600))))
                .hasSize(5);
        assertThat(inKafka("Tailed", StreamTail.From.time(Instant.now().plusSeconds(600))))
                .isEmpty();
    }

    @Test
    void valuesOfEveryTypeComeThrough() {
        String arn = reading.createTable("Types", StreamViewType.NEW_IMAGE);
        Map<String, AttributeValue> item = new HashMap<>(key("k", 1));
        item.put("l", AttributeValue.fromL(List.of(AttributeValue.fromBool(true), AttributeValue.fromNul(true))));
        item.put("m", AttributeValue.fromM(Map.of("x", AttributeValue.fromNs(List.of("1.5")))));
        item.put("b", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")));
        tables.putItem(r -> r.tableName("Types").item(item));
        assertThat(reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 1)
                        .get(0)
                        .dynamodb()
                        .newImage())
                .isEqualTo(item);
    }
}
