package io.tailrace.engine.writer;

import io.tailrace.engine.journal.RequestToken;
import io.tailrace.engine.read.StoredItem;
import io.tailrace.engine.read.TableStatistics;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemVersion;
import io.tailrace.schemas.model.TableDefinition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** All that a plan may depend on. Valid only during {@link WriteOperation#plan}. */
public interface PlanContext {
    /** The commit's time, in whole microseconds; never before the time of an earlier commit. */
    Instant now();

    /** The engine's region. */
    String region();

    /** The engine's settings. */
    PlanSettings settings();

    /** The table of this name, as earlier plans leave it. */
    Optional<TableDefinition> table(String name);

    /** As {@link io.tailrace.engine.catalog.Catalog#goneReplicas}, as earlier plans leave it. */
    List<TableDefinition> goneReplicas(String tableName);

    /** All tables in the order of their names, as earlier plans leave them. */
    Collection<TableDefinition> tables();

    /**
     * The labels of all streams that are known of tables of this name, deleted ones too, as earlier plans leave them: no new
     * stream may have one of these.
     */
    Set<String> streamLabels(String tableName);

    /**
     * The item, as earlier plans leave it, or null when there is none.
     *
     * @param key has the table's key attributes, each of its type; other attributes are ignored
     */
    StoredItem item(TableDefinition table, Item key);

    /**
     * The version of an item of a global table, or of its deletion, as earlier plans leave it; null when there is none and
     * it is not known that there ever was one.
     *
     * @param table is global
     * @param stored as {@link #item} returned it
     */
    ItemVersion version(TableDefinition table, Item key, StoredItem stored);

    /**
     * The size of the item collection that an item belongs to, as earlier plans leave it, by {@link
     * io.tailrace.schemas.model.ItemSize#inCollection}.
     *
     * @param table has local secondary indexes
     * @param key has the table's partition key; other attributes are ignored
     */
    long itemCollectionBytes(TableDefinition table, Item key);

    /** How much is in a table or a local secondary index, as earlier batches left it; of an unknown id, zeros. */
    TableStatistics statistics(int tableId);

    /**
     * The request that was committed with this token within {@link
     * io.tailrace.engine.limits.Limits#REQUEST_TOKEN_LIFETIME}, by earlier plans too.
     */
    Optional<RequestToken> requestToken(String token);

    /** An id for a new table or index: never given to another one that was committed. */
    int newId();

    /** A random UUID. */
    UUID newUuid();
}
