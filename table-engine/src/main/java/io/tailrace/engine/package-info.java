/**
 * The table engine of one region: catalog, single writer, journal, state. It knows no HTTP, no JSON text and no Kafka.
 *
 * <p>Invariant: an acknowledged write survives what the {@link io.tailrace.engine.Durability} setting says, and every read
 * that begins afterwards sees it.
 */
package io.tailrace.engine;
