package io.tailrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.TestTables;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.StreamDefinition;
import io.tailrace.schemas.model.StreamShards;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The history of streams follows from the catalog changes: where each began and ended, and what is forgotten. */
class StreamHistoryTest {
    private static final Instant START = Instant.parse("2026-05-17T10:05:03Z");

    private static final StreamTimes HOUR =
            new StreamTimes(StreamOptions.DEFAULT.withRetention(Duration.ofHours(1)), Duration.ZERO);

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
        StreamHistory.Step step = history.apply(later, boundary(2 + 3600 + 1), HOUR);
        assertThat(step.removed()).extracting(TableStream::label).containsExactly("a");
        assertThat(step.written()).isEmpty();
        assertThat(step.next().all()).extracting(TableStream::label).containsExactly("b");
        assertThat(StreamHistory.of(step.next().all()).all())
                .isEqualTo(step.next().all());
    }

    @Test
    void aTablesTagSaysForHowLongItsStreamIsKnown() {
        Map<String, String> twoHours = Map.of("tailrace:stream.retention", "2h");
        apply(1, Action.CREATE_TABLE, with(table(1, "a"), table(1, "a").stream(), twoHours));
        apply(2, Action.UPDATE_TABLE, with(table(1, null), null, twoHours));
        apply(2 + 7200, Action.CREATE_TABLE, table(2, null));
        assertThat(history.all()).extracting(TableStream::label).containsExactly("a");
        apply(2 + 7201, Action.CREATE_TABLE, table(3, null));
        assertThat(history.all()).isEmpty();
    }

    @Test
    void anotherGenerationOfShardsBeginsWithTheChangeThatCountsIt() {
        apply(1, Action.CREATE_TABLE, rolled(0));
        apply(2, Action.UPDATE_TABLE, rolled(1));
        apply(3, Action.UPDATE_TABLE, tagged(rolled(1)));
        apply(4, Action.UPDATE_TABLE, rolled(2));
        TableStream open = new TableStream(rolled(2), List.of(boundary(1), boundary(2), boundary(4)), null);
        assertThat(history.all()).containsExactly(open);
        assertThat(open.youngest()).isEqualTo(boundary(4));
        assertThat(history.unchangedSince(START.plusSeconds(4))).isEmpty();
        assertThat(history.unchangedSince(START.plusSeconds(5))).containsExactly(open);
        apply(5, Action.UPDATE_TABLE, table(1, null));
        assertThat(history.all()).containsExactly(new TableStream(rolled(2), open.generations(), boundary(5)));
        assertThat(history.unchangedSince(START.plusSeconds(10))).isEmpty();
    }

    @Test
    void aStreamOfAnEarlierReleaseBeginsToCount() {
        apply(1, Action.CREATE_TABLE, table(1, "a"));
        apply(2, Action.UPDATE_TABLE, tagged(table(1, "a")));
        apply(3, Action.UPDATE_TABLE, rolled(1));
        assertThat(history.all().get(0).generations()).containsExactly(boundary(1), boundary(3));
    }

    @Test
    void shardsOfWhichAllRecordsAreTooOldAreForgotten() {
        apply(1, Action.CREATE_TABLE, rolled(0));
        apply(10, Action.UPDATE_TABLE, rolled(1));
        apply(20, Action.UPDATE_TABLE, rolled(2));
        apply(20 + 3600, Action.UPDATE_TABLE, rolled(3));
        TableStream stream = history.all().get(0);
        assertThat(stream.start()).isEqualTo(boundary(1));
        assertThat(stream.forgotten()).isEqualTo(1);
        assertThat(stream.lastForgotten()).isEqualTo(boundary(1));
        assertThat(stream.generations()).containsExactly(boundary(10), boundary(20), boundary(3620));
        TableStream later = stream.trimmedBefore(START.plusSeconds(3621));
        assertThat(later.forgotten()).isEqualTo(3);
        assertThat(later.lastForgotten()).isEqualTo(boundary(20));
        assertThat(later.generations()).containsExactly(boundary(3620));
        assertThat(later.trimmedBefore(START.plusSeconds(100_000))).isSameAs(later);
        apply(50_000, Action.UPDATE_TABLE, tagged(rolled(3)));
        assertThat(history.all())
                .containsExactly(new TableStream(
                        tagged(rolled(3)), boundary(1), 3, boundary(20), List.of(boundary(3620)), null));
    }

    private static TableDefinition rolled(int generation) {
        TableDefinition table = table(1, "a");
        return table.withDetails(table.details().withStreamShards(new StreamShards(2, generation)));
    }

    private void apply(long sequence, Action action, TableDefinition table) {
        history = history.apply(new CatalogChange(action, table), boundary(sequence), HOUR)
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
                table.created(),
                table.details());
    }
}
