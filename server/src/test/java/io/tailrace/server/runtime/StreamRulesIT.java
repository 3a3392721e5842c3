package io.tailrace.server.runtime;

import static io.tailrace.server.runtime.StreamReading.item;
import static io.tailrace.server.runtime.StreamReading.key;
import static io.tailrace.server.runtime.StreamReading.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tailrace.server.admin.PartState;
import io.tailrace.server.settings.TailraceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Rules of the streams API that an audit found untested: writes without effect, sizes, bounds of parameters, foreign ARNs. */
final class StreamRulesIT {
    private static final String MISSING_SHARD = "shardId-00000001414562045508-2bac9cd2";

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
    void whatChangesNothingMakesNoRecord() {
        String table = "Unchanged";
        String arn = reading.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        Map<String, AttributeValue> item = new HashMap<>(key("a", 1));
        item.put("number", AttributeValue.fromN("1.50"));
        item.put("set", AttributeValue.fromSs(List.of("x", "y")));
        item.put("map", AttributeValue.fromM(Map.of("p", AttributeValue.fromN("2"), "q", AttributeValue.fromS(""))));
        tables.putItem(r -> r.tableName(table).item(item));
        Map<String, AttributeValue> same = new HashMap<>(item);
        same.put("number", AttributeValue.fromN("15e-1"));
        same.put("set", AttributeValue.fromSs(List.of("y", "x")));
        same.put("map", AttributeValue.fromM(Map.of("q", AttributeValue.fromS(""), "p", AttributeValue.fromN("2.0"))));

        tables.putItem(r -> r.tableName(table).item(same));
        update(table, null, Map.of());
        update(table, "REMOVE nothing", Map.of());
        update(table, "SET #n = #n + :zero", Map.of(":zero", AttributeValue.fromN("0")));
        update(table, "ADD #s :has", Map.of(":has", AttributeValue.fromSs(List.of("x"))));
        update(table, "DELETE #s :other", Map.of(":other", AttributeValue.fromSs(List.of("z"))));
        tables.deleteItem(r -> r.tableName(table).key(key("nobody", 1)));
        batches(table, same);
        tables.executeStatement(r -> r.statement("UPDATE \"" + table + "\" SET number = 1.5 WHERE k = 'a' AND n = 1"));
        assertThatThrownBy(() -> tables.putItem(
                        r -> r.tableName(table).item(key("a", 1)).conditionExpression("attribute_not_exists(k)")))
                .isInstanceOf(ConditionalCheckFailedException.class);
        reading.put(table, "a", 2, "the end");

        assertThat(reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 2))
                .extracting(Record::eventName, record -> record.dynamodb().keys())
                .containsExactly(tuple(OperationType.INSERT, key("a", 1)), tuple(OperationType.INSERT, key("a", 2)));
    }

    private static void batches(String table, Map<String, AttributeValue> same) {
        tables.batchWriteItem(r -> r.requestItems(Map.of(
                table,
                List.of(
                        WriteRequest.builder().putRequest(p -> p.item(same)).build(),
                        WriteRequest.builder()
                                .deleteRequest(d -> d.key(key("nobody", 1)))
                                .build()))));
        tables.transactWriteItems(r -> r.transactItems(
                TransactWriteItem.builder()
                        .put(p -> p.tableName(table).item(same))
                        .build(),
                TransactWriteItem.builder()
                        .delete(d -> d.tableName(table).key(key("nobody", 1)))
                        .build(),
                TransactWriteItem.builder()
                        .conditionCheck(c ->
                                c.tableName(table).key(key("nobody", 2)).conditionExpression("attribute_not_exists(k)"))
                        .build()));
    }

    private static void update(String table, String expression, Map<String, AttributeValue> values) {
        Map<String, String> names = new HashMap<>();
        if (expression != null && expression.contains("#n")) {
            names.put("#n", "number");
        }
        if (expression != null && expression.contains("#s")) {
            names.put("#s", "set");
        }
        tables.updateItem(r -> r.tableName(table)
                .key(key("a", 1))
                .updateExpression(expression)
                .expressionAttributeNames(names.isEmpty() ? null : names)
                .expressionAttributeValues(values.isEmpty() ? null : values));
    }

    @Test
    void sizesAreThoseOfTheKeysAndTheImagesShown() {
        int keys = 1 + 1 + 1 + 2;
        int first = keys + 1 + 1;
        int second = keys + 1 + 3;
        Map<StreamViewType, List<Long>> sizes = Map.of(
                StreamViewType.KEYS_ONLY, sizes(keys, keys, keys),
                StreamViewType.NEW_IMAGE, sizes(keys + first, keys + second, keys),
                StreamViewType.OLD_IMAGE, sizes(keys, keys + first, keys + second),
                StreamViewType.NEW_AND_OLD_IMAGES, sizes(keys + first, keys + first + second, keys + second));
        sizes.forEach((view, expected) -> {
            String table = "Sizes-" + view;
            String arn = reading.createTable(table, view);
            reading.put(table, "a", 1, "x");
            reading.put(table, "a", 1, "xyz");
            tables.deleteItem(r -> r.tableName(table).key(key("a", 1)));
            assertThat(reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 3))
                    .as(view.toString())
                    .extracting(record -> record.dynamodb().sizeBytes())
                    .isEqualTo(expected);
        });
    }

    private static List<Long> sizes(long insert, long modify, long remove) {
        return List.of(insert, modify, remove);
    }

    @Test
    void nothingIsBehindTheEndOfAClosedShard() {
        String arn = reading.createTable("Closed", StreamViewType.NEW_IMAGE);
        reading.put("Closed", "a", 1, "v");
        tables.updateTable(r -> r.tableName("Closed").streamSpecification(s -> s.streamEnabled(false)));
        List<Record> records = reading.readToTheEnd(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON));
        assertThat(records).hasSize(1);
        assertThat(records.get(0).dynamodb().newImage()).isEqualTo(item("a", 1, "v"));
        assertThat(reading.readToTheEnd(reading.iterators(arn, ShardIteratorType.LATEST)))
                .isEmpty();
        for (Shard shard : reading.shards(arn)) {
            String end = shard.sequenceNumberRange().endingSequenceNumber();
            assertThat(number(records.get(0))).isLessThan(end);
            for (ShardIteratorType type :
                    List.of(ShardIteratorType.AT_SEQUENCE_NUMBER, ShardIteratorType.AFTER_SEQUENCE_NUMBER)) {
                Map<String, String> atTheEnd = new HashMap<>(Map.of(
                        shard.shardId(),
                        streams.getShardIterator(r -> r.streamArn(arn)
                                        .shardId(shard.shardId())
                                        .shardIteratorType(type)
                                        .sequenceNumber(end))
                                .shardIterator()));
                assertThat(reading.readToTheEnd(atTheEnd)).isEmpty();
            }
        }
    }

    @Test
    void streamsOfOthersAreNotFound() {
        String arn = reading.createTable("Foreign", StreamViewType.KEYS_ONLY);
        String shard = reading.shards(arn).get(0).shardId();
        for (String other : List.of(
                arn.replace("us-east-1", "eu-west-1"),
                arn.replace("000000000000", "123456789012"),
                arn.replace("/Foreign/", "/Missing/"),
                arn.substring(0, arn.indexOf("/stream/")),
                arn + "0",
                "x".repeat(37))) {
            notFound(other, () -> streams.describeStream(r -> r.streamArn(other)));
            notFound(
                    other,
                    () -> streams.getShardIterator(
                            r -> r.streamArn(other).shardId(shard).shardIteratorType(ShardIteratorType.LATEST)));
        }
    }

    private static void notFound(String arn, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Stream: " + arn + " not found");
    }

    @Test
    void parametersHaveTheirBounds() {
        String arn = reading.createTable("Bounds", StreamViewType.KEYS_ONLY);
        String shard = reading.shards(arn).get(0).shardId();
        String iterator = reading.iterators(arn, ShardIteratorType.TRIM_HORIZON).get(shard);
        tooSmall("limit", () -> streams.listStreams(r -> r.limit(0)));
        tooSmall("limit", () -> streams.describeStream(r -> r.streamArn(arn).limit(0)));
        tooSmall(
                "limit", () -> streams.getRecords(r -> r.shardIterator(iterator).limit(0)));
        refused(
                "Limit cannot be greater than the maximum allowed size: 100",
                () -> streams.listStreams(r -> r.limit(101)));
        refused(
                "Limit cannot be greater than the maximum: 100",
                () -> streams.describeStream(r -> r.streamArn(arn).limit(101)));
        assertThat(streams.getRecords(r -> r.shardIterator(iterator).limit(1000))
                        .records())
                .isEmpty();
        tooShort(37, "streamArn", () -> streams.describeStream(r -> r.streamArn("x")));
        tooShort(
                28,
                "exclusiveStartShardId",
                () -> streams.describeStream(r -> r.streamArn(arn).exclusiveStartShardId("x")));
        tooShort(
                28,
                "shardId",
                () -> streams.getShardIterator(
                        r -> r.streamArn(arn).shardId("x").shardIteratorType(ShardIteratorType.LATEST)));
        tooShort(
                21,
                "sequenceNumber",
                () -> streams.getShardIterator(r -> r.streamArn(arn)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .sequenceNumber("1")));
        tooShort(1, "shardIterator", () -> streams.getRecords(r -> r.shardIterator("")));
        refused(
                "at 'shardIterator' failed to satisfy constraint: Member must have length less than or equal to 2048",
                () -> streams.getRecords(r -> r.shardIterator("x".repeat(2049))));
        refused(
                "3 validation errors detected: Value null at 'streamArn' failed to satisfy constraint: Member must not "
                        + "be null; Value null at 'shardId' failed to satisfy constraint: Member must not be null; Value "
                        + "null at 'shardIteratorType' failed to satisfy constraint: Member must not be null",
                () -> streams.getShardIterator(r -> {}));
        refused("Value null at 'shardIterator'", () -> streams.getRecords(r -> {}));
        // A shard that is not there is a place in the order of ids, as a stream is in that of ARNs.
        assertThat(streams.describeStream(r -> r.streamArn(arn).exclusiveStartShardId(MISSING_SHARD))
                        .streamDescription()
                        .shards())
                .isEqualTo(reading.shards(arn));
    }

    private static void tooSmall(String member, ThrowingCallable call) {
        refused(
                "1 validation error detected: Value '0' at '" + member
                        + "' failed to satisfy constraint: Member must have value greater than or equal to 1",
                call);
    }

    private static void tooShort(int length, String member, ThrowingCallable call) {
        refused(
                "at '" + member + "' failed to satisfy constraint: Member must have length greater than or equal to "
                        + length,
                call);
    }

    private static void refused(String message, ThrowingCallable call) {
        Consumer<DynamoDbException> isValidation =
                error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(DynamoDbException.class, isValidation)
                .hasMessageContaining(message);
    }

    @Test
    void streamsAreListedPageByPage() {
        List<String> arns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            arns.add(reading.createTable("Page-" + i, StreamViewType.KEYS_ONLY));
        }
        List<String> listed = new ArrayList<>();
        String[] start = new String[1];
        do {
            ListStreamsResponse page = streams.listStreams(r -> r.limit(2).exclusiveStartStreamArn(start[0]));
            assertThat(page.streams()).hasSizeLessThanOrEqualTo(2);
            page.streams().stream().map(Stream::streamArn).forEach(listed::add);
            start[0] = page.lastEvaluatedStreamArn();
        } while (start[0] != null);
        assertThat(listed).doesNotHaveDuplicates().isSorted().containsAll(arns);
        assertThat(streams.listStreams(r -> r.tableName("Nobody")).streams()).isEmpty();
        assertThat(streams.listStreams(r -> r.tableName("Page-1").exclusiveStartStreamArn(arns.get(0)))
                        .streams())
                .extracting(Stream::streamArn)
                .containsExactly(arns.get(1));
    }
}
