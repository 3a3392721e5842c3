package io.tailrace.server.runtime;

import static io.tailrace.server.runtime.StreamReading.item;
import static io.tailrace.server.runtime.StreamReading.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.topic.Topics;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.cli.StreamCommand;
import io.tailrace.server.settings.TailraceSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Streams begin and end, and so do their shards, and who follows them from parents to children misses nothing, restarts included. */
final class StreamShardsIT {
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
    void shardsAreDescribedPageByPage() {
        String arn = reading.createTable("Described", StreamViewType.KEYS_ONLY);
        StreamDescription description =
                streams.describeStream(r -> r.streamArn(arn)).streamDescription();
        assertThat(description.streamStatus()).isEqualTo(StreamStatus.ENABLED);
        assertThat(description.streamViewType()).isEqualTo(StreamViewType.KEYS_ONLY);
        assertThat(description.tableName()).isEqualTo("Described");
        assertThat(arn).endsWith(":table/Described/stream/" + description.streamLabel());
        assertThat(description.creationRequestDateTime()).isEqualTo(Instant.parse(description.streamLabel() + "Z"));
        assertThat(description.keySchema()).hasSize(2);
        assertThat(description.shards()).hasSize(4).allSatisfy(shard -> {
            assertThat(shard.shardId()).hasSizeBetween(28, 65);
            assertThat(shard.sequenceNumberRange().startingSequenceNumber()).hasSize(21);
            assertThat(shard.sequenceNumberRange().endingSequenceNumber()).isNull();
            assertThat(shard.parentShardId()).isNull();
        });
        List<Shard> paged = new ArrayList<>();
        String[] start = new String[1];
        do {
            StreamDescription page = streams.describeStream(
                            r -> r.streamArn(arn).limit(3).exclusiveStartShardId(start[0]))
                    .streamDescription();
            paged.addAll(page.shards());
            start[0] = page.lastEvaluatedShardId();
        } while (start[0] != null);
        assertThat(paged).isEqualTo(description.shards());
        assertThat(streams.describeStream(r -> r.streamArn(arn)
                                .shardFilter(f -> f.type("CHILD_SHARDS")
                                        .shardId(paged.get(0).shardId())))
                        .streamDescription()
                        .shards())
                .isEmpty();
        assertThat(streams.listStreams(r -> r.tableName("Described")).streams())
                .extracting(Stream::streamArn)
                .containsExactly(arn);
    }

