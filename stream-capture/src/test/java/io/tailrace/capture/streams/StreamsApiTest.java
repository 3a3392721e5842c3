package io.tailrace.capture.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.capture.streams.DescribeStreamRequest.ShardFilter;
import io.tailrace.capture.streams.ListStreamsResponse.StreamSummary;
import io.tailrace.capture.streams.StreamDescription.ShardDescription;
import io.tailrace.engine.catalog.StreamBoundary;
import io.tailrace.engine.catalog.StreamHistory;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.BillingMode;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Streams and shards are listed page by page with their ranges, and each wrong request is refused in DynamoDB's words. */
class StreamsApiTest {
    private static final Instant NOW = Instant.parse("2026-05-18T10:00:00Z");
    private static final String PREFIX = "arn:aws:dynamodb:us-east-1:000000000000:table/";
    private static final String ARN = PREFIX + "Orders/stream/2026-05-18T09:00:00.000";
    private static final String NO_SHARD = "shardId-00000001414562045508-2bac9cd2";

    private List<TableStream> streams =
            new ArrayList<>(List.of(stream("Orders", "2026-05-18T09:00:00.000", 10, 60, -1)));
    private Instant now = NOW;

    @Test
    void listsInTheOrderOfArnsPageByPage() {
        streams.add(stream("Orders", "2026-05-17T11:00:00.000", 2, 23 * 60, 22 * 60));
        streams.add(stream("Books", "2026-05-18T09:30:00.000", 12, 30, -1));
        streams.add(stream("Gone", "2026-05-16T09:30:00.000", 1, 48 * 60, 24 * 60 + 1));
        List<String> arns = new ArrayList<>();
        String start = null;
        do {
            ListStreamsResponse page = api().listStreams(new ListStreamsRequest(start, 1, null));
            page.streams().forEach(stream -> arns.add(stream.streamArn()));
            start = page.lastEvaluatedStreamArn();
        } while (start != null);
        assertThat(arns)
                .containsExactly(
                        PREFIX + "Books/stream/2026-05-18T09:30:00.000",
                        PREFIX + "Orders/stream/2026-05-17T11:00:00.000",
                        ARN);
        assertThat(api().listStreams(new ListStreamsRequest(null, null, "Books"))
                        .streams())
                .containsExactly(new StreamSummary(arns.get(0), "Books", "2026-05-18T09:30:00.000"));
        assertThat(api().listStreams(new ListStreamsRequest(null, null, "Nobody"))
                        .streams())
                .isEmpty();
    }

