package io.tailrace.engine;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.engine.read.TableStatistics;
import java.util.concurrent.CompletableFuture;

/** Stands in until the index processors are up. */
enum NoGlobalIndexes implements GlobalIndexReader {
    INSTANCE;

    @Override
    public IndexPage read(
            int indexId, byte[] fromInclusive, byte[] toExclusive, boolean forward, int maxEntries, long maxBytes) {
        throw notUp();
    }

    @Override
    public TableStatistics statistics(int indexId) {
        throw notUp();
    }

    @Override
    public CompletableFuture<Void> whenApplied(long sequence) {
        throw notUp();
    }

    private static DynamoException notUp() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR, "Global secondary indexes are not available yet; please retry");
    }
}
