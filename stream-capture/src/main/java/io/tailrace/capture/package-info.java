/**
 * The way from the journal into Kafka, and back for commands: the embedded broker, the topics, the capture of the
 * journal, the consumer of commands and a reader of stream topics.
 *
 * <p>Invariant: every mutation in the journal is in its topics exactly once and in order, whatever was killed when. This
 * is the only package of the product that produces mutations and stream records. Imports Kafka's clients and broker, the
 * table engine and the schemas; no HTTP, no Kafka Streams.
 */
package io.tailrace.capture;
