/**
 * The names that parts of Tailrace and their readers meet under in Kafka: topics, record headers, sequence numbers.
 *
 * <p>Invariant: these names are public and do not change. Imports nothing but the JDK.
 */
package io.tailrace.schemas.topic;
