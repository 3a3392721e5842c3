/**
 * The one writer: it plans writes in order, journals them in batches, makes them durable, applies and acknowledges them.
 *
 * <p>Invariant: nothing is acknowledged or visible before it is durable; after a failure of the journal or the state
 * nothing is acknowledged any more. Imports neither OpenHFT nor RocksDB.
 */
package io.tailrace.engine.writer;
