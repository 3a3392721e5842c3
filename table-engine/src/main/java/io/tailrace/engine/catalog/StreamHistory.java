package io.tailrace.engine.catalog;

import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All streams that are enabled, and those that ended and may still be read. Follows from the catalog changes in the journal
 * and nothing else. Immutable.
 */
public final class StreamHistory {
    /** Without streams. */
    public static final StreamHistory EMPTY = new StreamHistory(Map.of(), List.of());

    private final Map<Integer, TableStream> enabledByTable;
    private final List<TableStream> ended;

    /**
     * What a change made of the history.
     *
     * @param written the streams that began, ended or changed
     * @param removed the streams that are forgotten
     */
    public record Step(StreamHistory next, List<TableStream> written, List<TableStream> removed) {
        public Step {
            Objects.requireNonNull(next);
            written = List.copyOf(written);
            removed = List.copyOf(removed);
        }
    }

    private StreamHistory(Map<Integer, TableStream> enabledByTable, List<TableStream> ended) {
        this.enabledByTable = Collections.unmodifiableMap(enabledByTable);
        this.ended = Collections.unmodifiableList(ended);
    }

    /**
     * A history as it was stored. A release that kept no streams left those that were enabled without an entry: they begin with their
     * table.
     */
    public static StreamHistory of(Collection<TableDefinition> tables, Collection<TableStream> stored) {
        List<TableStream> all = new ArrayList<>(stored);
        for (TableDefinition table : tables) {
            boolean missing = stored.stream()
                    .noneMatch(stream -> stream.enabled() && stream.table().id() == table.id());
            if (table.stream() != null && missing) {
                StreamBoundary start = new StreamBoundary(new SequenceNumbers.Position(0, 0), table.created());
                all.add(new TableStream(table, List.of(start), null));
            }
        }
        return of(all);
    }

    /** A history as it was stored. */
    public static StreamHistory of(Collection<TableStream> streams) {
        Map<Integer, TableStream> enabled = new HashMap<>();
        List<TableStream> ended = new ArrayList<>();
        for (TableStream stream : streams) {
            if (stream.enabled()) {
                enabled.put(stream.table().id(), stream);
            } else {
                ended.add(stream);
            }
        }
        return new StreamHistory(enabled, ended);
    }

    /** Every stream, in no order. */
    public List<TableStream> all() {
        List<TableStream> all = new ArrayList<>(ended);
        all.addAll(enabledByTable.values());
        return all;
    }

    /** The enabled streams whose shards were all there before this. */
    public List<TableStream> unchangedSince(Instant time) {
        return enabledByTable.values().stream()
                .filter(stream -> stream.youngest().time().isBefore(time))
                .toList();
    }

    /** The labels of the streams of all tables that have or had this name. */
    public Set<String> labelsOf(String tableName) {
        Set<String> labels = new HashSet<>();
        for (TableStream stream : all()) {
            if (stream.table().name().equals(tableName)) {
                labels.add(stream.label());
            }
        }
        return labels;
    }

    /** The stream of a table that is enabled, or else the one that ended last. */
    public Optional<TableStream> latestOf(int tableId) {
        TableStream enabled = enabledByTable.get(tableId);
        if (enabled != null) {
            return Optional.of(enabled);
        }
        // Labels are times.
        return ended.stream()
                .filter(stream -> stream.table().id() == tableId)
                .max(Comparator.comparing(TableStream::label));
    }

    /**
     * The history after a catalog change.
     *
     * @param place of the change
     * @param times for how long streams are known after their end, and shards of the changed table
     */
    public Step apply(CatalogChange change, StreamBoundary place, StreamTimes times) {
        Map<Integer, TableStream> enabled = new HashMap<>(enabledByTable);
        List<TableStream> past = new ArrayList<>();
        List<TableStream> written = new ArrayList<>();
        List<TableStream> removed = new ArrayList<>();
        for (TableStream stream : ended) {
            boolean over = stream.end().time().isBefore(times.oldest(stream, place.time()));
            (over ? removed : past).add(stream);
        }
        TableDefinition table = change.table();
        boolean streams = change.action() != CatalogChange.Action.DELETE_TABLE && table.stream() != null;
        TableStream before = enabled.remove(table.id());
        boolean continues = streams
                && before != null
                && before.label().equals(table.stream().label());
        if (before != null && !continues) {
            TableStream over = before.endedAt(place);
            past.add(over);
            written.add(over);
        }
        if (streams) {
            TableStream now = continues ? before.changedTo(table, place) : new TableStream(table, List.of(place), null);
            now = now.trimmedBefore(times.oldest(now, place.time()));
            enabled.put(table.id(), now);
            written.add(now);
        }
        return new Step(new StreamHistory(enabled, past), written, removed);
    }
}
