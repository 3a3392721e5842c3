/** Capture into Kafka and reading of streams, beside Kafka's own clients on the same broker. */
package io.tailrace.benchmarks.stream;
