/** What processors do in bulk: replication, expiry, backfill. */
package io.tailrace.benchmarks.bulk;
