package io.tailrace.engine.read;

/** Walks entries in key order over one consistent view of the state. To be closed before the read ends. */
public interface StateCursor extends AutoCloseable {
    /** Moves to the first or the next entry; false at the end. */
    boolean next();

    /** The entry's key; the array is the caller's. */
    byte[] key();

    StoredItem item();

    @Override
    void close();
}
