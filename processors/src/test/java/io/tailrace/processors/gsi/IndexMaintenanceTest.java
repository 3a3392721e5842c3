package io.tailrace.processors.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.codec.AttributeNames;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.KeyAttribute;
import io.tailrace.schemas.model.KeySchema;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
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
    void anIndexOfWholeItemsTakesTheirBytesAsTheyAre() {
        IndexDefinition whole = MutationLog.index(11, Projection.ALL);
        Item other = item.with("Other", new AttributeValue.S("o"));
        IndexUpdate put = new IndexUpdate(StateKeys.indexKey(table, whole, item), SEQUENCE, encoded(other));

        assertThat(update(whole, item, other)).containsExactly(put);
        assertThat(update(whole, null, other)).containsExactly(put);
        assertThat(update(whole, other, other)).isEmpty();
        assertThat(IndexRecord.item(IndexRecord.of(put))).isEqualTo(other);
        assertThat(IndexRecord.itemSizeBytes(IndexRecord.of(put))).isEqualTo(ItemSize.of(other));
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
        Item entry = item.project(List.of("Id", "Type", "Payload", "Rank"));
        assertThat(update(wide, null, item))
                .containsExactly(new IndexUpdate(StateKeys.indexKey(table, wide, item), SEQUENCE, encoded(entry)));
        Item partly = item.toBuilder().remove("Payload").build();
        assertThat(update(wide, null, partly)).isEmpty();
    }

    private List<IndexUpdate> update(Item oldImage, Item newImage) {
        return update(index, oldImage, newImage);
    }

    private List<IndexUpdate> update(IndexDefinition of, Item oldImage, Item newImage) {
        AttributeNames keys = MaintainedTable.keyNames(MutationLog.table(10, of));
        return new IndexMaintenance(table, of)
                .update(Image.of(encoded(oldImage), keys), Image.of(encoded(newImage), keys), SEQUENCE);
    }

    private static ByteBuffer encoded(Item item) {
        return item == null ? null : ByteBuffer.wrap(ItemCodec.encode(item));
    }

    private IndexUpdate put(Item image) {
        return new IndexUpdate(
                StateKeys.indexKey(table, index, image),
                SEQUENCE,
                encoded(image.project(List.of("Id", "Type", "Rank", "Payload"))));
    }

    private IndexUpdate delete(Item image) {
        return new IndexUpdate(StateKeys.indexKey(table, index, image), SEQUENCE, null);
    }
}
