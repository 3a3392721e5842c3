package io.tailrace.schemas.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A DynamoDB Streams record (API Reference, Streams, {@code Record}).
 *
 * @param eventId unique and stable
 * @param approximateCreationTime cut to seconds
 * @param sequenceNumber decimal digits, ordered as text and as a number within a stream
 * @param sizeBytes of the keys and images in the record, by DynamoDB's item size rules
 * @param userIdentity null for ordinary callers
 * @param newImage null when absent or not in the view
 * @param oldImage null when absent or not in the view
 */
public record StreamRecord(
        String eventId,
        EventName eventName,
        String awsRegion,
        Instant approximateCreationTime,
        Item keys,
        Item newImage,
        Item oldImage,
        String sequenceNumber,
        long sizeBytes,
        StreamViewType viewType,
        UserIdentity userIdentity) {
    public static final String EVENT_VERSION = "1.1";
    public static final String EVENT_SOURCE = "aws:dynamodb";

    public StreamRecord {
        Objects.requireNonNull(eventId);
        Objects.requireNonNull(eventName);
        Objects.requireNonNull(awsRegion);
        approximateCreationTime = approximateCreationTime.truncatedTo(ChronoUnit.SECONDS);
        Objects.requireNonNull(keys);
        Objects.requireNonNull(sequenceNumber);
        Objects.requireNonNull(viewType);
    }
}
