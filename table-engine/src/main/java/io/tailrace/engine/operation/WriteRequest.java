package io.tailrace.engine.operation;

/**
 * One write of BatchWriteItem; a request should give exactly one of the two. Members are null where the request has none.
 */
public record WriteRequest(PutRequest putRequest, DeleteRequest deleteRequest) {}
