package io.tailrace.processors.runtime;

/** While a range was read, one of its partitions went from where it was: the read begins anew. */
final class PartitionMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartitionMovedException(int partition) {
        super("partition " + partition + " moved while it was read");
    }
}
