package io.tailrace.processors.ttl;

import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TimeToLiveChange;
import io.tailrace.schemas.serde.TailraceSerdes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The tables as one partition of the mutations topic has told of them, kept in a store: the generation (8 bytes), then the
 * change of the catalog that made the definition, framed with its schema.
 *
 * <p>A definition never goes back. After a crash the log is read again from a point before what the stores hold; the items'
 * changes are then judged by the later definition, and each item's last change puts right what the earlier ones did.
 */
final class TimedTables {
    private static final int GENERATION_BYTES = 8;
    private static final String NO_TOPIC = "";

    private final KeyValueStore<Integer, byte[]> store;
    // Never in a registry: the changelog is nobody else's.
    private final Serde<ChangeRecord> changes = new TailraceSerdes(null).changeRecord();
    private final Map<Integer, TimedTable> tables = new HashMap<>();

    /** Reads all that the store holds. */
    TimedTables(KeyValueStore<Integer, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Integer, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Integer, byte[]> one = all.next();
                tables.put(one.key, decode(one.value));
            }
        }
    }

    /** The table, or null when the log has not told of it, or of its end. */
    TimedTable get(int tableId) {
        return tables.get(tableId);
    }

    Collection<TimedTable> all() {
        return Collections.unmodifiableCollection(tables.values());
    }

    /** Follows a change of the catalog unless a later one of the table is known. */
    void apply(ChangeRecord mutation) {
        CatalogChange change = (CatalogChange) mutation.change();
        TimedTable before = tables.get(change.tableId());
        if (before != null && mutation.sequenceNumber() <= before.sequence()) {
            return;
        }
        if (change.action() == CatalogChange.Action.DELETE_TABLE) {
            tables.remove(change.tableId());
            store.delete(change.tableId());
            return;
        }
        TimedTable after =
                new TimedTable(change.table(), mutation.sequenceNumber(), generation(before, change.table(), mutation));
        tables.put(after.id(), after);
        store.put(after.id(), encode(mutation, after.generation()));
    }

    private static long generation(TimedTable before, TableDefinition after, ChangeRecord mutation) {
        if (after.ttlAttribute() == null) {
            return TimedTable.OFF;
        }
        boolean asBefore = before != null
                && Objects.equals(before.definition().ttlAttribute(), after.ttlAttribute())
                && Objects.equals(changeTime(before.definition()), changeTime(after));
        return asBefore ? before.generation() : mutation.sequenceNumber();
    }

    /** Another one when the items are told again. */
    private static Instant changeTime(TableDefinition table) {
        TimeToLiveChange change = table.details().timeToLive();
        return change == null ? null : change.time();
    }

    private byte[] encode(ChangeRecord mutation, long generation) {
        byte[] framed = changes.serializer().serialize(NO_TOPIC, mutation);
        return ByteBuffer.allocate(GENERATION_BYTES + framed.length)
                .putLong(generation)
                .put(framed)
                .array();
    }

    private TimedTable decode(byte[] stored) {
        ChangeRecord mutation = changes.deserializer()
                .deserialize(NO_TOPIC, Arrays.copyOfRange(stored, GENERATION_BYTES, stored.length));
        return new TimedTable(
                ((CatalogChange) mutation.change()).table(),
                mutation.sequenceNumber(),
                ByteBuffer.wrap(stored).getLong());
    }
}
