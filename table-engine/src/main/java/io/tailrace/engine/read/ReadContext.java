package io.tailrace.engine.read;

import io.tailrace.engine.catalog.TableStream;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a read sees: only what is durable, and all that was acknowledged before the read began. */
public interface ReadContext {
    Optional<TableDefinition> table(String name);

    /** All tables in the order of their names. */
    Collection<TableDefinition> tables();

    /**
     * The item, or null when there is none.
     *
     * @param key has the table's key attributes, each of its type; other attributes are ignored
     */
    StoredItem item(TableDefinition table, Item key);

    /**
     * The entries of a table or of a local secondary index between two keys in {@code StateKeys}' layout. An index's entry
     * holds the item as the index projects it.
     *
     * @param forward false to begin at the end
     */
    StateCursor scan(byte[] fromInclusive, byte[] toExclusive, boolean forward);

    /**
     * Some of the known deletions of items of a global table, in an order of their own. Items may have come back since.
     *
     * @param after the last one of those before; null to begin
     * @param limit how many at most
     */
    List<DeletedItem> deletions(TableDefinition table, DeletedItem after, int limit);

    /** Exact figures as of the last commit; of an unknown id, zeros. */
    TableStatistics statistics(int tableId);

    /** The stream of a table that is enabled, or else the one that ended last, if it may still be read. */
    Optional<TableStream> latestStream(int tableId);

    GlobalIndexReader globalIndexes();

    Instant now();

    String region();
}
