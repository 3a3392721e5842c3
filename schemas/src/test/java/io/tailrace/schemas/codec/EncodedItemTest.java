package io.tailrace.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tailrace.schemas.ItemArbitraries;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** An item of encoded bytes is the item that was encoded, whatever of it is looked at first. */
class EncodedItemTest {
    private final JsonFactory json = DynamoJson.newFactory();

    @Property(tries = 500)
    void itIsTheItem(@ForAll("items") Item item) {
        byte[] bytes = ItemCodec.encode(item);

        assertThat(ItemSize.of(ItemCodec.ofEncoded(bytes))).isEqualTo(ItemSize.of(item));
        assertThat(ItemCodec.encode(ItemCodec.ofEncoded(bytes))).isEqualTo(bytes);
        assertThat(ItemCodec.ofEncoded(bytes)).isEqualTo(item).hasSameHashCodeAs(item);
        assertThat(ItemCodec.ofEncoded(bytes).names()).containsExactlyElementsOf(item.names());
        assertThat(ItemCodec.ofEncoded(bytes).toBuilder().build()).isEqualTo(item);
    }

    @Property(tries = 500)
    void itsJsonIsTheItems(@ForAll("items") Item item) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(text)) {
            DynamoJson.writeItem(out, ItemCodec.ofEncoded(ItemCodec.encode(item)));
        }

        try (JsonParser parser = json.createParser(text.toByteArray())) {
            Item read = DynamoJson.readItem(parser);
            assertThat(read).isEqualTo(item);
            assertThat(read.names()).containsExactlyElementsOf(item.names());
            assertThat(parser.nextToken()).isNull();
        }
    }

    @Provide
    Arbitrary<Item> items() {
        return ItemArbitraries.items();
    }

    @Test
    void bytesThatAreNoItemAreNoticedWhenTheyAreLookedAt() {
        byte[] bytes = ItemCodec.encode(Item.builder().set("a", "b").build());
        bytes[bytes.length - 1] = 7;

        assertThatThrownBy(() -> ItemSize.of(ItemCodec.ofEncoded(bytes))).isInstanceOf(MalformedAvroException.class);
        assertThatThrownBy(() -> ItemCodec.ofEncoded(bytes).get("a")).isInstanceOf(MalformedAvroException.class);
        assertThatThrownBy(() -> {
                    try (JsonGenerator out = json.createGenerator(new ByteArrayOutputStream())) {
                        DynamoJson.writeItem(out, ItemCodec.ofEncoded(bytes));
                    }
                })
                .isInstanceOf(MalformedAvroException.class);
    }
}
