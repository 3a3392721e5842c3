/**
 * Global tables between two regions: one replicator for each ordered pair reads what the source has committed and asks the
 * target's engine for it.
 *
 * <p>Invariant: a record's commands are in the target's Kafka before its offset is committed in the source's, and those of one
 * partition are there in its order; nothing is left out, though all may come again. Which write wins is the engine's business.
 * No Kafka Streams: source and target are different clusters. Must not import the engine.
 */
package io.tailrace.processors.replication;
