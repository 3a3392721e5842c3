/**
 * The DynamoDB Streams view of stream topics: which streams and shards there are, iterators, and the reading of records by
 * a few Kafka consumers that all readers share.
 *
 * <p>Invariant: an iterator holds all that there is to know about a reader, so that readers cost nothing between two calls
 * and outlive the server. A shard is a partition of the topic between two places of the journal. Imports the parent
 * package, which does not know this one; no HTTP, no JSON.
 */
package io.tailrace.capture.streams;
