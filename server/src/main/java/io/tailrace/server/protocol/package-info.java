/**
 * The DynamoDB API over HTTP: the checks before a request reaches an operation, decoders from JSON straight to the
 * engine's request records, encoders of its answers, and the shape of error bodies.
 *
 * <p>Invariant: every answer has a request id and a checksum, every failure an error body of DynamoDB's form, and
 * nothing of the server's inside ever leaves. Must not import Kafka, the journal or the state.
 */
package io.tailrace.server.protocol;
