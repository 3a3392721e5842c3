package io.tailrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.TestTables;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The history of streams follows from the catalog changes: where each began and ended, and what is forgotten. */
class StreamHistoryTest {
    private static final Instant START = Instant.parse("2026-05-17T10:05:03Z");

    private StreamHistory history = StreamHistory.EMPTY;

    @Test
    void aTableWithoutAStreamHasNoHistory() {
        apply(1, Action.CREATE_TABLE, table(1, null));
        apply(2, Action.UPDATE_TABLE, table(1, null));
        apply(3, Action.DELETE_TABLE, table(1, null));
        assertThat(history.all()).isEmpty();
    }

    @Test
    void enablingBeginsAndDisablingEndsAStream() {
        apply(1, Action.CREATE_TABLE, table(1, "a"));
        assertThat(history.all()).containsExactly(new TableStream(table(1, "a"), List.of(boundary(1)), null));
        apply(5, Action.UPDATE_TABLE, table(1, null));
        assertThat(history.all()).containsExactly(new TableStream(table(1, "a"), List.of(boundary(1)), boundary(5)));
        assertThat(history.latestOf(1)).map(TableStream::label).hasValue("a");
        assertThat(history.latestOf(2)).isEmpty();
        apply(7, Action.UPDATE_TABLE, table(1, "b"));
        assertThat(history.latestOf(1)).map(TableStream::label).hasValue("b");
        assertThat(history.all()).extracting(TableStream::label).containsExactly("a", "b");
        assertThat(history.all()).extracting(TableStream::enabled).containsExactly(false, true);
        assertThat(history.all().get(1).start()).isEqualTo(boundary(7));
    }

    @Test
    void anotherLabelEndsTheOneBefore() {
        apply(1, Action.CREATE_TABLE, table(1, "a"));
        apply(2, Action.UPDATE_TABLE, table(1, "b"));
        assertThat(history.all()).extracting(TableStream::end).containsExactly(boundary(2), null);
        apply(3, Action.UPDATE_TABLE, table(1, null));
        assertThat(history.latestOf(1)).map(TableStream::label).hasValue("b");
    }

    @Test
    void otherChangesOfTheTableLeaveTheStream() {
        apply(1, Action.CREATE_TABLE, table(1, "a"));
        TableDefinition tagged = tagged(table(1, "a"));
        apply(2, Action.UPDATE_TABLE, tagged);
        assertThat(history.all()).containsExactly(new TableStream(tagged, List.of(boundary(1)), null));
    }

    @Test
    void deletingTheTableEndsItsStreamAndANewTableOfThatNameHasAnother() {
        apply(1, Action.CREATE_TABLE, table(1, "a"));
        apply(2, Action.DELETE_TABLE, table(1, "a"));
        apply(3, Action.CREATE_TABLE, table(2, "b"));
        assertThat(history.all()).extracting(stream -> stream.table().id()).containsExactly(1, 2);
        assertThat(history.all()).extracting(TableStream::end).containsExactly(boundary(2), null);
    }

    @Test
    void endedStreamsAreForgottenWithLaterChangesOnce() {
        apply(1, Action.CREATE_TABLE, table(1, "a"));
        apply(2, Action.UPDATE_TABLE, table(1, null));
        apply(3, Action.CREATE_TABLE, table(2, "b"));
        CatalogChange later = new CatalogChange(Action.CREATE_TABLE, table(3, null));
        StreamHistory.Step step = history.apply(later, boundary(4), START.plusSeconds(3));
        assertThat(step.removed()).extracting(TableStream::label).containsExactly("a");
        assertThat(step.written()).isEmpty();
        assertThat(step.next().all()).extracting(TableStream::label).containsExactly("b");
        assertThat(StreamHistory.of(step.next().all()).all())
                .isEqualTo(step.next().all());
    }

    private void apply(long sequence, Action action, TableDefinition table) {
        history = history.apply(new CatalogChange(action, table), boundary(sequence), START.minus(Duration.ofHours(24)))
                .next();
    }

    private static StreamBoundary boundary(long sequence) {
        return new StreamBoundary(new SequenceNumbers.Position(sequence, 0), START.plusSeconds(sequence));
    }

    private static TableDefinition table(int id, String label) {
        return with(
                TestTables.plain(id, "T"),
                label == null ? null : new StreamDefinition(StreamViewType.NEW_IMAGE, label),
                Map.of());
    }

    private static TableDefinition tagged(TableDefinition table) {
        return with(table, table.stream(), Map.of("k", "v"));
    }

    private static TableDefinition with(TableDefinition table, StreamDefinition stream, Map<String, String> tags) {
        return new TableDefinition(
                table.id(),
                table.tableUuid(),
                table.name(),
                table.key(),
                table.attributeTypes(),
                table.localSecondaryIndexes(),
                table.globalSecondaryIndexes(),
                table.billingMode(),
                table.provisionedThroughput(),
                stream,
                table.ttlAttribute(),
                table.deletionProtection(),
                tags,
                table.created());
    }
}
