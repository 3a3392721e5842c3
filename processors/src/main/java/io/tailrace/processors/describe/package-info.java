/**
 * The topologies as text, for {@code docs/topologies.md} and {@code tailrace processors describe}.
 *
 * <p>Invariant: what it shows is what runs, because it is made from the same code.
 */
package io.tailrace.processors.describe;
