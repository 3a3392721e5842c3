package io.tailrace.schemas.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.ItemArbitraries;
import io.tailrace.schemas.bytes.ByteSink;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Encoded keys compare as unsigned bytes exactly as DynamoDB compares the values, also when strung together. */
class KeyCodecTest {
    private record Pair(AttributeValue left, AttributeValue right) {}

    @Property(tries = 3000)
    void bytesCompareAsValuesDo(@ForAll("pairs") Pair pair) {
        assertThat(Integer.signum(compareBytes(KeyCodec.encode(pair.left), KeyCodec.encode(pair.right))))
                .isEqualTo(Integer.signum(compareValues(pair.left, pair.right)));
    }

    @Property(tries = 2000)
    void concatenationComparesComponentByComponent(
            @ForAll("pairs") Pair first, @ForAll("pairs") Pair second, @ForAll boolean sameFirst) {
        AttributeValue rightFirst = sameFirst ? first.left : first.right;
        byte[] left = StateKeys.concat(KeyCodec.encode(first.left), KeyCodec.encode(second.left));
        byte[] right = StateKeys.concat(KeyCodec.encode(rightFirst), KeyCodec.encode(second.right));
        int byFirst = compareValues(first.left, rightFirst);
        int expected = byFirst != 0 ? byFirst : compareValues(second.left, second.right);
        assertThat(Integer.signum(compareBytes(left, right))).isEqualTo(Integer.signum(expected));
    }

    @Property(tries = 3000)
    void valuesAreReadBack(@ForAll("pairs") Pair pair) {
        ByteBuffer in = ByteBuffer.wrap(StateKeys.concat(KeyCodec.encode(pair.left), KeyCodec.encode(pair.right)));
        assertThat(KeyCodec.read(pair.left.type(), in)).isEqualTo(pair.left);
        assertThat(KeyCodec.read(pair.right.type(), in)).isEqualTo(pair.right);
        assertThat(in.hasRemaining()).isFalse();
    }

    @Property(tries = 2000)
    void noEncodingIsAPrefixOfAnother(@ForAll("pairs") Pair pair) {
        byte[] left = KeyCodec.encode(pair.left);
        byte[] right = KeyCodec.encode(pair.right);
        assertThat(startsWith(left, right)).isEqualTo(pair.left.equals(pair.right));
    }

    @Property(tries = 2000)
    void prefixesOfStringsArePrefixesOfTheirKeys(@ForAll("strings") String text, @ForAll("strings") String prefix) {
        byte[] key = KeyCodec.encode(new AttributeValue.S(text));
        assertThat(startsWith(key, KeyCodec.prefix(new AttributeValue.S(prefix))))
                .isEqualTo(text.startsWith(prefix));
        byte[] extended = KeyCodec.encode(new AttributeValue.S(prefix + text));
        assertThat(startsWith(extended, KeyCodec.prefix(new AttributeValue.S(prefix))))
                .isTrue();
    }

    @Property(tries = 1000)
    void prefixesOfBinariesArePrefixesOfTheirKeys(@ForAll("binaries") Binary value, @ForAll("binaries") Binary prefix) {
        byte[] key = KeyCodec.encode(new AttributeValue.B(value));
        assertThat(startsWith(key, KeyCodec.prefix(new AttributeValue.B(prefix))))
                .isEqualTo(value.startsWith(prefix));
    }

    @Property(tries = 1000)
    void neighbouringNumbersAreTellable(@ForAll("numbers") DynamoNumber number) {
        // The last digit that a number of this magnitude can have, one up.
        BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(Math.max(
                number.leadingExponent() - DynamoNumber.MAX_SIGNIFICANT_DIGITS + 1, DynamoNumber.MIN_EXPONENT));
        BigDecimal sum = number.toBigDecimal().add(step).round(new MathContext(38));
        int magnitude = sum.precision() - sum.scale() - 1;
        // One up from the least or the greatest number there may be none.
        Assume.that(
                sum.signum() == 0 || magnitude >= DynamoNumber.MIN_EXPONENT && magnitude <= DynamoNumber.MAX_EXPONENT);
        DynamoNumber above = DynamoNumber.of(sum);
        int expected = number.compareTo(above);
        assertThat(Integer.signum(compareBytes(encode(number), encode(above)))).isEqualTo(Integer.signum(expected));
    }

