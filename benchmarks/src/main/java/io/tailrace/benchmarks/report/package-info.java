/** What a run found: as a table for a terminal, as JSON, and as a page with plots. */
package io.tailrace.benchmarks.report;