    @Test
    void describesAnOpenStream() {
        StreamDescription description = describe(ARN, null, null, null);
        assertThat(description.streamStatus()).isEqualTo("ENABLED");
        assertThat(description.streamViewType()).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(description.creationRequestDateTime()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(description.keySchema()).hasToString("[KeySchemaElement[attributeName=pk, keyType=HASH]]");
        assertThat(description.shards())
                .containsExactly(
                        new ShardDescription(
                                "shardId-00000001779094800000-00000000", "100000000000000010000", null, null),
                        new ShardDescription(
                                "shardId-00000001779094800000-00000001", "100000000000000010000", null, null));
        assertThat(description.lastEvaluatedShardId()).isNull();
    }

    @Test
    void generationsOfShardsFollowOneAnother() {
        TableStream stream = streams.remove(0);
        streams.add(new TableStream(
                stream.table(), List.of(boundary(10, 60), boundary(20, 50), boundary(30, 40)), boundary(44, 10)));
        StreamDescription all = describe(ARN, null, null, null);
        assertThat(all.streamStatus()).isEqualTo("DISABLED");
        assertThat(all.shards()).hasSize(6);
        for (int i = 0; i < 6; i++) {
            ShardDescription shard = all.shards().get(i);
            assertThat(shard.parentShardId())
                    .isEqualTo(i < 2 ? null : all.shards().get(i - 2).shardId());
            assertThat(shard.startingSequenceNumber()).isLessThanOrEqualTo(shard.endingSequenceNumber());
            if (i >= 2) {
                assertThat(all.shards().get(i - 2).endingSequenceNumber()).isLessThan(shard.startingSequenceNumber());
            }
        }
        assertThat(all.shards().get(5).endingSequenceNumber()).isEqualTo("100000000000000043999");
        StreamDescription page = describe(ARN, 4, null, null);
        assertThat(page.shards()).isEqualTo(all.shards().subList(0, 4));
        assertThat(page.lastEvaluatedShardId()).isEqualTo(all.shards().get(3).shardId());
        StreamDescription rest = describe(ARN, 4, page.lastEvaluatedShardId(), null);
        assertThat(rest.shards()).isEqualTo(all.shards().subList(4, 6));
        assertThat(rest.lastEvaluatedShardId()).isNull();
        String parent = all.shards().get(1).shardId();
        assertThat(describe(ARN, null, null, new ShardFilter("CHILD_SHARDS", parent))
                        .shards())
                .containsExactly(all.shards().get(3));
        assertThat(describe(ARN, null, null, new ShardFilter("CHILD_SHARDS", NO_SHARD))
                        .shards())
                .isEmpty();
    }

    @Test
    void shardsOfOneMillisecondHaveTheirOwnIdsParentsFirst() {
        TableStream stream = streams.remove(0);
        streams.add(new TableStream(
                stream.table(), List.of(boundary(10, 60), boundary(11, 60), boundary(12, 60)), boundary(13, 60)));
        List<String> ids = describe(ARN, null, null, null).shards().stream()
                .map(ShardDescription::shardId)
                .toList();
        assertThat(ids).hasSize(6).doesNotHaveDuplicates().isSorted();
        assertThat(describe(ARN, null, ids.get(1), null).shards())
                .extracting(ShardDescription::parentShardId)
                .containsExactlyElementsOf(ids.subList(0, 4));
    }

    @Test
    void shardsVanishWhenAllTheirRecordsAreOlderThanTheRetention() {
        TableStream stream = streams.remove(0);
        List<StreamBoundary> generations = List.of(boundary(10, 26 * 60), boundary(20, 24 * 60 + 1), boundary(30, 60));
        streams.add(new TableStream(stream.table(), generations, null));
        List<ShardDescription> left = describe(ARN, null, null, null).shards();
        assertThat(left).hasSize(4);
        assertThat(left.get(0).startingSequenceNumber()).isEqualTo("100000000000000020000");
        String gone = left.get(0).parentShardId();
        assertThat(describe(ARN, null, null, new ShardFilter("CHILD_SHARDS", gone))
                        .shards())
                .containsExactly(left.get(0));
        assertThatThrownBy(() -> api().getShardIterator(new GetShardIteratorRequest(ARN, gone, "TRIM_HORIZON", null)))
                .hasMessage("Requested resource not found: Shard does not exist");
        TableStream asKept = new TableStream(
                stream.table(), generations.get(0), 1, generations.get(0), generations.subList(1, 3), null);
        streams.set(0, asKept);
        assertThat(describe(ARN, null, null, null).shards()).isEqualTo(left);
        assertThat(describe(ARN, null, null, null).creationRequestDateTime())
                .isEqualTo(NOW.minus(Duration.ofHours(26)));
        now = NOW.plus(Duration.ofHours(24));
        assertThat(describe(ARN, null, null, null).shards())
                .extracting(ShardDescription::parentShardId)
                .containsExactly(left.get(0).shardId(), left.get(1).shardId());
    }

    @Test
    void tagsAndWhatWasNotedCountForTheirTable() {
        TableStream stream = streams.remove(0);
        TableDefinition table = tagged(stream.table(), Map.of("tailrace:stream.retention", "48h"))
                .withDetails(stream.table().details().withStreamShards(new StreamShards(3, 1)));
        streams.add(
                new TableStream(table, List.of(boundary(10, 50 * 60), boundary(20, 47 * 60)), boundary(30, 46 * 60)));
        assertThat(describe(ARN, null, null, null).shards()).hasSize(6);
        now = NOW.plus(Duration.ofMinutes(61));
        assertThat(describe(ARN, null, null, null).shards()).hasSize(3);
        now = NOW.plus(Duration.ofMinutes(121));
        assertThatThrownBy(() -> describe(ARN, null, null, null)).hasMessageContaining("not found");
    }

    @Test
    void wrongRequestsAreRefused() {
        StreamsApi api = api();
        refused(
                () -> api.listStreams(new ListStreamsRequest(null, 0, null)),
                "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value "
                        + "greater than or equal to 1");
        refused(
                () -> api.listStreams(new ListStreamsRequest(null, 101, null)),
                "One or more parameter values were invalid: Limit cannot be greater than the maximum allowed size: 100");
        refused(
                () -> api.listStreams(new ListStreamsRequest("x", null, "a b")),
                "2 validation errors detected: Value 'x' at 'exclusiveStartStreamArn' failed to satisfy constraint: Member "
                        + "must have length greater than or equal to 37; Value 'a b' at 'tableName' failed to satisfy "
                        + "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        refused(
                () -> describe(null, null, null, null),
                "1 validation error detected: Value null at 'streamArn' failed to satisfy constraint: Member must not be "
                        + "null");
        refused(
                () -> describe(ARN, 101, null, null),
                "One or more parameter values were invalid: Limit cannot be greater than the maximum: 100");
        refused(
                () -> describe(ARN, null, null, new ShardFilter("X", NO_SHARD)),
                "1 validation error detected: Value 'X' at 'shardFilter.type' failed to satisfy constraint: Member must "
                        + "satisfy enum value set: [CHILD_SHARDS]");
        refused(
                () -> iterator("AT_SEQUENCE_NUMBER", null),
                "One or more parameter values were invalid: Invalid SequenceNumber");
        refused(
                () -> iterator("LATEST", "100000000000000010000"),
                "One or more parameter values were invalid: SequenceNumber should not be passed for this iterator type");
        for (String number :
                List.of("100000000000000009999", "000000000000000000001", "100000000000000051000", "x".repeat(21))) {
            refused(() -> iterator("AFTER_SEQUENCE_NUMBER", number), "Invalid SequenceNumber for the shard");
        }
        refused(
                () -> api.getRecords(new GetRecordsRequest("x", 1001)),
                "One or more parameter values were invalid: Limit should be less than or equal to 1000");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String other = ARN.replace("Orders", "Others");
        assertThatThrownBy(() -> describe(other, null, null, null))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        error -> assertThat(error.type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND))
                .hasMessage("Requested resource not found: Stream: " + other + " not found");
        assertThatThrownBy(() -> api().getShardIterator(new GetShardIteratorRequest(ARN, NO_SHARD, "LATEST", null)))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        error -> assertThat(error.type()).isEqualTo(ErrorType.RESOURCE_NOT_FOUND))
                .hasMessage("Requested resource not found: Shard does not exist");
    }

    @Test
    void iteratorsEndAfterAQuarterOfAnHour() {
        String iterator = iterator("TRIM_HORIZON", null);
        now = NOW.plus(Duration.ofMinutes(15));
        assertThatThrownBy(() -> api().getRecords(new GetRecordsRequest(iterator, null)))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        error -> assertThat(error.type()).isEqualTo(ErrorType.INTERNAL_SERVER_ERROR))
                .hasMessageContaining("Kafka is not up yet");
        now = NOW.plus(Duration.ofMinutes(15)).plusMillis(1);
        assertThatThrownBy(() -> api().getRecords(new GetRecordsRequest(iterator, null)))
                .isInstanceOfSatisfying(
                        DynamoException.class, error -> assertThat(error.type()).isEqualTo(ErrorType.EXPIRED_ITERATOR));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DynamoException.class, error -> assertThat(error.type()).isEqualTo(ErrorType.VALIDATION))
                .hasMessage(message);
    }

    private StreamDescription describe(String arn, Integer limit, String start, ShardFilter filter) {
        return api().describeStream(new DescribeStreamRequest(arn, limit, start, filter));
    }

    private String iterator(String type, String number) {
        String shard = "shardId-00000001779094800000-00000001";
        return api().getShardIterator(new GetShardIteratorRequest(ARN, shard, type, number))
                .join();
    }

    private StreamsApi api() {
        StreamCatalog catalog = new StreamCatalog(
                "us-east-1",
                () -> StreamHistory.of(streams),
                () -> 50,
                StreamOptions.DEFAULT.withPartitions(2),
                Clock.fixed(now, ZoneOffset.UTC));
        return new StreamsApi(catalog, new IteratorTokens(new byte[IteratorTokens.KEY_BYTES]), Optional::empty);
    }

    private static StreamBoundary boundary(long sequence, long minutesAgo) {
        return new StreamBoundary(new SequenceNumbers.Position(sequence, 0), NOW.minus(Duration.ofMinutes(minutesAgo)));
    }

    private static TableStream stream(
            String table, String label, long start, long startMinutesAgo, long endMinutesAgo) {
        TableDefinition definition = new TableDefinition(
                (int) start,
                "id",
                table,
                new KeySchema(List.of(new KeyAttribute("pk", AttributeType.S)), List.of()),
                Map.of("pk", AttributeType.S),
                List.of(),
                List.of(),
                BillingMode.PAY_PER_REQUEST,
                null,
                new StreamDefinition(StreamViewType.NEW_AND_OLD_IMAGES, label),
                null,
                false,
                Map.of(),
                NOW);
        return new TableStream(
                definition,
                List.of(boundary(start, startMinutesAgo)),
                endMinutesAgo < 0 ? null : boundary(start + 1, endMinutesAgo));
    }

    private static TableDefinition tagged(TableDefinition table, Map<String, String> tags) {
        return new TableDefinition(
                table.id(),
                table.tableUuid(),
                table.name(),
                table.key(),
                table.attributeTypes(),
                table.localSecondaryIndexes(),
                table.globalSecondaryIndexes(),
                table.billingMode(),
                table.provisionedThroughput(),
                table.stream(),
                table.ttlAttribute(),
                table.deletionProtection(),
                tags,
                table.created(),
                table.details());
    }
}
