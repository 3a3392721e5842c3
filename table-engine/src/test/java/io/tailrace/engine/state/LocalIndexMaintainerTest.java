package io.tailrace.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.TestTables;
import io.tailrace.schemas.codec.ItemCodec;
import io.tailrace.schemas.key.StateKeys;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.IndexDefinition;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.Projection;
import io.tailrace.schemas.model.TableDefinition;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Shows that an index kept by its maintainer is the one that would be built anew from the items. */
class LocalIndexMaintainerTest {
    @Property(tries = 200)
    void indexesFollowTheItems(@ForAll("histories") List<Item> history, @ForAll("projections") Projection projection) {
        TableDefinition table = TestTables.indexed(1, "T", projection);
        Map<ByteBuffer, Item> items = new HashMap<>();
        Map<ByteBuffer, ByteBuffer> index = new HashMap<>();
        for (Item written : history) {
            ByteBuffer key = ByteBuffer.wrap(StateKeys.tableKey(table, written));
            // An item without a value stands for a deletion.
            Item newItem = written.has("value") ? written : null;
            Item oldItem = newItem == null ? items.remove(key) : items.put(key, newItem);
            for (LocalIndexMaintainer.IndexWrite write : LocalIndexMaintainer.writes(table, oldItem, newItem)) {
                if (write.value() == null) {
                    assertThat(index.remove(ByteBuffer.wrap(write.key()))).isNotNull();
                } else {
                    index.put(ByteBuffer.wrap(write.key()), ByteBuffer.wrap(write.value()));
                }
            }
        }
        assertThat(index).isEqualTo(built(table, items));
    }

    @Test
    void anItemWithoutTheIndexKeyOrWithAnotherTypeHasNoEntry() {
        TableDefinition table = TestTables.indexed(1, "T", Projection.ALL);
        Item plain = TestTables.item("a", 1, "x");
        assertThat(LocalIndexMaintainer.writes(table, null, plain)).isEmpty();
        Item number = plain.toBuilder().set("lk", 5).build();
        assertThat(number.get("lk").type()).isEqualTo(AttributeType.N);
        assertThat(LocalIndexMaintainer.writes(table, plain, number)).isEmpty();
        Item indexed = plain.toBuilder().set("lk", "l").build();
        assertThat(LocalIndexMaintainer.writes(table, number, indexed)).hasSize(1);
        assertThat(LocalIndexMaintainer.writes(table, indexed, number))
                .singleElement()
                .satisfies(write -> assertThat(write.value()).isNull());
    }

    private static Map<ByteBuffer, ByteBuffer> built(TableDefinition table, Map<ByteBuffer, Item> items) {
        IndexDefinition index = table.localSecondaryIndexes().get(0);
        Map<ByteBuffer, ByteBuffer> built = new HashMap<>();
        for (Item item : items.values()) {
            if (item.has("lk")) {
                Item projected = index.projection().apply(item, table.key(), index.key());
                built.put(
                        ByteBuffer.wrap(StateKeys.indexKey(table, index, item)),
                        ByteBuffer.wrap(ItemCodec.encode(projected)));
            }
        }
        return built;
    }

    @Provide
    Arbitrary<List<Item>> histories() {
        return Combinators.combine(
                        Arbitraries.of("a", "b"),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of("l1", "l2", "l3").injectNull(0.3),
                        Arbitraries.of("v1", "v2").injectNull(0.2))
                .as((pk, sk, lk, value) -> {
                    Item.Builder item = TestTables.key(pk, sk).toBuilder();
                    if (lk != null) {
                        item.set("lk", lk);
                    }
                    if (value != null) {
                        item.set("value", value);
                    }
                    return item.build();
                })
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Projection> projections() {
        return Arbitraries.of(
                Projection.ALL, Projection.KEYS_ONLY, new Projection(Projection.Type.INCLUDE, List.of("value")));
    }
}
