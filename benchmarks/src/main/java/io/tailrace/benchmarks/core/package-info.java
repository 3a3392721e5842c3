/**
 * How anything is measured: sides that do the same work in turns, a meter of wall time and of the CPU time of the process
 * that does the work, and the results as they came. Knows no benchmark.
 */
package io.tailrace.benchmarks.core;
