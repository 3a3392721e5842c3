package io.tailrace.server.runtime;

import io.tailrace.capture.StreamCapture;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.processors.gsi.GsiQueries;
import io.tailrace.processors.gsi.IndexNotReadyException;
import io.tailrace.processors.gsi.IndexReads;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Hands the engine's reads of global secondary indexes to those who keep them, here or elsewhere; capture tells how far they have to be. */
public final class GlobalIndexes implements GlobalIndexReader {
    private final IndexReads indexes;
    private final StreamCapture capture;

    public GlobalIndexes(IndexReads indexes, StreamCapture capture) {
        this.indexes = indexes;
        this.capture = capture;
    }

    @Override
    public IndexPage read(
            int indexId, byte[] fromInclusive, byte[] toExclusive, boolean forward, int maxEntries, long maxBytes) {
        requireTopics();
        try {
            GsiQueries.IndexPage page =
                    indexes.queries().read(indexId, fromInclusive, toExclusive, forward, maxEntries, maxBytes);
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
    public TableStatistics statistics(int indexId) {
        try {
            GsiQueries.IndexSize size = indexes.queries().size(indexId);
            return new TableStatistics(size.entries(), size.sizeBytes());
        } catch (IndexNotReadyException notReady) {
            throw retryable();
        }
    }

    @Override
    public CompletableFuture<Void> whenApplied(long sequence) {
        CompletableFuture<Void> applied = new CompletableFuture<>();
        CompletableFuture<Map<Integer, Long>> captured = capture.whenCaptured(sequence);
        CompletableFuture<Void> indexed = captured.thenCompose(offsets -> {
            CompletableFuture<Void> processed = indexes.whenApplied(offsets);
            applied.whenComplete((done, failure) -> processed.cancel(false));
            return processed;
        });
        applied.whenComplete((done, failure) -> captured.cancel(false));
        indexed.whenComplete((done, failure) -> {
            if (failure == null) {
                applied.complete(null);
            } else {
                applied.completeExceptionally(failure);
            }
        });
        return applied;
    }

    /** An index that has not heard of all would be read as if nothing were missing. */
    private void requireTopics() {
        if (capture.loss().isPresent()) {
            throw new DynamoException(
                    ErrorType.INTERNAL_SERVER_ERROR,
                    "Global secondary indexes are not available: Kafka lost records, and waits for 'tailrace stream rebuild'");
        }
    }

    private static DynamoException retryable() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR, "Global secondary indexes are not available yet; please retry");
    }
}
