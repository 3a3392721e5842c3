/**
 * Keys as bytes whose unsigned order is DynamoDB's order, the hash that spreads them, and the layout of the keys of
 * table state and index stores.
 *
 * <p>Invariant: the bytes of one value never are a prefix of another's, so that components can be strung together; and
 * the layout is the one on disk and in Kafka: changing it needs a migration. Knows nothing of RocksDB or Kafka.
 */
package io.tailrace.schemas.key;
