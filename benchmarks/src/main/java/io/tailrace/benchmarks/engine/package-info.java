/** The engine in this process, without HTTP and Kafka: group commit, recovery, and latency while files roll. */
package io.tailrace.benchmarks.engine;
