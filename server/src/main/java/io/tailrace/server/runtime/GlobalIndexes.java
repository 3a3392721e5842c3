package io.tailrace.server.runtime;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.processors.gsi.GsiQueries;
import io.tailrace.processors.gsi.IndexNotReadyException;

/** Hands the engine's reads of global secondary indexes to the gsi processor. */
final class GlobalIndexes implements GlobalIndexReader {
    private final GsiQueries queries;

    GlobalIndexes(GsiQueries queries) {
        this.queries = queries;
    }

    @Override
    public IndexPage read(
            int indexId, byte[] fromInclusive, byte[] toExclusive, boolean forward, int maxEntries, long maxBytes) {
        try {
            GsiQueries.IndexPage page =
                    queries.read(indexId, fromInclusive, toExclusive, forward, maxEntries, maxBytes);
            return new IndexPage(
                    page.entries().stream()
                            .map(entry -> new IndexPage.Entry(entry.key(), entry.item()))
                            .toList(),
                    page.more());
        } catch (IndexNotReadyException notReady) {
            throw retryable();
        }
    }

    @Override
    public long itemCount(int indexId) {
        try {
            return queries.entryCount(indexId);
        } catch (IndexNotReadyException notReady) {
            throw retryable();
        }
    }

    private static DynamoException retryable() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR, "Global secondary indexes are not available yet; please retry");
    }
}
