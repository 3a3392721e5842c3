package io.tailrace.engine.state;

import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.read.DeletedItem;
import io.tailrace.engine.read.StateCursor;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.schemas.model.ItemVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;

/** Reads of one operation; belongs to one thread. Closes the cursors that were left open. */
public final class StateView implements AutoCloseable {
    /** What a view shows. */
    enum Kind {
        /** Each read what is there when it is made. */
        LATEST,
        /** All reads what was there when the view was made. */
        SNAPSHOT,
        /** As {@link #LATEST}; items that are not in memory are a {@link NotInMemoryException}. */
        MEMORY
    }

    private final RocksStore store;
    private final UseGate gate;
    private final ItemVersions versions;
    private final Snapshot snapshot;
    private final ReadOptions options;
    private final List<Cursor> cursors = new ArrayList<>();
    private boolean closed;

    /** The caller has entered the gate. */
    StateView(RocksStore store, UseGate gate, ItemVersions versions, Kind kind) {
        this.store = store;
        this.gate = gate;
        this.versions = versions;
        this.snapshot = kind == Kind.SNAPSHOT ? store.snapshot() : null;
        this.options = switch (kind) {
            case LATEST -> store.anywhere();
            case SNAPSHOT -> new ReadOptions().setSnapshot(snapshot);
            case MEMORY -> store.memoryOnly();
        };
    }

    /** The item at this key, or null. */
    public StoredItem item(byte[] stateKey) {
        requireOpen();
        try {
            byte[] encoded = store.getData(stateKey, options);
            return encoded == null ? null : StoredItem.ofEncoded(encoded);
        } catch (RocksDBException e) {
            if (isNotInMemory(e)) {
                throw new NotInMemoryException();
            }
            throw store.failure("an item cannot be read", e);
        }
    }

    /** The version of an item of a global table; null when none is stored: it has the one that the table began with. */
    public ItemVersion version(byte[] stateKey) {
        requireOpen();
        try {
            return ItemVersions.find(store, stateKey);
        } catch (RocksDBException e) {
            throw store.failure("the version of an item cannot be read", e);
        }
    }

    /** The version of the deletion of an item of a global table that is not there; null when none is known. */
    public ItemVersion versionOfDeletion(byte[] stateKey, Instant now) {
        requireOpen();
        try {
            return versions.findDeleted(store, stateKey, now);
        } catch (RocksDBException e) {
            throw store.failure("the version of a deleted item cannot be read", e);
        }
    }

    /**
     * Some of the known deletions of items of a global table, in an order of their own. Items may have come back since.
     *
     * @param after the last one of those before; null to begin
     * @param limit how many at most
     */
    public List<DeletedItem> deletions(int tableId, DeletedItem after, int limit, Instant now) {
        requireOpen();
        return versions.deletions(store, tableId, after, limit, now);
    }

    /**
     * The size in bytes of an item collection of a table with local secondary indexes.
     *
     * @param partitionPrefix of the table's keys with the collection's partition key
     */
    public long itemCollectionBytes(byte[] partitionPrefix) {
        requireOpen();
        try {
            return ItemCollections.sizeBytes(store, partitionPrefix);
        } catch (RocksDBException e) {
            throw store.failure("the size of an item collection cannot be read", e);
        }
    }

    /** What was committed with this token and is still remembered at {@code now}. */
    public Optional<RequestToken> requestToken(String token, Instant now) {
        requireOpen();
        try {
            return RequestTokens.find(store, token, now);
        } catch (RocksDBException e) {
            throw store.failure("a request token cannot be read", e);
        }
    }

    /** The entries of a range, from its start or, backward, from its end. */
    public StateCursor scan(byte[] fromInclusive, byte[] toExclusive, boolean forward) {
        requireOpen();
        Cursor cursor = new Cursor(fromInclusive, toExclusive, forward);
        cursors.add(cursor);
        return cursor;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        cursors.forEach(Cursor::close);
        if (snapshot != null) {
            options.close();
            store.release(snapshot);
        }
        gate.leave();
    }

    private static boolean isNotInMemory(RocksDBException failure) {
        return failure.getStatus() != null && failure.getStatus().getCode() == Status.Code.Incomplete;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the read is over");
        }
    }

    private final class Cursor implements StateCursor {
        private final RocksStore.Range range;
        private final RocksIterator iterator;
        private final boolean forward;
        private boolean started;
        private boolean ended;
        private boolean cursorClosed;

        Cursor(byte[] fromInclusive, byte[] toExclusive, boolean forward) {
            this.range = new RocksStore.Range(fromInclusive, toExclusive, snapshot);
            this.iterator = store.dataIterator(range.options());
            this.forward = forward;
        }

        @Override
        public boolean next() {
            requireUsable();
            if (ended) {
                return false;
            }
            if (started) {
                if (forward) {
                    iterator.next();
                } else {
                    iterator.prev();
                }
            } else if (forward) {
                iterator.seekToFirst();
            } else {
                iterator.seekToLast();
            }
            started = true;
            if (iterator.isValid()) {
                return true;
            }
            try {
                iterator.status();
            } catch (RocksDBException e) {
                throw store.failure("a range cannot be read", e);
            }
            ended = true;
            return false;
        }

        @Override
        public byte[] key() {
            requireUsable();
            return iterator.key();
        }

        @Override
        public StoredItem item() {
            requireUsable();
            return StoredItem.ofEncoded(iterator.value());
        }

        @Override
        public void close() {
            if (!cursorClosed) {
                cursorClosed = true;
                iterator.close();
                range.close();
            }
        }

        private void requireUsable() {
            if (cursorClosed) {
                throw new IllegalStateException("the cursor is closed");
            }
        }
    }
}
