/**
 * What reads are and what they see. Invariant: a read sees only what is durable. Imports neither RocksDB nor the journal.
 */
package io.tailrace.engine.read;