    @Test
    void aDisabledStreamIsClosedAndReadableAndTheNextIsAnother() {
        String first = reading.createTable("Switched", StreamViewType.KEYS_ONLY);
        reading.put("Switched", "a", 1, "v");
        Map<String, String> latest = reading.iterators(first, ShardIteratorType.LATEST);
        disable("Switched");
        reading.put("Switched", "a", 2, "not in any stream");
        assertThat(streams.describeStream(r -> r.streamArn(first))
                        .streamDescription()
                        .streamStatus())
                .isEqualTo(StreamStatus.DISABLED);
        assertThat(tables.describeTable(r -> r.tableName("Switched")).table().latestStreamArn())
                .isEqualTo(first);
        assertThat(reading.readToTheEnd(latest)).isEmpty();
        String second = tables.updateTable(r -> r.tableName("Switched")
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
        assertThat(second).isNotEqualTo(first);
        reading.put("Switched", "a", 3, "v");
        assertThat(streams.listStreams(r -> r.tableName("Switched")).streams())
                .extracting(Stream::streamArn)
                .containsExactly(first, second);

        Map<String, String> firstIterators = reading.iterators(first, ShardIteratorType.TRIM_HORIZON);
        List<Record> firstRecords = reading.readToTheEnd(firstIterators);
        List<Record> secondRecords = reading.read(reading.iterators(second, ShardIteratorType.TRIM_HORIZON), 1);

        assertThat(firstRecords).extracting(StreamShardsIT::n).containsExactly("1");
        assertThat(secondRecords).extracting(StreamShardsIT::n).containsExactly("3");
        assertThat(secondRecords.get(0).dynamodb().newImage()).isEqualTo(item("a", 3, "v"));
        for (Shard shard : reading.shards(first)) {
            assertThat(number(firstRecords.get(0)))
                    .isBetween(
                            shard.sequenceNumberRange().startingSequenceNumber(),
                            shard.sequenceNumberRange().endingSequenceNumber());
        }
        for (Shard shard : reading.shards(second)) {
            assertThat(shard.sequenceNumberRange().endingSequenceNumber()).isNull();
            assertThat(shard.sequenceNumberRange().startingSequenceNumber())
                    .isBetween(number(firstRecords.get(0)), number(secondRecords.get(0)));
        }
    }

    private static String n(Record record) {
        return record.dynamodb().keys().get("n").n();
    }

    private static void disable(String table) {
        tables.updateTable(r -> r.tableName(table).streamSpecification(s -> s.streamEnabled(false)));
    }

    @Test
    void aDeletedTablesStreamStaysReadable() {
        String arn = reading.createTable("Deleted", StreamViewType.NEW_IMAGE);
        reading.put("Deleted", "a", 1, "v");
        tables.deleteTable(r -> r.tableName("Deleted"));
        String next = reading.createTable("Deleted", StreamViewType.NEW_IMAGE);
        reading.put("Deleted", "b", 2, "v");
        assertThat(streams.listStreams(r -> r.tableName("Deleted")).streams())
                .extracting(Stream::streamArn)
                .containsExactly(arn, next);
        assertThat(reading.readToTheEnd(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON)))
                .extracting(StreamShardsIT::n)
                .containsExactly("1");
        assertThat(reading.read(reading.iterators(next, ShardIteratorType.TRIM_HORIZON), 1))
                .extracting(StreamShardsIT::n)
                .containsExactly("2");
    }

    @Test
    void iteratorsOutliveTheServer() {
        String arn = reading.createTable("Restarted", StreamViewType.KEYS_ONLY);
        String closed = reading.createTable("RestartedClosed", StreamViewType.KEYS_ONLY);
        for (int i = 0; i < 6; i++) {
            reading.put("Restarted", "same", i, "v");
            reading.put("RestartedClosed", "same", i, "v");
        }
        disable("RestartedClosed");
        Map<String, String> horizon = reading.iterators(arn, ShardIteratorType.TRIM_HORIZON);
        Map<String, String> latest = reading.iterators(arn, ShardIteratorType.LATEST);
        Map<String, String> read = reading.iterators(arn, ShardIteratorType.TRIM_HORIZON);
        Map<String, String> ended = reading.iterators(closed, ShardIteratorType.TRIM_HORIZON);
        List<Record> records = reading.read(read, 6);

        stop();
        start();
        reading.put("Restarted", "same", 6, "v");

        assertThat(reading.read(latest, 1)).extracting(StreamShardsIT::n).containsExactly("6");
        assertThat(reading.read(read, 1)).extracting(StreamShardsIT::n).containsExactly("6");
        assertThat(reading.read(horizon, 7).subList(0, 6)).isEqualTo(records);
        assertThat(reading.readToTheEnd(ended)).hasSize(6);
        assertThat(streams.listStreams(r -> r.tableName("RestartedClosed")).streams())
                .extracting(Stream::streamArn)
                .containsExactly(closed);
    }

