/**
 * Where the demo's activities come from: an access log, or a seeded generator.
 *
 * <p>Invariant: the same input gives the same activities with the same keys, however often it is read, so that a second
 * run over the same data directory adds nothing. Must not import the engine, Kafka or HTTP.
 */
package io.tailrace.server.demo.input;
