package io.tailrace.server.crash;

/**
 * What clients do, in parts of a hundred.
 *
 * @param batches of writes; the rest is divided among all other requests
 * @param batchSize writes in a batch, at most
 */
record Mix(int batches, int batchSize) {
    /** Everything about equally often. */
    static final Mix EVERYTHING = new Mix(10, 8);
    /** Many mutations in little time. */
    static final Mix MANY_MUTATIONS = new Mix(75, 25);
}
