package io.tailrace.schemas;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Arbitrary values of the model: every type, every size of number, strings with NUL and supplementary characters. The odd
 * ones are frequent by themselves, so composed values do without jqwik's edge cases, whose number explodes.
 */
public final class ItemArbitraries {
    private static final int MAX_DEPTH = 3;
    private static final int MAX_ELEMENTS = 4;

    private ItemArbitraries() {}

    /** Code points, not chars, so that every string is well formed; the ends of each UTF-8 length often. */
    public static Arbitrary<String> strings() {
        Arbitrary<Integer> codePoints = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between('a', 'e')),
                Tuple.of(2, Arbitraries.of(0, 1, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF)),
                Tuple.of(1, Arbitraries.integers().between(0, 0xD7FF)),
                Tuple.of(1, Arbitraries.integers().between(0xE000, 0x10FFFF)));
        return codePoints.list().ofMaxSize(8).map(points -> {
            StringBuilder text = new StringBuilder();
            points.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    /** Binaries in which the bytes that codecs treat specially are frequent. */
    public static Arbitrary<Binary> binaries() {
        Arbitrary<Byte> bytes =
                Arbitraries.oneOf(Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7F, (byte) -1), Arbitraries.bytes());
        return bytes.list().ofMaxSize(8).map(list -> {
            byte[] array = new byte[list.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = list.get(i);
            }
            return Binary.wrap(array);
        });
    }

    /** Numbers over the whole range of digits, exponents and signs; small ones often, so that they meet. */
    public static Arbitrary<DynamoNumber> numbers() {
        Arbitrary<DynamoNumber> small = Arbitraries.longs().between(-120, 120).map(DynamoNumber::of);
        Arbitrary<DynamoNumber> any = Combinators.combine(
                        Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(DynamoNumber.MAX_SIGNIFICANT_DIGITS),
                        Arbitraries.integers().between(DynamoNumber.MIN_EXPONENT, DynamoNumber.MAX_EXPONENT),
                        Arbitraries.of(true, false))
                .as(ItemArbitraries::number);
        return Arbitraries.oneOf(small, any);
    }

    private static DynamoNumber number(String digits, int leadingExponent, boolean negative) {
        BigInteger unscaled = new BigInteger(digits);
        if (unscaled.signum() == 0) {
            return DynamoNumber.ZERO;
        }
        int precision = new BigDecimal(unscaled).precision();
        BigDecimal magnitude = new BigDecimal(unscaled, precision - 1 - leadingExponent);
        return DynamoNumber.of(negative ? magnitude.negate() : magnitude);
    }

    /** Values that a key attribute of this type can have. */
    public static Arbitrary<AttributeValue> keyValues(AttributeType type) {
        return switch (type) {
            case S -> strings().map(AttributeValue.S::new);
            case N -> numbers().map(AttributeValue.N::new);
            case B -> binaries().map(AttributeValue.B::new);
            default -> throw new IllegalArgumentException("no key of type " + type);
        };
    }

    /** Values of all ten types, nested a few levels. */
    public static Arbitrary<AttributeValue> values() {
        return values(MAX_DEPTH).withoutEdgeCases();
    }

    private static Arbitrary<AttributeValue> values(int depth) {
        Arbitrary<AttributeValue> scalars = Arbitraries.oneOf(
                keyValues(AttributeType.S),
                keyValues(AttributeType.N),
                keyValues(AttributeType.B),
                Arbitraries.of(true, false).map(AttributeValue.Bool::of),
                Arbitraries.just(AttributeValue.Null.INSTANCE));
        Arbitrary<AttributeValue> sets = Arbitraries.oneOf(
                strings().set().ofMinSize(1).ofMaxSize(MAX_ELEMENTS).map(AttributeValue.SS::new),
                numbers().set().ofMinSize(1).ofMaxSize(MAX_ELEMENTS).map(AttributeValue.NS::new),
                binaries().set().ofMinSize(1).ofMaxSize(MAX_ELEMENTS).map(AttributeValue.BS::new));
        if (depth == 0) {
            return Arbitraries.oneOf(scalars, sets);
        }
        Arbitrary<AttributeValue> documents = Arbitraries.lazyOf(
                () -> values(depth - 1).list().ofMaxSize(MAX_ELEMENTS).map(AttributeValue.L::new),
                () -> members(depth - 1).map(AttributeValue.M::new));
        return Arbitraries.frequencyOf(Tuple.of(4, scalars), Tuple.of(2, sets), Tuple.of(2, documents));
    }

    private static Arbitrary<Map<String, AttributeValue>> members(int depth) {
        return Arbitraries.maps(strings(), values(depth))
                .ofMaxSize(MAX_ELEMENTS)
                .map(LinkedHashMap::new);
    }

    /** Items of any attributes, the empty item included. */
    public static Arbitrary<Item> items() {
        return members(MAX_DEPTH).map(Item::copyOf).withoutEdgeCases();
    }
}
