/**
 * Several processes that share one processor's work: which of them has which partition, and asking it for what is in its
 * stores.
 *
 * <p>An instance listens on a port of its own and tells it to Kafka in the client id of its consumers. Who wants to read a
 * partition asks the consumer group who has it: so a process without any processor can read as well, and there is nothing to
 * configure. Knows nothing of any topology; must not import other packages of the processors.
 */
package io.tailrace.processors.instances;
