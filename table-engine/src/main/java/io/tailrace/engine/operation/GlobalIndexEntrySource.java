package io.tailrace.engine.operation;

import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.schemas.model.Item;

/** Entries of a global secondary index, fetched in chunks. */
final class GlobalIndexEntrySource implements EntrySource {
    private final GlobalIndexReader reader;
    private final int indexId;
    private final int chunkEntries;
    private final long chunkBytes;

    private KeyRange rest;
    private IndexPage chunk;
    private int position;

    /** @param chunkEntries how many entries to fetch at once at most, likewise {@code chunkBytes} */
    GlobalIndexEntrySource(GlobalIndexReader reader, int indexId, KeyRange range, int chunkEntries, long chunkBytes) {
        this.reader = reader;
        this.indexId = indexId;
        this.rest = range;
        this.chunkEntries = chunkEntries;
        this.chunkBytes = chunkBytes;
    }

    @Override
    public boolean next() {
        position++;
        if (chunk != null && position < chunk.entries().size()) {
            return true;
        }
        if (chunk != null && !chunk.hasMore() || rest.isEmpty()) {
            return false;
        }
        fetch();
        return !chunk.entries().isEmpty();
    }

    @Override
    public Item item() {
        return chunk.entries().get(position).item();
    }

    @Override
    public void close() {
        chunk = null;
    }

    private void fetch() {
        chunk = reader.read(indexId, rest.from(), rest.to(), rest.forward(), chunkEntries, chunkBytes);
        position = 0;
        if (!chunk.entries().isEmpty()) {
            rest = rest.startingAfter(
                    chunk.entries().get(chunk.entries().size() - 1).key());
        }
    }
}
