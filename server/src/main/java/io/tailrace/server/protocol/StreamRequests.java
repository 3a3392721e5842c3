package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.INTEGER;
import static io.tailrace.server.protocol.JsonType.STRING;

import io.tailrace.capture.streams.DescribeStreamRequest;
import io.tailrace.capture.streams.DescribeStreamRequest.ShardFilter;
import io.tailrace.capture.streams.GetRecordsRequest;
import io.tailrace.capture.streams.GetShardIteratorRequest;
import io.tailrace.capture.streams.ListStreamsRequest;

/** The requests of DynamoDB Streams, member by member. (API Reference, Streams.) */
final class StreamRequests {
    private static final Member<String> STREAM_ARN = new Member<>("StreamArn", STRING);
    private static final Member<String> TABLE_NAME = new Member<>("TableName", STRING);
    private static final Member<String> START_ARN = new Member<>("ExclusiveStartStreamArn", STRING);
    private static final Member<String> START_SHARD = new Member<>("ExclusiveStartShardId", STRING);
    private static final Member<String> SHARD_ID = new Member<>("ShardId", STRING);
    private static final Member<String> TYPE = new Member<>("Type", STRING);
    private static final Member<String> ITERATOR_TYPE = new Member<>("ShardIteratorType", STRING);
    private static final Member<String> SEQUENCE_NUMBER = new Member<>("SequenceNumber", STRING);
    private static final Member<String> ITERATOR = new Member<>("ShardIterator", STRING);
    private static final Member<Integer> LIMIT = new Member<>("Limit", INTEGER);
    private static final Member<ShardFilter> SHARD_FILTER = new Member<>(
            "ShardFilter",
            Structure.of("ShardFilter", in -> new ShardFilter(in.get(TYPE), in.get(SHARD_ID)), TYPE, SHARD_ID));

    static final Structure<ListStreamsRequest> LIST_STREAMS = Structure.of(
            "ListStreamsInput",
            in -> new ListStreamsRequest(in.get(START_ARN), in.get(LIMIT), in.get(TABLE_NAME)),
            START_ARN,
            LIMIT,
            TABLE_NAME);

    static final Structure<DescribeStreamRequest> DESCRIBE_STREAM = Structure.of(
            "DescribeStreamInput",
            in -> new DescribeStreamRequest(
                    in.get(STREAM_ARN), in.get(LIMIT), in.get(START_SHARD), in.get(SHARD_FILTER)),
            STREAM_ARN,
            LIMIT,
            START_SHARD,
            SHARD_FILTER);

    static final Structure<GetShardIteratorRequest> GET_SHARD_ITERATOR = Structure.of(
            "GetShardIteratorInput",
            in -> new GetShardIteratorRequest(
                    in.get(STREAM_ARN), in.get(SHARD_ID), in.get(ITERATOR_TYPE), in.get(SEQUENCE_NUMBER)),
            STREAM_ARN,
            SHARD_ID,
            ITERATOR_TYPE,
            SEQUENCE_NUMBER);

    static final Structure<GetRecordsRequest> GET_RECORDS = Structure.of(
            "GetRecordsInput", in -> new GetRecordsRequest(in.get(ITERATOR), in.get(LIMIT)), ITERATOR, LIMIT);

    private StreamRequests() {}
}
