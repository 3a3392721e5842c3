/**
 * Linearizability of what concurrent clients see: recorded histories, a sequential model of items, and a checker that looks
 * for an order of the operations that explains every answer. It knows nothing of the journal.
 */
package io.tailrace.server.crash.linear;
