package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads all streams by the DynamoDB Streams API, every shard from its beginning to where it ends now. */
final class StreamsApiReading {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** An open shard is at its end when so many pages in a row are empty: everything is captured before this reads. */
    private static final int EMPTY_PAGES = 2;

    private final ApiClient api;
    private final Problems problems;

    StreamsApiReading(ApiClient api, Problems problems) {
        this.api = api;
        this.problems = problems;
    }

    /** By table name and label, what the streams have. */
    Map<String, RecordLog> read() throws IOException {
        Map<String, RecordLog> streams = new TreeMap<>();
        String after = null;
        do {
            ObjectNode request = Json.object();
            if (after != null) {
                request.put("ExclusiveStartStreamArn", after);
            }
            JsonNode page = ok(api.callStreams("ListStreams", request));
            for (JsonNode stream : page.get("Streams")) {
                String name = stream.get("TableName").asText() + " "
                        + stream.get("StreamLabel").asText();
                streams.put(name, read(name, stream.get("StreamArn").asText()));
            }
            after = page.path("LastEvaluatedStreamArn").asText(null);
        } while (after != null);
        return streams;
    }

    private RecordLog read(String name, String arn) throws IOException {
        List<RecordLog> shards = new ArrayList<>();
        String after = null;
        do {
            ObjectNode request = Json.object().put("StreamArn", arn);
            if (after != null) {
                request.put("ExclusiveStartShardId", after);
            }
            JsonNode description =
                    ok(api.callStreams("DescribeStream", request)).get("StreamDescription");
            for (JsonNode shard : description.get("Shards")) {
                RecordLog log = readShard(arn, shard);
                String id = shard.get("ShardId").asText();
                log.firstDisorder().ifPresent(disorder -> problems.add("shard %s of %s: %s", id, name, disorder));
                shards.add(log);
            }
            after = description.path("LastEvaluatedShardId").asText(null);
        } while (after != null);
        return RecordLog.merged(shards);
    }

    private RecordLog readShard(String arn, JsonNode shard) throws IOException {
        RecordLog log = new RecordLog();
        ObjectNode start = Json.object().put("StreamArn", arn).put("ShardIteratorType", "TRIM_HORIZON");
        start.set("ShardId", shard.get("ShardId"));
        String iterator = ok(api.callStreams("GetShardIterator", start))
                .get("ShardIterator")
                .asText();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int emptyPages = 0;
        while (iterator != null && emptyPages < EMPTY_PAGES) {
            assertThat(System.nanoTime()).as("reading %s of %s", shard, arn).isLessThan(deadline);
            JsonNode page = ok(api.callStreams("GetRecords", Json.object().put("ShardIterator", iterator)));
            for (JsonNode record : page.get("Records")) {
                SequenceNumbers.Position position = SequenceNumbers.parse(
                                record.get("dynamodb").get("SequenceNumber").asText())
                        .orElseThrow();
                log.add(position, StreamContent.shown(record));
            }
            // A closed shard says itself where it ends.
            boolean closed = shard.path("SequenceNumberRange").has("EndingSequenceNumber");
            emptyPages = page.get("Records").isEmpty() && !closed ? emptyPages + 1 : 0;
            iterator = page.path("NextShardIterator").asText(null);
        }
        return log;
    }

    private static JsonNode ok(ApiClient.Reply reply) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        return reply.body();
    }
}
