/**
 * What comes before an engine runs: the data directory is taken, and the state brought to where the journal is, from the
 * journal alone when the state cannot be trusted.
 *
 * <p>Invariant: what is there is looked at before anything is changed, and what is replaced is kept aside.
 */
package io.tailrace.engine.recovery;
