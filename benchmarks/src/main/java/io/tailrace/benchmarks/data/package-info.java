/** The tables and items that benchmarks work with. */
package io.tailrace.benchmarks.data;
