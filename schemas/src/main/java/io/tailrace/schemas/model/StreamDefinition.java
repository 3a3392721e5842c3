package io.tailrace.schemas.model;

/**
 * An enabled stream.
 *
 * @param label the time at which it was enabled, ISO 8601 with milliseconds and without zone; ends the stream's ARN
 */
public record StreamDefinition(StreamViewType viewType, String label) {}
