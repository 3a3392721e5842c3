package io.tailrace.server.runtime;

import static io.tailrace.server.runtime.StreamReading.key;
import static io.tailrace.server.runtime.StreamReading.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.admin.PartState;
import io.tailrace.server.http.RawClient;
import io.tailrace.server.settings.TailraceSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The streams API reads topics of every format, with tombstones or without; and whatever readers do, they cost little. */
@Timeout(300)
final class StreamTopicsIT {
    private static final int READERS = 2;
    private static final int IDLE_ITERATORS = 1_000;
    private static final int LOOPS = 24;
    private static final int UNREAD_ANSWERS = 32;
    private static final int WRITES = 300;
    private static final String SOME_TEXT = "x".repeat(4_000);

    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static DynamoDbClient tables;
    private static DynamoDbStreamsClient streams;
    private static StreamReading reading;

    @BeforeAll
    static void start() {
        server = ServerFixture.start(
                folder,
                Map.of(TailraceSettings.PROCESSORS_ENABLED, "false", TailraceSettings.STREAM_READERS, "" + READERS));
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
    void aTopicOfBothFormatsWithTombstonesReadsAsOneStream() {
        String arn = reading.createTable("Mixed", StreamViewType.NEW_AND_OLD_IMAGES);
        reading.put("Mixed", "k", 0, "avro");
        tag("Mixed", Map.of("tailrace:stream.format", "json", "tailrace:stream.tombstones", "true"));
        reading.put("Mixed", "k", 0, "json");
        tables.deleteItem(r -> r.tableName("Mixed").key(key("k", 0)));
        reading.put("Mixed", "k", 1, "json");
        tables.untagResource(
                r -> r.resourceArn(tableArn("Mixed")).tagKeys("tailrace:stream.format", "tailrace:stream.tombstones"));
        tables.deleteItem(r -> r.tableName("Mixed").key(key("k", 1)));

        List<Record> records = reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 5);

        assertThat(records)
                .extracting(Record::eventName)
                .containsExactly(
                        OperationType.INSERT,
                        OperationType.MODIFY,
                        OperationType.REMOVE,
                        OperationType.INSERT,
                        OperationType.REMOVE);
        assertThat(records).extracting(Record::eventID).doesNotHaveDuplicates();
        assertThat(records.get(2).dynamodb().oldImage().get("v").s()).isEqualTo("json");
        Shard shard = shardWith(arn, records.get(0));
        for (int i = 0; i < records.size(); i++) {
            String from = number(records.get(i));
            assertThat(onePerPage(arn, shard, ShardIteratorType.AFTER_SEQUENCE_NUMBER, from, 4 - i))
                    .isEqualTo(records.subList(i + 1, 5));
            assertThat(onePerPage(arn, shard, ShardIteratorType.AT_SEQUENCE_NUMBER, from, 5 - i))
                    .isEqualTo(records.subList(i, 5));
        }
    }

    @Test
    void readersNeitherGrowNorHoldUpWrites() throws Exception {
        String arn = reading.createTable("Watched", StreamViewType.NEW_AND_OLD_IMAGES);
        for (int i = 0; i < WRITES; i++) {
            reading.put("Watched", "k" + i % 20, i, SOME_TEXT);
        }
        List<String> horizon = List.copyOf(
                reading.iterators(arn, ShardIteratorType.TRIM_HORIZON).values());
        for (int i = 0; i < IDLE_ITERATORS / horizon.size(); i++) {
            assertThat(reading.iterators(arn, ShardIteratorType.LATEST)).hasSameSizeAs(horizon);
        }
        assertThat(readerThreads()).as("threads for idle iterators").isLessThanOrEqualTo(READERS);

        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger read = new AtomicInteger();
        ExecutorService loops = Executors.newFixedThreadPool(LOOPS);
        try (RawClient deaf = new RawClient(server.server().port())) {
            for (int i = 0; i < UNREAD_ANSWERS; i++) {
                deaf.send(getRecords(horizon.get(i % horizon.size())));
            }
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < LOOPS; i++) {
                String first = horizon.get(i % horizon.size());
                running.add(loops.submit(() -> readAgainAndAgain(first, stop, read)));
            }
            int most = 0;
            for (int i = 0; i < WRITES; i++) {
                reading.put("Watched", "w" + i % 20, i, "while others read");
                most = Math.max(most, readerThreads());
            }
            ServerFixture.await("the readers read", () -> read.get() > WRITES);
            stop.set(true);
            for (Future<?> loop : running) {
                loop.get(1, TimeUnit.MINUTES);
            }
            assertThat(most).as("threads for %s readers", LOOPS).isBetween(1, READERS);
        } finally {
            stop.set(true);
            loops.shutdown();
        }
        assertThat(reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 2 * WRITES))
                .hasSize(2 * WRITES);
    }

    /** Far behind, and at the end back to the beginning. */
    private static void readAgainAndAgain(String first, AtomicBoolean stop, AtomicInteger read) {
        String next = first;
        while (!stop.get()) {
            String iterator = next;
            GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(iterator));
            read.addAndGet(page.records().size());
            next = page.records().isEmpty() ? first : page.nextShardIterator();
        }
    }

    private static int readerThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tailrace-streams-"))
                .count();
    }

    private static String getRecords(String iterator) {
        String body = "{\"ShardIterator\":\"" + iterator + "\"}";
        return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
                + "X-Amz-Target: DynamoDBStreams_20120810.GetRecords\r\n"
                + "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, "
                + "SignedHeaders=host, Signature=0\r\n"
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static String tableArn(String table) {
        return tables.describeTable(r -> r.tableName(table)).table().tableArn();
    }

    private static void tag(String table, Map<String, String> tags) {
        tables.tagResource(r -> r.resourceArn(tableArn(table))
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
    }

    private static Shard shardWith(String arn, Record record) {
        for (Shard shard : reading.shards(arn)) {
            String iterator = streams.getShardIterator(r ->
                            r.streamArn(arn).shardId(shard.shardId()).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            if (streams.getRecords(r -> r.shardIterator(iterator)).records().contains(record)) {
                return shard;
            }
        }
        throw new AssertionError("no shard has " + record);
    }

    private static List<Record> onePerPage(String arn, Shard shard, ShardIteratorType type, String from, int count) {
        String iterator = streams.getShardIterator(r -> r.streamArn(arn)
                        .shardId(shard.shardId())
                        .shardIteratorType(type)
                        .sequenceNumber(from))
                .shardIterator();
        List<Record> records = new ArrayList<>();
        for (int page = 0; page <= count; page++) {
            String next = iterator;
            GetRecordsResponse response =
                    streams.getRecords(r -> r.shardIterator(next).limit(1));
            records.addAll(response.records());
            iterator = response.nextShardIterator();
        }
        return records;
    }
}
