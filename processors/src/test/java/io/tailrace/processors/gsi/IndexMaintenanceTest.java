package io.tailrace.processors.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves which index updates follow from two images of an item. */
class IndexMaintenanceTest {
    private static final long SEQUENCE = 7;

    private final IndexDefinition index =
            MutationLog.index(11, new Projection(Projection.Type.INCLUDE, List.of("Payload")));
    private final TableDefinition table = MutationLog.table(10, index);
    private final Item item = MutationLog.item("a", "login", 1, "x");

    @Test
    void aNewItemIsPut() {
        assertThat(update(null, item)).containsExactly(put(item));
    }

    @Test
    void aRemovedItemIsDeleted() {
        assertThat(update(item, null)).containsExactly(delete(item));
    }

    @Test
    void aMovedItemIsDeletedBeforeItIsPut() {
        Item moved = MutationLog.item("a", "login", 2, "x");
        assertThat(update(item, moved)).containsExactly(delete(item), put(moved));
    }

    @Test
    void aChangeOfProjectedAttributesIsAPut() {
        Item changed = MutationLog.item("a", "login", 1, "y");
        assertThat(update(item, changed)).containsExactly(put(changed));
    }

    @Test
    void aChangeOfOtherAttributesIsNothing() {
        assertThat(update(item, item.with("Other", new AttributeValue.S("o")))).isEmpty();
    }

    @Test
    void numbersThatAreEqualAreOneKey() {
        Item other = item.with("Rank", AttributeValue.number("1.0"));
        assertThat(update(item, other)).isEmpty();
    }

    @Test
    void anItemThatLosesItsKeyIsDeletedAndOneThatGainsItIsPut() {
        Item without = item.toBuilder().remove("Type").build();
        assertThat(update(item, without)).containsExactly(delete(item));
        assertThat(update(without, item)).containsExactly(put(item));
        assertThat(update(without, without.with("Rank", AttributeValue.number(2))))
                .isEmpty();
        assertThat(update(null, without)).isEmpty();
        assertThat(update(without, null)).isEmpty();
    }

    @Test
    void keysOfWrongTypesAndEmptyOnesAreNoKeys() {
        assertThat(update(null, item.with("Rank", new AttributeValue.S("1")))).isEmpty();
        assertThat(update(null, item.with("Type", new AttributeValue.S("")))).isEmpty();
    }

    @Test
    void allPartsOfAMultiAttributeKeyMustBeThere() {
        KeyAttribute type = new KeyAttribute("Type", AttributeType.S);
        KeyAttribute payload = new KeyAttribute("Payload", AttributeType.S);
        KeyAttribute rank = new KeyAttribute("Rank", AttributeType.N);
        IndexDefinition wide = new IndexDefinition(
                12, "Wide", new KeySchema(List.of(type, payload), List.of(rank)), Projection.KEYS_ONLY, null);
        assertThat(IndexMaintenance.update(table, wide, null, item, SEQUENCE))
                .containsExactly(new IndexUpdate(StateKeys.indexKey(table, wide, item), SEQUENCE, item));
        Item partly = item.toBuilder().remove("Payload").build();
        assertThat(IndexMaintenance.update(table, wide, null, partly, SEQUENCE)).isEmpty();
    }

    private List<IndexUpdate> update(Item oldImage, Item newImage) {
        return IndexMaintenance.update(table, index, oldImage, newImage, SEQUENCE);
    }

    private IndexUpdate put(Item image) {
        return new IndexUpdate(
                StateKeys.indexKey(table, index, image),
                SEQUENCE,
                image.project(List.of("Id", "Type", "Rank", "Payload")));
    }

    private IndexUpdate delete(Item image) {
        return new IndexUpdate(StateKeys.indexKey(table, index, image), SEQUENCE, null);
    }
}
