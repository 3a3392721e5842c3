/**
 * Takes global secondary indexes that were added to tables, or are to go, through their lives, and has the items told again
 * of tables whose time to live was switched on, or of which a replica was added in another region.
 *
 * <p>Invariant: an index becomes active only when it holds what the table holds, and leaves the catalog only when its entries
 * are gone. Where it is in between is in the journal and the state, so that a killed process goes on from there. Imports
 * neither the journal nor RocksDB.
 */
package io.tailrace.engine.index;
