/**
 * The journal: every commit in order, in Chronicle Queue files, with a checksum. It is the engine's log: state is
 * rebuilt from it, and capture reads it into Kafka.
 *
 * <p>Invariant: sequence numbers are dense; what was acknowledged is found again, or its loss is reported with its place.
 * The only package that imports OpenHFT. Imports neither the state nor the writer. Format: docs/journal-format.md.
 */
package io.tailrace.engine.journal;
