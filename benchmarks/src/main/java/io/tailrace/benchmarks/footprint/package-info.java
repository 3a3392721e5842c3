/** What a server needs as users start it: time, memory, CPU while nothing happens, disk. */
package io.tailrace.benchmarks.footprint;
