package io.tailrace.engine.operation;

import java.util.List;

/**
 * An attribute value that does not follow the rules of its type (an empty set, a number out of range). It is reported in
 * its turn among the other checks, so the decoder leaves it out of the request and notes it here.
 *
 * @param member the request member that held it, with API names and dots: {@code Item}, {@code ExpressionAttributeValues},
 * {@code RequestItems}
 * @param name the attribute or placeholder that it was the value of
 * @param message DynamoDB's text for it
 * @param olderMessage the text of Scan, BatchWriteItem and transactions, which DynamoDB still validates in an older way
 * @param veryDeep whether it nests so deeply that DynamoDB validates all of the request in that way
 */
public record MalformedValue(String member, String name, String message, String olderMessage, boolean veryDeep) {
    /** A value that all operations refuse alike. */
    public MalformedValue(String member, String name, String message) {
        this(member, name, message, message, false);
    }

    /** These values for an operation that is validated in the older way. */
    static List<MalformedValue> inOlderWords(List<MalformedValue> malformedValues) {
        return malformedValues.stream()
                .map(malformed -> new MalformedValue(
                        malformed.member,
                        malformed.name,
                        malformed.olderMessage,
                        malformed.olderMessage,
                        malformed.veryDeep))
                .toList();
    }
}
