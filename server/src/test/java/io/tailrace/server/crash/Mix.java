package io.tailrace.server.crash;

/**
 * What clients do, in parts of a hundred.
 *
 * @param batches of writes; the rest is divided among all other requests
 * @param batchSize writes in a batch, at most
 * @param tableChangePauseMillis between two changes of tables
 */
record Mix(int batches, int batchSize, int tableChangePauseMillis) {
    /** Everything about equally often. */
    static final Mix EVERYTHING = new Mix(10, 8, 60);
    /** Many mutations in little time, and not many tables. */
    static final Mix MANY_MUTATIONS = new Mix(75, 25, 600);
}
