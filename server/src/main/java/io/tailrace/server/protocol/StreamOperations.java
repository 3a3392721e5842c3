package io.tailrace.server.protocol;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The operations of DynamoDB Streams. (API Reference, Streams.) */
final class StreamOperations {
    private static final Map<String, ApiOperation<?, ?>> BY_NAME = List.<ApiOperation<?, ?>>of(
                    new ApiOperation<>(
                            "DescribeStream",
                            StreamRequests.DESCRIBE_STREAM,
                            (region, in, workers) -> CompletableFuture.completedFuture(
                                    region.streams().describeStream(in)),
                            StreamResponses::describeStream),
                    new ApiOperation<>(
                            "GetRecords",
                            StreamRequests.GET_RECORDS,
                            (region, in, workers) -> region.streams().getRecords(in),
                            StreamResponses::getRecords),
                    new ApiOperation<>(
                            "GetShardIterator",
                            StreamRequests.GET_SHARD_ITERATOR,
                            (region, in, workers) -> region.streams().getShardIterator(in),
                            StreamResponses::getShardIterator),
                    new ApiOperation<>(
                            "ListStreams",
                            StreamRequests.LIST_STREAMS,
                            (region, in, workers) -> CompletableFuture.completedFuture(
                                    region.streams().listStreams(in)),
                            StreamResponses::listStreams))
            .stream()
            .collect(Collectors.toUnmodifiableMap(ApiOperation::name, Function.identity()));

    private StreamOperations() {}

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The operation, or null when there is none of this name. */
    static ApiOperation<?, ?> byName(String name) {
        return BY_NAME.get(name);
    }
}
