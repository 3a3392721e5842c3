package io.tailrace.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.TestTables;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.Change.CatalogChange.Action;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shows that catalogs follow their changes, never forget an id, and leave the earlier ones as they were. */
class CatalogTest {
    @Test
    void changesMakeTheNextCatalog() {
        TableDefinition table = TestTables.indexed(1, "b", Projection.ALL);
        Catalog created = Catalog.EMPTY.apply(new CatalogChange(Action.CREATE_TABLE, table));
        Catalog both = created.apply(new CatalogChange(Action.CREATE_TABLE, TestTables.plain(7, "a")));
        Catalog deleted = both.apply(new CatalogChange(Action.DELETE_TABLE, table));

        assertThat(Catalog.EMPTY.tables()).isEmpty();
        assertThat(created.table("b")).contains(table);
        assertThat(created.table(1)).contains(table);
        assertThat(created.nextId()).isEqualTo(3);
        assertThat(both.tables()).extracting(TableDefinition::name).containsExactly("a", "b");
        assertThat(deleted.table("b")).isEmpty();
        assertThat(deleted.table(1)).isEmpty();
        assertThat(deleted.nextId()).isEqualTo(8);
        assertThat(both.table("b")).contains(table);
    }

    @Test
    void deletingAFormerTableLeavesItsSuccessor() {
        TableDefinition former = TestTables.plain(1, "t");
        TableDefinition successor = TestTables.plain(2, "t");
        Catalog catalog = Catalog.of(List.of(successor), 3).apply(new CatalogChange(Action.DELETE_TABLE, former));
        assertThat(catalog.table("t")).contains(successor);
    }

    @Test
    void idsOfDeletedTablesStayUsed() {
        assertThat(Catalog.of(List.of(TestTables.plain(2, "t")), 9).nextId()).isEqualTo(9);
        assertThat(Catalog.of(List.of(TestTables.plain(12, "t")), 9).nextId()).isEqualTo(13);
    }
}
