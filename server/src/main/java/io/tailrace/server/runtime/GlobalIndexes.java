package io.tailrace.server.runtime;

import io.tailrace.capture.StreamCapture;
import io.tailrace.engine.catalog.Catalog;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.read.GlobalIndexReader;
import io.tailrace.engine.read.IndexPage;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.processors.gsi.GsiQueries;
import io.tailrace.processors.gsi.IndexNotReadyException;
import io.tailrace.processors.gsi.IndexReads;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the engine's reads of global secondary indexes to those who keep them, here or elsewhere; capture tells how far they have to be. */
public final class GlobalIndexes implements GlobalIndexReader {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalIndexes.class);
    private static final Duration MAX_CATCH_UP_WAIT = Duration.ofSeconds(10);

    private final IndexReads indexes;
    private final StreamCapture capture;
    private final Supplier<Catalog> catalog;
    private final Duration maxCatchUpWait;
    private volatile long before;
    private volatile CompletableFuture<Void> caughtUp = CompletableFuture.completedFuture(null);

    /** @param catalog the tables by now */
    public GlobalIndexes(IndexReads indexes, StreamCapture capture, Supplier<Catalog> catalog) {
        this(indexes, capture, catalog, MAX_CATCH_UP_WAIT);
    }

    /** @param maxCatchUpWait how long a read waits in {@link #catchUp} */
    GlobalIndexes(IndexReads indexes, StreamCapture capture, Supplier<Catalog> catalog, Duration maxCatchUpWait) {
        this.indexes = indexes;
        this.capture = capture;
        this.catalog = catalog;
        this.maxCatchUpWait = maxCatchUpWait;
    }

    /** Whether there is a global secondary index. */
    static boolean hasAny(Catalog tables) {
        return tables.tables().stream()
                .anyMatch(table -> !table.globalSecondaryIndexes().isEmpty());
    }

    /**
     * The processor of the first index reads all that Kafka has from before: until it is through, reads of indexes wait, and are
     * refused when that takes long, instead of finding nothing.
     *
     * @param tables that there are, which may have the first index
     * @param sequence what was committed before
     */
    void catchUp(Catalog tables, long sequence) {
        if (indexes.isIdle() && hasAny(tables)) {
            before = sequence;
            caughtUp = whenApplied(sequence);
        }
    }

    @Override
    public IndexPage read(
            int indexId, byte[] fromInclusive, byte[] toExclusive, boolean forward, int maxEntries, long maxBytes) {
        requireTopics();
        try {
            CompletableFuture<Void> known;
            GsiQueries.IndexPage page;
            do { // the read may have waited for the first index's processor, of which nobody had told yet
                known = caughtUp;
                requireCaughtUp();
                page = indexes.queries().read(indexId, fromInclusive, toExclusive, forward, maxEntries, maxBytes);
            } while (known != caughtUp);
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
        if (indexes.isIdle() && !hasAny(catalog.get())) {
            return CompletableFuture.completedFuture(null);
        }
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

    private void requireCaughtUp() {
        try {
            caughtUp.get(maxCatchUpWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw retryable();
        } catch (TimeoutException behind) {
            throw retryable();
        } catch (CancellationException | ExecutionException unknown) {
            LOG.debug("It is not known how far the indexes are", unknown);
            caughtUp = whenApplied(before);
            throw retryable();
        }
    }

    private static DynamoException retryable() {
        return new DynamoException(
                ErrorType.INTERNAL_SERVER_ERROR, "Global secondary indexes are not available yet; please retry");
    }
}
