/**
 * What all topologies run on: the life of a Kafka Streams client, its settings, what happens to errors, and reading ranges
 * of its stores.
 *
 * <p>Invariant: a query sees a partition's store only between the task's {@code init}, when it is restored completely, and
 * its {@code close}; so an answer is never part of what is there. Must not import a single topology's package.
 */
package io.tailrace.processors.runtime;
