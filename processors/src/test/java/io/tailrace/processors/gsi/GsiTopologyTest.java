package io.tailrace.processors.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processors.gsi.GsiQueries.IndexEntry;
import io.tailrace.processors.gsi.GsiQueries.IndexPage;
import io.tailrace.processors.gsi.GsiQueries.IndexSize;
import io.tailrace.processors.runtime.TestDriver;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves that the index store follows the mutations topic, replays and late records included. */
class GsiTopologyTest {
    private static final int ALL = 11;
    private static final int KEYS_ONLY = 12;
    private static final int INCLUDE = 13;

    private final IndexDefinition index = MutationLog.index(ALL, Projection.ALL);
    private final TableDefinition table = MutationLog.table(
            10,
            index,
            MutationLog.index(KEYS_ONLY, Projection.KEYS_ONLY),
            MutationLog.index(INCLUDE, new Projection(Projection.Type.INCLUDE, List.of("Payload"))));
    private final MutationLog log = new MutationLog();
    private GsiDriver gsi;

    @BeforeEach
    void start() {
        gsi = new GsiDriver();
        gsi.pipe(log.create(table));
    }

    @AfterEach
    void stop() {
        gsi.close();
    }

    @Test
    void entriesAreInKeyOrderAndProjected() {
        Item second = MutationLog.item("a", "login", 20, "x").with("Other", new AttributeValue.S("o"));
        Item first = MutationLog.item("b", "login", 3, "y");
        gsi.pipe(log.put(table, second));
        gsi.pipe(log.put(table, first));

        assertThat(gsi.items(ALL)).containsExactly(first, second);
        assertThat(gsi.items(KEYS_ONLY))
                .containsExactly(
                        first.project(List.of("Id", "Type", "Rank")), second.project(List.of("Id", "Type", "Rank")));
        assertThat(gsi.items(INCLUDE)).containsExactly(first, second.project(List.of("Id", "Type", "Rank", "Payload")));
        assertThat(gsi.queries().entryCount(ALL)).isEqualTo(2);
        assertThat(gsi.queries().size(ALL))
                .isEqualTo(new IndexSize(2, (long) ItemSize.of(first) + ItemSize.of(second)));
    }

    @Test
    void anUpdateReplacesTheEntryAndAMoveLeavesOne() {
        gsi.pipe(log.put(table, MutationLog.item("a", "login", 1, "x")));
        Item updated = MutationLog.item("a", "login", 1, "longer");
        gsi.pipe(log.put(table, updated));
        assertThat(gsi.items(ALL)).containsExactly(updated);

        Item moved = MutationLog.item("a", "logout", 1, "longer");
        gsi.pipe(log.put(table, moved));
        assertThat(gsi.items(ALL)).containsExactly(moved);
        assertThat(gsi.queries().size(ALL)).isEqualTo(new IndexSize(1, ItemSize.of(moved)));
    }

    @Test
    void aDeletedItemLosesItsEntry() {
        gsi.pipe(log.put(table, MutationLog.item("a", "login", 1, "x")));
        gsi.pipe(log.delete(table, "a"));

        assertThat(gsi.items(ALL)).isEmpty();
        assertThat(gsi.queries().size(ALL)).isEqualTo(new IndexSize(0, 0));
    }

    @Test
    void itemsWithoutTheKeyOrWithAWrongTypeAreLeftOut() {
        Item indexed = MutationLog.item("a", "login", 1, "x");
        gsi.pipe(log.put(table, indexed));
        gsi.pipe(log.put(
                table, Item.builder().set("Id", "b").set("Type", "login").build()));
        gsi.pipe(log.put(
                table,
                Item.builder()
                        .set("Id", "c")
                        .set("Type", "login")
                        .set("Rank", "one")
                        .build()));
        gsi.pipe(log.put(table, MutationLog.item("d", "", 1, "empty key")));
        assertThat(gsi.items(ALL)).containsExactly(indexed);

        gsi.pipe(log.put(table, indexed.toBuilder().remove("Rank").build()));
        assertThat(gsi.items(ALL)).isEmpty();
    }

