/**
 * Checks a data directory that no server uses, and repairs what can be repaired safely.
 *
 * <p>Invariant: a check changes nothing; a repair keeps what it replaces beside it. Imports neither the writer nor the
 * operations.
 */
package io.tailrace.engine.check;
