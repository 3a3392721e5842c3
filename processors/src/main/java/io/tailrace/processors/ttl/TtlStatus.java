package io.tailrace.processors.ttl;

/**
 * How far time to live is, for the partitions that are processed here.
 *
 * @param pendingExpiries about how many items have a time at which they expire
 * @param overdueMillis for how long the earliest item that is still there has been due, 0 when none is
 * @param deletesRequested commands that were sent, repeated ones included
 * @param itemsDeleted deletions seen in the log; seen again after a crash they count again
 */
public record TtlStatus(long pendingExpiries, long overdueMillis, long deletesRequested, long itemsDeleted) {}