    @Test
    void aDeletedTableTakesItsIndexesAndNoOthersWithIt() {
        TableDefinition neighbour = MutationLog.table(20, MutationLog.index(ALL + 3, Projection.ALL));
        gsi.pipe(log.put(table, MutationLog.item("a", "login", 1, "x")));
        gsi.pipe(log.put(table, MutationLog.item("b", "login", 2, "x")));
        gsi.pipe(log.delete(table, "b"));
        ChangeRecord late = log.put(table, MutationLog.item("c", "login", 1, "x"));
        gsi.pipe(log.drop(table));
        gsi.pipe(log.create(neighbour));
        Item kept = MutationLog.item("a", "login", 1, "x");
        gsi.pipe(log.put(neighbour, kept));
        gsi.pipe(late);

        assertThat(gsi.items(ALL)).isEmpty();
        assertThat(gsi.items(KEYS_ONLY)).isEmpty();
        assertThat(gsi.queries().entryCount(ALL)).isZero();
        assertThat(gsi.items(ALL + 3)).containsExactly(kept);
        assertThat(gsi.driver().entries(GsiTopology.INDEX_ENTRIES)).isEqualTo(1);
        assertThat(gsi.driver().entries(GsiTopology.TABLE_DEFINITIONS)).isEqualTo(1);
    }

    @Test
    void anIndexThatTheTableNoLongerHasIsDropped() {
        Item item = MutationLog.item("a", "login", 1, "x");
        gsi.pipe(log.put(table, item));
        gsi.pipe(log.update(MutationLog.table(10, index)));

        assertThat(gsi.items(ALL)).containsExactly(item);
        assertThat(gsi.items(KEYS_ONLY)).isEmpty();
        assertThat(gsi.driver().entries(GsiTopology.INDEX_ENTRIES)).isEqualTo(1);
    }

    @Test
    void anIndexThatIsBeingBuiltLearnsOfItemsByBackfillsAndWritesAlike() {
        TableDefinition before = MutationLog.table(30);
        IndexDefinition added = MutationLog.index(31, Projection.ALL).withStatus(IndexStatus.BACKFILLING);
        TableDefinition during = MutationLog.table(30, added);
        gsi.pipe(log.create(before));
        Item old = MutationLog.item("old", "login", 1, "x");
        Item changed = MutationLog.item("changed", "login", 2, "x");
        Item wrong = old.toBuilder().set("Id", "wrong").set("Rank", "no number").build();
        Item tooLong = MutationLog.item("long", "x".repeat(2049), 3, "x");
        for (Item item : List.of(old, changed, wrong, tooLong)) {
            gsi.pipe(log.put(before, item));
        }
        gsi.pipe(log.update(during));
        assertThat(gsi.items(31)).isEmpty();

        Item moved = changed.with("Type", new AttributeValue.S("logout"));
        gsi.pipe(log.put(during, moved));
        for (Item item : List.of(old, moved, wrong, tooLong)) {
            gsi.pipe(log.backfill(during, item));
        }
        assertThat(gsi.items(31)).containsExactlyInAnyOrder(old, moved);
        gsi.pipe(log.delete(during, "old"));
        gsi.pipe(log.update(MutationLog.table(30, added.withStatus(IndexStatus.ACTIVE))));
        assertThat(gsi.items(31)).containsExactly(moved);
        assertThat(gsi.driver().deadLetterCount()).isZero();
    }

    @Test
    void aBackfillIsNothingNewToAnActiveIndex() {
        Item item = MutationLog.item("a", "login", 1, "x");
        ChangeRecord put = log.put(table, item);
        gsi.pipe(put);
        gsi.pipe(log.backfill(table, item));
        gsi.pipe(put);
        assertThat(gsi.items(ALL)).containsExactly(item);
        assertThat(gsi.staleUpdates()).as("the entries are those of the put").isEqualTo(3);
    }

    @Test
    void aLargeIndexIsRemovedStepByStep() {
        int items = 2 * IndexStoreProcessor.DROP_RECORDS + 10;
        TableDefinition large = MutationLog.table(40, MutationLog.index(41, Projection.KEYS_ONLY));
        gsi.pipe(log.create(large));
        for (int i = 0; i < items; i++) {
            gsi.pipe(log.put(large, MutationLog.item("i" + i, "login", i, "x")));
        }
        Item kept = MutationLog.item("a", "login", 1, "x");
        gsi.pipe(log.put(table, kept));
        gsi.pipe(log.update(MutationLog.table(
                40, MutationLog.index(41, Projection.KEYS_ONLY).withStatus(IndexStatus.DELETING))));
        assertThat(gsi.queries().entryCount(41)).isEqualTo(items - IndexStoreProcessor.DROP_RECORDS);
        gsi.pipe(log.put(large, MutationLog.item("late", "login", 1, "x")));
        for (int step = 0; step < 5; step++) {
            gsi.driver().advance(IndexStoreProcessor.DROP_INTERVAL);
        }
        assertThat(gsi.queries().size(41)).isEqualTo(new IndexSize(0, 0));
        assertThat(gsi.driver().entries(GsiTopology.INDEX_ENTRIES)).isEqualTo(3);
        assertThat(gsi.items(ALL)).containsExactly(kept);
    }

