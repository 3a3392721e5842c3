/** Processes of their own for what is measured from outside, so that their CPU time is theirs alone. */
package io.tailrace.benchmarks.process;
