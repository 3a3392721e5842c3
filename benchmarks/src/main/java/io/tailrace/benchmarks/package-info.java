/** Benchmarks of Tailrace, each beside a reference in the same run. */
package io.tailrace.benchmarks;
