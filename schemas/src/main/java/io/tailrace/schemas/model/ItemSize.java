package io.tailrace.schemas.model;

import io.tailrace.schemas.bytes.Utf8;
import java.util.Map;

/**
 * Sizes in bytes by DynamoDB's rules (Developer Guide, "DynamoDB item sizes and formats").
 *
 * <p>Numbers: the guide says "approximately" one byte for two significant digits and one more. Two digits share a byte
 * when they are of the same power of one hundred, so 12 takes one and 1.2 two; a minus sign takes a byte of its own.
 */
public final class ItemSize {
    /** What a boolean or null takes. */
    public static final int BOOLEAN_OR_NULL_BYTES = 1;
    /** What a list or map takes besides its content, empty or not. */
    public static final int DOCUMENT_BYTES = 3;
    /** What each list element or map member takes besides its content. */
    public static final int DOCUMENT_ELEMENT_BYTES = 1;

    private ItemSize() {}

    /** Names and values of all attributes. */
    public static int of(Item item) {
        if (item.encoded() != null) {
            return item.encoded().sizeBytes();
        }
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
            size += Utf8.length(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    /**
     * What an item adds to its item collection: itself and its entries in the local secondary indexes. (Developer Guide,
     * "Item collections in Local Secondary Indexes".)
     *
     * @param item null for none
     */
    public static long inCollection(TableDefinition table, Item item) {
        if (item == null) {
            return 0;
        }
        long size = of(item);
        for (IndexDefinition index : table.localSecondaryIndexes()) {
            if (index.key().isCompleteIn(item)) {
                size += of(index.projection().apply(item, table.key(), index.key()));
            }
        }
        return size;
    }

    /** The value alone, without its name. */
    public static int of(AttributeValue value) {
        return switch (value.type()) {
            case S -> Utf8.length(((AttributeValue.S) value).value());
            case N -> of(((AttributeValue.N) value).value());
            case B -> ((AttributeValue.B) value).value().size();
            case BOOL, NULL -> BOOLEAN_OR_NULL_BYTES;
            case L -> ofList((AttributeValue.L) value);
            case M -> ofMap((AttributeValue.M) value);
            case SS ->
                ((AttributeValue.SS) value)
                        .values().stream().mapToInt(Utf8::length).sum();
            case NS ->
                ((AttributeValue.NS) value)
                        .values().stream().mapToInt(ItemSize::of).sum();
            case BS ->
                ((AttributeValue.BS) value)
                        .values().stream().mapToInt(Binary::size).sum();
        };
    }

    /** A number alone. */
    public static int of(DynamoNumber number) {
        if (number.signum() == 0) {
            return 1;
        }
        return ofNumber(number.toBigDecimal().precision(), number.leadingExponent(), number.signum() < 0);
    }

    /** A number other than zero, by its count of significant digits and the exponent of the leading one. */
    public static int ofNumber(int significantDigits, int leadingExponent, boolean negative) {
        boolean leadingDigitAlone = Math.floorMod(leadingExponent, 2) == 0;
        int pairs = leadingDigitAlone ? 1 + significantDigits / 2 : (significantDigits + 1) / 2;
        return 1 + pairs + (negative ? 1 : 0);
    }

    private static int ofList(AttributeValue.L list) {
        int size = DOCUMENT_BYTES;
        for (AttributeValue element : list.values()) {
            size += DOCUMENT_ELEMENT_BYTES + of(element);
        }
        return size;
    }

    private static int ofMap(AttributeValue.M map) {
        int size = DOCUMENT_BYTES;
        for (Map.Entry<String, AttributeValue> member : map.values().entrySet()) {
            size += DOCUMENT_ELEMENT_BYTES + Utf8.length(member.getKey()) + of(member.getValue());
        }
        return size;
    }
}
