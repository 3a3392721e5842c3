package io.tailrace.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.TestTables;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.journal.TestEntries;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows that the state's files hold one moment of it, never one that the journal might not have, and that views are safe. */
class TableStateTest {
    private static final Item ITEM = TestTables.item("a", 1, "x");

    @TempDir
    Path dir;

    private final AtomicInteger journalForced = new AtomicInteger();

    @Test
    void whatWasNotFlushedIsGoneAsAWhole() throws IOException {
        try (TableState state = open()) {
            state.apply(List.of(TestEntries.createTable(1), TestEntries.put(2, TestEntries.TIME, ITEM)));
            assertThat(state.appliedSequence()).isEqualTo(2);
            assertThat(state.flushedSequence()).isZero();
            assertThat(journalForced).hasValue(0);
            assertThat(state.flush()).isEqualTo(2);
            assertThat(journalForced).hasPositiveValue();
        }
        try (TableState state = open()) {
            assertThat(state.appliedSequence()).isEqualTo(2);
            assertThat(state.flushedSequence()).isEqualTo(2);
            assertThat(state.lastCommitTime()).isEqualTo(TestEntries.TIME);
            assertThat(state.catalog().table("T")).contains(TestEntries.TABLE);
            assertThat(state.statistics(1).itemCount()).isEqualTo(1);
        }
    }

    @Test
    void commitsWithAGapAreAMistake() throws IOException {
        try (TableState state = open()) {
            assertThatThrownBy(() -> state.apply(List.of(TestEntries.createTable(2))))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(state.appliedSequence()).isZero();
        }
    }

    @Test
    void aSnapshotStaysAsItIs() throws IOException {
        byte[] key = StateKeys.tableKey(TestEntries.TABLE, ITEM);
        try (TableState state = open()) {
            state.apply(List.of(TestEntries.createTable(1)));
            try (StateView snapshot = state.view(true);
                    StateView live = state.view(false)) {
                state.apply(List.of(TestEntries.put(2, TestEntries.TIME, ITEM)));
                assertThat(snapshot.item(key)).isNull();
                assertThat(live.item(key).item()).isEqualTo(ITEM);
            }
        }
    }

    @Test
    void closingWaitsForReadsAndLetsNoneInAfterwards() throws Exception {
        TableState state = open();
        state.apply(List.of(TestEntries.createTable(1), TestEntries.put(2, TestEntries.TIME, ITEM)));
        StateView view = state.view(false);
        CountDownLatch closing = new CountDownLatch(1);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
            closing.countDown();
            state.close();
        });
        assertThat(closing.await(90, TimeUnit.SECONDS)).isTrue();
        assertThat(view.item(StateKeys.tableKey(TestEntries.TABLE, ITEM)).item())
                .isEqualTo(ITEM);
        assertThat(closed).isNotDone();
        view.close();
        closed.get(90, TimeUnit.SECONDS);
        assertThatThrownBy(() -> state.view(false)).isInstanceOf(IllegalStateException.class);
        state.close();
    }

    @Test
    void itemCollectionsOfAnEarlierFormatAreCounted() throws Exception {
        TableDefinition table = TestTables.indexed(7, "Indexed", Projection.KEYS_ONLY);
        Item indexed = TestTables.item("a", 1, "x").toBuilder().set("lk", "l").build();
        Item plain = TestTables.item("a", 2, "yy");
        Item other = TestTables.item("b", 1, "z");
        try (TableState state = open()) {
            state.apply(List.of(
                    TestEntries.createTable(1, table),
                    TestEntries.put(2, table, indexed),
                    TestEntries.put(3, table, plain),
                    TestEntries.put(4, table, other)));
            state.flush();
        }
        byte[] a = StateKeys.partitionPrefix(7, table.key(), plain);
        byte[] b = StateKeys.partitionPrefix(7, table.key(), other);
        long size = ItemSize.inCollection(table, indexed) + ItemSize.inCollection(table, plain);
        assertThat(ItemSize.inCollection(table, indexed)).isGreaterThan(ItemSize.of(indexed));
        RocksStore store = RocksStore.open(dir, () -> {}, BlockCache.OWN);
        try (RocksStore.Batch batch = store.batch()) {
            assertThat(ItemCollections.sizeBytes(store, a)).isEqualTo(size);
            batch.deleteMetaRange(MetaKeys.itemCollections(0), MetaKeys.itemCollections(100));
            batch.putMeta(MetaKeys.FORMAT, MetaKeys.ofInt(1));
            batch.write();
            store.flush();
        } finally {
            store.close();
        }
        try (TableState state = open();
                StateView view = state.view(false)) {
            assertThat(view.itemCollectionBytes(a)).isEqualTo(size);
            assertThat(view.itemCollectionBytes(b)).isEqualTo(ItemSize.inCollection(table, other));
        }
    }

    @Test
    void filesOfALittleAndOfMuchMemoryAreTheSameToReads() throws IOException {
        TableDefinition table = TestTables.plain(7, "Music");
        try (BlockCache little = new BlockCache(1 << 20);
                BlockCache much = new BlockCache(1L << 30)) {
            List<Item> items = new ArrayList<>();
            long sequence = 0;
            for (BlockCache cache : List.of(little, much, little)) {
                try (TableState state = open(cache)) {
                    if (sequence == 0) {
                        state.apply(List.of(TestEntries.createTable(++sequence, table)));
                    }
                    for (int i = 0; i < 500; i++) {
                        Item item = TestTables.item("artist" + sequence, i, "song");
                        items.add(item);
                        state.apply(List.of(TestEntries.put(++sequence, table, item)));
                    }
                    state.flush();
                }
                for (BlockCache other : List.of(little, much)) {
                    try (TableState state = open(other);
                            StateView view = state.view(false)) {
                        for (Item item : items) {
                            assertThat(view.item(StateKeys.tableKey(table, item))
                                            .item())
                                    .isEqualTo(item);
                        }
                        assertThat(view.item(StateKeys.tableKey(table, TestTables.key("nobody", 1))))
                                .isNull();
                    }
                }
            }
        }
    }

    private TableState open(BlockCache cache) throws IOException {
        return TableState.open(dir, journalForced::incrementAndGet, StreamTimes.DEFAULT, Optional.of(cache));
    }

    private TableState open() throws IOException {
        return TableState.open(dir, journalForced::incrementAndGet, StreamTimes.DEFAULT, BlockCache.OWN);
    }
}
