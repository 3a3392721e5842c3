package io.tailrace.engine.operation;

/**
 * An attribute value that does not follow the rules of its type (an empty set, a number out of range). It is reported in
 * its turn among the other checks, so the decoder leaves it out of the request and notes it here.
 *
 * @param member the request member that held it, with API names and dots: {@code Item}, {@code ExpressionAttributeValues},
 * {@code RequestItems}
 * @param name the attribute or placeholder that it was the value of
 * @param message DynamoDB's text for it
 */
public record MalformedValue(String member, String name, String message) {}
