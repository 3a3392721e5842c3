/**
 * The tables' items, their local secondary indexes, the catalog and the statistics, in RocksDB.
 *
 * <p>Invariant: {@link io.tailrace.engine.state.TableState#apply} is the only thing that changes the state, live and on
 * recovery; it never decides, and what one call applies is visible and durable as a whole. The write-ahead log is off: the
 * journal is the log. The only package that imports RocksDB.
 */
package io.tailrace.engine.state;
