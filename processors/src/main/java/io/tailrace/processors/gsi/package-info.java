/**
 * Global secondary indexes, kept up to date from the mutations topic.
 *
 * <p>Invariant: once everything up to a commit has been read, the index store holds exactly the entries that
 * {@link io.tailrace.processors.gsi.IndexMaintenance} derives from the table's items at that commit, whatever was replayed
 * on the way. Must not import another topology's package.
 */
package io.tailrace.processors.gsi;