    @Test
    void aReplayFromAnyEarlierOffsetChangesNothing() {
        Item moved = MutationLog.item("a", "logout", 1, "x");
        log.put(table, MutationLog.item("a", "login", 1, "x"));
        log.put(table, moved);
        log.put(table, MutationLog.item("b", "login", 1, "x"));
        log.delete(table, "b");
        List<ChangeRecord> records = log.records();
        gsi.pipe(records);
        for (int from = 0; from < records.size(); from++) {
            for (ChangeRecord replayed : records.subList(from, records.size())) {
                gsi.pipe(replayed);
                assertThat(gsi.items(ALL)).containsExactly(moved);
                assertThat(gsi.queries().entryCount(ALL)).isEqualTo(1);
            }
        }
    }

    @Test
    void anUpdateThatComesLateFromAFormerOwnerIsIgnored() {
        Item item = MutationLog.item("a", "login", 1, "x");
        ChangeRecord put = log.put(table, item);
        gsi.pipe(put);
        gsi.pipe(log.delete(table, "a"));
        gsi.pipeUpdate(new IndexUpdate(
                StateKeys.indexKey(table, index, item), put.sequenceNumber(), ByteBuffer.wrap(ItemCodec.encode(item))));

        assertThat(gsi.items(ALL)).isEmpty();
        assertThat(gsi.staleUpdates()).isEqualTo(1);
    }

    @Test
    void tombstonesGoAfterTheirRetentionAndEntriesStay() {
        Item kept = MutationLog.item("b", "login", 1, "x");
        gsi.pipe(log.put(table, MutationLog.item("a", "login", 1, "x")));
        gsi.pipe(log.put(table, kept));
        gsi.pipe(log.delete(table, "a"));
        long withTombstones = gsi.driver().entries(GsiTopology.INDEX_ENTRIES);
        gsi.driver().advance(IndexStoreProcessor.TOMBSTONE_RETENTION);
        assertThat(gsi.driver().entries(GsiTopology.INDEX_ENTRIES)).isEqualTo(withTombstones);

        gsi.driver().advance(IndexStoreProcessor.SWEEP_INTERVAL);
        assertThat(gsi.driver().entries(GsiTopology.INDEX_ENTRIES)).isEqualTo(withTombstones - 3);
        assertThat(gsi.items(ALL)).containsExactly(kept);
    }

    @Test
    void pagesEndAtTheirLimitsAndSayWhetherThereIsMore() {
        for (int rank = 0; rank < 5; rank++) {
            gsi.pipe(log.put(table, MutationLog.item("i" + rank, "login", rank, "x")));
        }
        gsi.pipe(log.delete(table, "i4"));
        List<IndexEntry> all = gsi.all(ALL).entries();
        byte[] end = StateKeys.successor(StateKeys.idPrefix(ALL));

        IndexPage first = gsi.queries().read(ALL, StateKeys.idPrefix(ALL), end, true, 3, Long.MAX_VALUE);
        assertThat(first).isEqualTo(new IndexPage(all.subList(0, 3), true));
        IndexPage rest =
                gsi.queries().read(ALL, StateKeys.after(first.entries().get(2).key()), end, true, 3, Long.MAX_VALUE);
        assertThat(rest).isEqualTo(new IndexPage(all.subList(3, 4), false));
        IndexPage backward =
                gsi.queries().read(ALL, StateKeys.idPrefix(ALL), all.get(3).key(), false, 2, 1 << 20);
        assertThat(backward).isEqualTo(new IndexPage(List.of(all.get(2), all.get(1)), true));
        IndexPage bySize = gsi.queries()
                .read(ALL, StateKeys.idPrefix(ALL), end, true, 10, all.get(0).sizeBytes() + 1);
        assertThat(bySize).isEqualTo(new IndexPage(all.subList(0, 2), true));
    }

    @Test
    void aRecordThatCannotBeDecodedIsADeadLetterAndTheNextOneCounts() {
        byte[] garbage = {1, 2, 3};
        gsi.pipeRaw(garbage);
        Item item = MutationLog.item("a", "login", 1, "x");
        gsi.pipe(log.put(table, item));

        assertThat(gsi.items(ALL)).containsExactly(item);
        TestRecord<byte[], byte[]> letter = gsi.driver().deadLetters().readRecord();
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(RecordHeaders.textValue(
                        letter.headers().lastHeader(RecordHeaders.SOURCE_TOPIC).value()))
                .isEqualTo("tailrace." + TestDriver.REGION + ".mutations");
        assertThat(RecordHeaders.longValue(
                        letter.headers().lastHeader(RecordHeaders.SOURCE_OFFSET).value()))
                .isEqualTo(1);
        assertThat(letter.headers().lastHeader(RecordHeaders.ERROR_MESSAGE)).isNotNull();
    }
}
