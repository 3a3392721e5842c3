package io.tailrace.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes are those of the Developer Guide's item size rules. */
class ItemSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 2",
        "10, 2",
        "12, 2",
        "99, 2",
        "100, 2",
        "123, 3",
        "1234, 3",
        "12345, 4",
        "1.2, 3",
        "0.12, 2",
        "0.012, 3",
        "-1, 3",
        "-1234, 4",
        "1e125, 2",
        "1e-130, 2",
        "12345678901234567890123456789012345678, 20",
        "1.2345678901234567890123456789012345678, 21"
    })
    void numbersTakeOneByteForTwoDigitsAndOneMore(String text, int size) {
        assertThat(ItemSize.of(DynamoNumber.parse(text))).isEqualTo(size);
    }

    @Test
    void stringsAndNamesCountInUtf8() {
        assertThat(ItemSize.of(Item.builder().set("a", "xyz").build())).isEqualTo(4);
        assertThat(ItemSize.of(Item.builder().set("é", "日本😀").build())).isEqualTo(2 + 10);
        assertThat(ItemSize.of(Item.EMPTY)).isZero();
    }

    @Test
    void scalarsHaveNoOverhead() {
        assertThat(ItemSize.of(AttributeValue.Bool.TRUE)).isEqualTo(1);
        assertThat(ItemSize.of(AttributeValue.Null.INSTANCE)).isEqualTo(1);
        assertThat(ItemSize.of(AttributeValue.binary(new byte[7]))).isEqualTo(7);
        assertThat(ItemSize.of(AttributeValue.string(""))).isZero();
    }

    @Test
    void setsAreTheSumOfTheirElements() {
        assertThat(ItemSize.of(new AttributeValue.SS(Set.of("a", "bc")))).isEqualTo(3);
        assertThat(ItemSize.of(new AttributeValue.NS(Set.of(DynamoNumber.of(1), DynamoNumber.of(123)))))
                .isEqualTo(5);
        assertThat(ItemSize.of(new AttributeValue.BS(Set.of(Binary.wrap(new byte[2])))))
                .isEqualTo(2);
    }

    @Test
    void documentsTakeThreeBytesAndOneForEachElement() {
        assertThat(ItemSize.of(new AttributeValue.L(List.of()))).isEqualTo(3);
        assertThat(ItemSize.of(new AttributeValue.M(Map.of()))).isEqualTo(3);
        assertThat(ItemSize.of(new AttributeValue.L(List.of(AttributeValue.string("ab"), AttributeValue.Bool.TRUE))))
                .isEqualTo(3 + 1 + 2 + 1 + 1);
        Map<String, AttributeValue> members = new LinkedHashMap<>();
        members.put("key", new AttributeValue.L(List.of(AttributeValue.number(5))));
        assertThat(ItemSize.of(new AttributeValue.M(members))).isEqualTo(3 + 1 + 3 + (3 + 1 + 2));
    }
}