    @Test
    void theCommandListsStreams() {
        String arn = reading.createTable("Listed", StreamViewType.KEYS_ONLY);
        reading.put("Listed", "a", 1, "v");
        reading.put("Listed", "a", 2, "v");
        reading.read(reading.iterators(arn, ShardIteratorType.TRIM_HORIZON), 2);
        StringWriter out = new StringWriter();
        int exit = StreamCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "list",
                        "Listed",
                        "--port",
                        Integer.toString(server.server().port()),
                        "--bootstrap-servers",
                        server.server().bootstrapServers().orElseThrow());
        assertThat(exit).isZero();
        assertThat(out.toString())
                .startsWith("Listed  ENABLED  KEYS_ONLY  " + arn)
                .contains(reading.shards(arn).get(3).shardId() + "  from 1")
                .contains("  open")
                .contains("topic: ")
                .contains(" 2 ");
    }

    @Test
    void shardsRollOverAndAreReadToTheirEnds() {
        String arn = reading.createTable("Rolled", StreamViewType.NEW_IMAGE);
        Map<String, String> latest = reading.iterators(arn, ShardIteratorType.LATEST);
        reading.put("Rolled", "a", 1, "v");
        List<String> parents = reading.shards(arn).stream().map(Shard::shardId).toList();
        assertThat(server.post("/streams/Rolled/roll").statusCode()).isEqualTo(200);
        reading.put("Rolled", "a", 2, "v");

        List<Shard> shards = reading.shards(arn);
        assertThat(shards).hasSize(8);
        for (int i = 0; i < 4; i++) {
            Shard parent = shards.get(i);
            Shard child = shards.get(i + 4);
            assertThat(parent.shardId()).isEqualTo(parents.get(i));
            assertThat(child.parentShardId()).isEqualTo(parents.get(i));
            assertThat(parent.sequenceNumberRange().endingSequenceNumber())
                    .isGreaterThan(parent.sequenceNumberRange().startingSequenceNumber())
                    .isLessThan(child.sequenceNumberRange().startingSequenceNumber());
            assertThat(child.sequenceNumberRange().endingSequenceNumber()).isNull();
            assertThat(streams.describeStream(r -> r.streamArn(arn)
                                    .shardFilter(f -> f.type("CHILD_SHARDS").shardId(parent.shardId())))
                            .streamDescription()
                            .shards())
                    .containsExactly(child);
        }
        assertThat(reading.readToTheEnd(latest)).extracting(StreamShardsIT::n).containsExactly("1");
        Map<String, String> all = reading.iterators(arn, ShardIteratorType.TRIM_HORIZON);
        List<Record> records = reading.read(all, 2);
        assertThat(records).extracting(StreamShardsIT::n).containsExactly("1", "2");
        ServerFixture.await("the ends of the closed shards", () -> {
            reading.read(all, 0);
            return all.size() == 4;
        });
        assertThat(all).doesNotContainKeys(parents.toArray(String[]::new));
        Shard closed = shardOf(records.get(0), shards.subList(0, 4), arn);
        assertThat(streams.getRecords(r -> r.shardIterator(after(arn, closed, number(records.get(0)))))
                        .nextShardIterator())
                .isNull();
        assertThatThrownBy(() -> after(arn, closed, number(records.get(1))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Invalid SequenceNumber for the shard");
        Map<String, String> behind = reading.iterators(arn, ShardIteratorType.LATEST);
        reading.put("Rolled", "a", 3, "v");
        assertThat(reading.read(behind, 1)).extracting(StreamShardsIT::n).containsExactly("3");
        assertThat(behind).doesNotContainKeys(parents.toArray(String[]::new));
    }

    private static Shard shardOf(Record record, List<Shard> shards, String arn) {
        return shards.stream()
                .filter(shard -> streams.getRecords(r -> r.shardIterator(streams.getShardIterator(i -> i.streamArn(arn)
                                        .shardId(shard.shardId())
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                                .shardIterator()))
                        .records()
                        .contains(record))
                .findFirst()
                .orElseThrow();
    }

    private static String after(String arn, Shard shard, String number) {
        return streams.getShardIterator(r -> r.streamArn(arn)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .sequenceNumber(number))
                .shardIterator();
    }

    @Test
    void aLineageThroughRollsAndARestartHasEveryChangeOnceAndInOrder() {
        String arn = reading.createTable("Lineage", StreamViewType.NEW_IMAGE);
        StreamLineage lineage = new StreamLineage(arn);
        int written = 0;
        for (int round = 0; round < 2; round++) {
            try (StreamWriters writers = new StreamWriters(tables, "Lineage", round)) {
                for (int roll = 0; roll < 3; roll++) {
                    int atLeast = written + 100 * (roll + 1);
                    ServerFixture.await("some writes", () -> lineage.follow(streams) >= atLeast);
                    assertThat(server.post("/streams/Lineage/roll").statusCode())
                            .isEqualTo(200);
                }
                written += writers.stop();
            }
            int all = written;
            if (round == 0) {
                // What is not read yet is read behind the restart, with the iterators from before.
                stop();
                start();
            }
            ServerFixture.await(all + " records", () -> lineage.follow(streams) >= all);
        }
        assertThat(lineage.follow(streams)).isEqualTo(written);
        assertThat(lineage.shards()).isEqualTo(4 * 7);
        assertThat(lineage.items()).isEqualTo(2 * 2 * 8);
    }

    @Test
    void theCommandRollsShardsOver() {
        String arn = reading.createTable("RolledByCommand", StreamViewType.KEYS_ONLY);
        StringWriter out = new StringWriter();
        int exit = StreamCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "roll",
                        "RolledByCommand",
                        "--admin-port",
                        Integer.toString(server.server().adminPort()));
        assertThat(exit).isZero();
        List<Shard> shards = reading.shards(arn);
        assertThat(shards).hasSize(8);
        assertThat(out.toString().lines())
                .hasSize(4)
                .first()
                .isEqualTo(shards.get(0).shardId() + " ends with "
                        + shards.get(0).sequenceNumberRange().endingSequenceNumber() + ", its child is "
                        + shards.get(4).shardId());
    }

    @Test
    void partitionsAndRetentionFollowTheTags() throws Exception {
        String first = reading.createTable(
                "Tagged",
                StreamViewType.KEYS_ONLY,
                tag("tailrace:stream.partitions", "2"),
                tag("tailrace:stream.retention", "72h"));
        assertThat(reading.shards(first)).hasSize(2);
        for (int i = 0; i < 30; i++) {
            reading.put("Tagged", "k" + i, 0, "v");
        }
        assertThat(reading.read(reading.iterators(first, ShardIteratorType.TRIM_HORIZON), 30))
                .hasSize(30);
        assertTopic(2, 72);
        String tableArn = first.substring(0, first.indexOf("/stream/"));
        tables.tagResource(r -> r.resourceArn(tableArn)
                .tags(tag("tailrace:stream.partitions", "6"), tag("tailrace:stream.retention", "96h")));
        server.post("/streams/Tagged/roll");
        assertThat(reading.shards(first)).hasSize(4);
        disable("Tagged");
        String second = tables.updateTable(r -> r.tableName("Tagged")
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
        assertThat(reading.shards(second)).hasSize(6);
        for (int i = 0; i < 30; i++) {
            reading.put("Tagged", "k" + i, 0, "again");
        }
        Map<String, String> all = reading.iterators(second, ShardIteratorType.TRIM_HORIZON);
        assertThat(reading.read(all, 30)).hasSize(30);
        assertTopic(6, 96);
        assertThat(reading.readToTheEnd(reading.iterators(first, ShardIteratorType.TRIM_HORIZON)))
                .hasSize(30);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static void assertTopic(int partitions, int hours) throws Exception {
        String topic = Topics.stream("us-east-1", "Tagged");
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", server.server().bootstrapServers().orElseThrow()))) {
            assertThat(admin.describeTopics(List.of(topic))
                            .allTopicNames()
                            .get(60, TimeUnit.SECONDS)
                            .get(topic)
                            .partitions())
                    .hasSize(partitions);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            assertThat(admin.describeConfigs(List.of(resource))
                            .all()
                            .get(60, TimeUnit.SECONDS)
                            .get(resource)
                            .get("retention.ms")
                            .value())
                    .isEqualTo(Long.toString(hours * 3_600_000L));
        }
    }
}
