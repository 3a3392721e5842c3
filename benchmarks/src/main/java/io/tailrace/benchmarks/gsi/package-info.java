/** The gsi processor, beside a Kafka Streams application that only passes records through the same hops. */
package io.tailrace.benchmarks.gsi;