    @Test
    void theFormatIsTheOneOnDisk() {
        assertThat(hex(encode(DynamoNumber.ZERO))).isEqualTo("80");
        assertThat(hex(encode(DynamoNumber.of(1)))).isEqualTo("81820b00");
        assertThat(hex(encode(DynamoNumber.of(-1)))).isEqualTo("7f7df4ff");
        assertThat(hex(encode(DynamoNumber.parse("12.3")))).isEqualTo("81830d1f00");
        assertThat(hex(encode(DynamoNumber.parse("9.9e125")))).isEqualTo("81ff6400");
        assertThat(hex(encode(DynamoNumber.parse("1e-130")))).isEqualTo("81000b00");
        assertThat(hex(KeyCodec.encode(AttributeValue.string("a\0b")))).isEqualTo("6100ff620001");
        assertThat(hex(KeyCodec.encode(AttributeValue.binary((byte) 0, (byte) 0xFF))))
                .isEqualTo("00ffff0001");
        assertThat(hex(KeyCodec.encode(AttributeValue.string("")))).isEqualTo("0001");
    }

    @Test
    void spellingsOfOneNumberAreOneKey() {
        for (String spelling : List.of("1000", "1e3", "1000.000", "+1E+3", "0001000", "10000e-1")) {
            assertThat(encode(DynamoNumber.parse(spelling))).isEqualTo(encode(DynamoNumber.of(1000)));
        }
    }

    @Test
    void otherTypesAreNoKeys() {
        assertThatThrownBy(() -> KeyCodec.encode(AttributeValue.Bool.TRUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BOOL");
        assertThatThrownBy(() -> KeyCodec.prefix(AttributeValue.number(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void theSinkWritesUtf8AsTheJdkDoes(@ForAll("strings") String text) {
        assertThat(new ByteSink(1).putUtf8(text).toByteArray()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return Arbitraries.of(AttributeType.S, AttributeType.N, AttributeType.B)
                .flatMap(type -> Combinators.combine(ItemArbitraries.keyValues(type), ItemArbitraries.keyValues(type))
                        .as(Pair::new))
                .withoutEdgeCases();
    }

    @Provide
    Arbitrary<String> strings() {
        return ItemArbitraries.strings();
    }

    @Provide
    Arbitrary<Binary> binaries() {
        return ItemArbitraries.binaries();
    }

    @Provide
    Arbitrary<DynamoNumber> numbers() {
        return ItemArbitraries.numbers().filter(number -> number.leadingExponent() < DynamoNumber.MAX_EXPONENT);
    }

    /** DynamoDB's order, by means that have nothing to do with the codec. */
    private static int compareValues(AttributeValue left, AttributeValue right) {
        return switch (left.type()) {
            case S ->
                Arrays.compareUnsigned(
                        ((AttributeValue.S) left).value().getBytes(StandardCharsets.UTF_8),
                        ((AttributeValue.S) right).value().getBytes(StandardCharsets.UTF_8));
            case N ->
                ((AttributeValue.N) left)
                        .value()
                        .toBigDecimal()
                        .compareTo(((AttributeValue.N) right).value().toBigDecimal());
            case B ->
                Arrays.compareUnsigned(
                        ((AttributeValue.B) left).value().toByteArray(),
                        ((AttributeValue.B) right).value().toByteArray());
            default -> throw new IllegalArgumentException("no key type");
        };
    }

    private static byte[] encode(DynamoNumber number) {
        return KeyCodec.encode(new AttributeValue.N(number));
    }

    private static int compareBytes(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return prefix.length <= bytes.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
