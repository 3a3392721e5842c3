package io.tailrace.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.RecordArbitraries;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Change.CatalogChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.IndexStatus;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.model.TableDetails;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Bytes that are no valid record are refused as such: no other exception, no endless loop, no huge allocation. */
class MalformedAvroTest {
    @Property(tries = 500)
    void cutRecordsAreRefused(@ForAll("changeRecords") ChangeRecord change, @ForAll @IntRange(max = 1000) int where) {
        byte[] encoded = ChangeRecordCodec.encode(change);
        byte[] cut = Arrays.copyOf(encoded, where % encoded.length);
        if (encoded.length - cut.length <= laterFields(change)) {
            readOrRefuse(() -> ChangeRecordCodec.decode(cut)); // it may end where one of an earlier version does
            return;
        }
        assertThatThrownBy(() -> ChangeRecordCodec.decode(cut)).isInstanceOf(MalformedAvroException.class);
        assertThatThrownBy(() -> ChangeSlices.of(ByteBuffer.wrap(cut))).isInstanceOf(MalformedAvroException.class);
    }

    /** How many bytes the fields take that the first version of the schema did not have. */
    private static int laterFields(ChangeRecord record) {
        int version = record.version() == null ? 1 : 1 + ItemVersionCodec.encode(record.version()).length;
        return record.change() instanceof CatalogChange catalog ? version + laterFields(catalog) : version;
    }

    private static int laterFields(CatalogChange change) {
        TableDefinition table = change.table();
        TableDefinition first = table.withDetails(TableDetails.NONE)
                .withGlobalSecondaryIndexes(table.globalSecondaryIndexes().stream()
                        .map(index -> index.withStatus(IndexStatus.ACTIVE))
                        .toList());
        return TableDefinitionCodec.encode(table).length - TableDefinitionCodec.encode(first).length + 2;
    }

    @Property(tries = 2000)
    void changedBytesAreReadOrRefused(
            @ForAll("changeRecords") ChangeRecord change, @ForAll @IntRange(max = 1000) int where, @ForAll byte value) {
        byte[] encoded = ChangeRecordCodec.encode(change);
        encoded[where % encoded.length] = value;
        readOrRefuse(() -> ChangeRecordCodec.decode(encoded));
        readOrRefuse(() -> ChangeSlices.of(ByteBuffer.wrap(encoded)));
    }

    @Property(tries = 2000)
    void arbitraryBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefuse(() -> ItemCodec.decode(bytes));
        readOrRefuse(() -> ItemCodec.itemSizeBytes(ByteBuffer.wrap(bytes)));
        readOrRefuse(() -> CommandCodec.decode(bytes));
        readOrRefuse(() -> StreamRecordCodec.decode(bytes));
        readOrRefuse(() -> TableDefinitionCodec.decode(ByteBuffer.wrap(bytes)));
    }

    @Test
    void trailingBytesAreRefused() {
        byte[] encoded = ItemCodec.encode(Item.builder().set("a", 1).build());
        assertThatThrownBy(() -> ItemCodec.decode(Arrays.copyOf(encoded, encoded.length + 1)))
                .isInstanceOf(MalformedAvroException.class)
                .hasMessage("1 bytes left over after the value");
    }

    @Test
    void valuesThatTheModelForbidsAreRefused() {
        assertRefused(itemWithSet("a", 7), "an empty set"); // SS without elements
        assertRefused(itemWithSet("a", 7, "x", "x"), "an element twice in a set");
        assertRefused(itemWithSet("a", 8, "nought"), "no number: nought");
        assertRefused(itemWithBranch("a", 10), "index 10 of 10 branches or symbols");
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        AttributeValue value = AttributeValue.string("leaf");
        for (int i = 0; i < 40; i++) {
            value = new AttributeValue.L(List.of(value));
        }
        Item item = Item.builder().set("a", value).build();
        assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
        AvroWriter out = new AvroWriter(16);
        out.startBlock(1);
        out.writeString("a");
        for (int i = 0; i < 100_000; i++) {
            out.writeIndex(5);
            out.startBlock(1);
        }
        byte[] deep = out.toByteArray();
        assertThatThrownBy(() -> ItemCodec.decode(deep)).hasMessage("values nested more than 100 deep");
        assertThatThrownBy(() -> ItemCodec.itemSizeBytes(ByteBuffer.wrap(deep)))
                .hasMessage("values nested more than 100 deep");
    }

    @Provide
    Arbitrary<ChangeRecord> changeRecords() {
        return RecordArbitraries.changeRecords();
    }

    private static void readOrRefuse(Runnable reading) {
        try {
            reading.run();
        } catch (MalformedAvroException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }

    private static void assertRefused(byte[] encoded, String message) {
        assertThatThrownBy(() -> ItemCodec.decode(encoded))
                .isInstanceOf(MalformedAvroException.class)
                .hasMessage(message);
    }

    /** An item whose only attribute is a set of these elements, which {@link ItemCodec} would not write. */
    private static byte[] itemWithSet(String name, int setBranch, String... elements) {
        AvroWriter out = start(name, setBranch);
        out.startBlock(elements.length);
        for (String element : elements) {
            out.writeString(element);
        }
        out.endBlocks();
        out.endBlocks();
        return out.toByteArray();
    }

    private static byte[] itemWithBranch(String name, int branch) {
        return start(name, branch).toByteArray();
    }

    private static AvroWriter start(String name, int branch) {
        AvroWriter out = new AvroWriter(16);
        out.startBlock(1);
        out.writeString(name);
        out.writeIndex(branch);
        return out;
    }
}
