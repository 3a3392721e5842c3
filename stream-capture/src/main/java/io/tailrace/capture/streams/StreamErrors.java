package io.tailrace.capture.streams;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;

/**
 * What the streams API refuses or fails with, word for word as DynamoDB does where that is known (from its answers as
 * applications report them, and DynamoDB Local).
 */
final class StreamErrors {
    private StreamErrors() {}

    static DynamoException streamNotFound(String arn) {
        return new DynamoException(
                ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found: Stream: " + arn + " not found");
    }

    static DynamoException shardNotFound() {
        return new DynamoException(ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found: Shard does not exist");
    }

    static DynamoException tooManyShards(String table, int maximum) {
        return new DynamoException(
                ErrorType.LIMIT_EXCEEDED,
                "The shards of table " + table + "'s stream have been rolled over " + maximum
                        + " times within the stream's retention: roll them over later");
    }

    static DynamoException tooManyStreamsWanted(int maximum) {
        return invalid("Limit cannot be greater than the maximum allowed size: " + maximum);
    }

    static DynamoException tooManyShardsWanted(int maximum) {
        return invalid("Limit cannot be greater than the maximum: " + maximum);
    }

    static DynamoException tooManyRecordsWanted(int maximum) {
        return invalid("Limit should be less than or equal to " + maximum);
    }

    static DynamoException sequenceNumberNotWanted() {
        return invalid("SequenceNumber should not be passed for this iterator type");
    }

    static DynamoException noSequenceNumber() {
        return invalid("Invalid SequenceNumber");
    }

    static DynamoException otherShardsSequenceNumber() {
        return DynamoException.validation("Invalid SequenceNumber for the shard");
    }

    static DynamoException invalidIterator() {
        return DynamoException.validation("Invalid ShardIterator");
    }

    static DynamoException expired() {
        return new DynamoException(
                ErrorType.EXPIRED_ITERATOR, "The provided iterator exceeds the maximum age allowed.");
    }

    static DynamoException trimmed() {
        return new DynamoException(ErrorType.TRIMMED_DATA_ACCESS, "The data you are trying to access has been trimmed");
    }

    static DynamoException noKafka() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR,
                "Streams cannot be read: Kafka is not up yet, or is switched off (kafka.enabled)");
    }

    static DynamoException kafkaAway(String reason) {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR, "Streams cannot be read now, please retry. Kafka: " + reason);
    }

    static DynamoException kafkaLostRecords() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR,
                "Streams cannot be read: Kafka lost records, and waits for 'tailrace stream rebuild'");
    }

    static DynamoException tooManyReads() {
        return new DynamoException(ErrorType.THROTTLING, "Too many reads of streams are waiting, please retry");
    }

    static DynamoException closed() {
        return new DynamoException(ErrorType.SERVICE_UNAVAILABLE, "The server is stopping");
    }

    private static DynamoException invalid(String what) {
        return DynamoException.validation("One or more parameter values were invalid: " + what);
    }
}
