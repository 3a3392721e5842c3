/** The {@code tailrace bench} command. Only this package prints. */
package io.tailrace.benchmarks.cli;
