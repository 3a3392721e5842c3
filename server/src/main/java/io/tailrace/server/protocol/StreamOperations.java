package io.tailrace.server.protocol;

import io.tailrace.capture.streams.StreamsApi;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations of DynamoDB Streams. (API Reference, Streams.) */
final class StreamOperations {
    private final Map<String, ApiOperation<?, ?>> byName;

    StreamOperations(StreamsApi streams) {
        byName = List.<ApiOperation<?, ?>>of(
                        new ApiOperation<>(
                                "DescribeStream",
                                StreamRequests.DESCRIBE_STREAM,
                                (engine, in) -> CompletableFuture.completedFuture(streams.describeStream(in)),
                                StreamResponses::describeStream),
                        new ApiOperation<>(
                                "GetRecords",
                                StreamRequests.GET_RECORDS,
                                (engine, in) -> streams.getRecords(in),
                                StreamResponses::getRecords),
                        new ApiOperation<>(
                                "GetShardIterator",
                                StreamRequests.GET_SHARD_ITERATOR,
                                (engine, in) -> streams.getShardIterator(in),
                                StreamResponses::getShardIterator),
                        new ApiOperation<>(
                                "ListStreams",
                                StreamRequests.LIST_STREAMS,
                                (engine, in) -> CompletableFuture.completedFuture(streams.listStreams(in)),
                                StreamResponses::listStreams))
                .stream()
                .collect(Collectors.toUnmodifiableMap(ApiOperation::name, Function.identity()));
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** The operation, or null when there is none of this name. */
    ApiOperation<?, ?> byName(String name) {
        return byName.get(name);
    }
}
