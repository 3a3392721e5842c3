package io.tailrace.capture.streams;

import java.util.List;

/**
 * Streams in the order of their ARNs.
 *
 * @param lastEvaluatedStreamArn null when there are no more
 */
public record ListStreamsResponse(List<StreamSummary> streams, String lastEvaluatedStreamArn) {
    /** One of them. */
    public record StreamSummary(String streamArn, String tableName, String streamLabel) {}

    public ListStreamsResponse {
        streams = List.copyOf(streams);
    }
}
