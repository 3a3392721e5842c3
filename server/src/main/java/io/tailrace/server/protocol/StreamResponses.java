package io.tailrace.server.protocol;

import io.tailrace.capture.streams.GetRecordsResponse;
import io.tailrace.capture.streams.ListStreamsResponse;
import io.tailrace.capture.streams.ListStreamsResponse.StreamSummary;
import io.tailrace.capture.streams.StreamDescription;
import io.tailrace.capture.streams.StreamDescription.ShardDescription;
import java.io.IOException;

/** The answers of DynamoDB Streams, member by member. (API Reference, Streams.) */
final class StreamResponses {
    private StreamResponses() {}

    static void listStreams(JsonWriter out, ListStreamsResponse response) throws IOException {
        out.list("Streams", response.streams(), StreamResponses::summary);
        out.member("LastEvaluatedStreamArn", response.lastEvaluatedStreamArn());
    }

    private static void summary(JsonWriter out, StreamSummary stream) throws IOException {
        out.startObject();
        out.member("StreamArn", stream.streamArn());
        out.member("TableName", stream.tableName());
        out.member("StreamLabel", stream.streamLabel());
        out.endObject();
    }

    static void describeStream(JsonWriter out, StreamDescription response) throws IOException {
        out.member("StreamDescription", response, StreamResponses::description);
    }

    private static void description(JsonWriter out, StreamDescription stream) throws IOException {
        out.startObject();
        out.member("StreamArn", stream.streamArn());
        out.member("StreamLabel", stream.streamLabel());
        out.member("StreamStatus", stream.streamStatus());
        out.member("StreamViewType", stream.streamViewType());
        out.member("CreationRequestDateTime", stream.creationRequestDateTime());
        out.member("TableName", stream.tableName());
        out.list("KeySchema", stream.keySchema(), TableResponses::keySchemaElement);
        out.list("Shards", stream.shards(), StreamResponses::shard);
        out.member("LastEvaluatedShardId", stream.lastEvaluatedShardId());
        out.endObject();
    }

    private static void shard(JsonWriter out, ShardDescription shard) throws IOException {
        out.startObject();
        out.member("ShardId", shard.shardId());
        out.member("SequenceNumberRange", shard, (json, range) -> {
            json.startObject();
            json.member("StartingSequenceNumber", range.startingSequenceNumber());
            json.member("EndingSequenceNumber", range.endingSequenceNumber());
            json.endObject();
        });
        out.member("ParentShardId", shard.parentShardId());
        out.endObject();
    }

    static void getShardIterator(JsonWriter out, String iterator) throws IOException {
        out.member("ShardIterator", iterator);
    }

    static void getRecords(JsonWriter out, GetRecordsResponse response) throws IOException {
        out.list("Records", response.records(), JsonWriter.STREAM_RECORD);
        out.member("NextShardIterator", response.nextShardIterator());
    }
}
