/**
 * The command line: parsing, help, what is printed, exit codes. The only package that writes to standard output and
 * standard error itself.
 *
 * <p>Invariant: a user's mistake or a taken port is one sentence and never a stack trace; exit codes are 0, 1 (failed) and
 * 2 (not understood). Commands do their work elsewhere.
 */
package io.tailrace.server.cli;
