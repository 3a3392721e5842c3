/**
 * An HTTP/1.1 server on Netty: connections, bounded requests, replies in the order of the requests, a worker pool for
 * all that may block.
 *
 * <p>Invariant: whatever a client sends, the memory and the threads that it can hold are bounded by {@code HttpSettings},
 * and each request that was read is answered exactly once. Knows nothing of DynamoDB, tables or Kafka.
 */
package io.tailrace.server.http;
