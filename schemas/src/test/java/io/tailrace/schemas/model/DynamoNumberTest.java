package io.tailrace.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tailrace.schemas.ItemArbitraries;
import io.tailrace.schemas.model.NumberRangeException.Violation;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers are exact within DynamoDB's range and precision, one value whatever their spelling, and refused outside. */
class DynamoNumberTest {
    private static final String DIGITS_38 = "12345678901234567890123456789012345678";

    @Property(tries = 2000)
    void textComesBack(@ForAll("numbers") DynamoNumber number) {
        String text = number.toString();
        assertThat(DynamoNumber.parse(text)).isEqualTo(number).hasSameHashCodeAs(number);
        assertThat(text).matches("-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?");
        assertThat(new BigDecimal(text)).isEqualByComparingTo(number.toBigDecimal());
    }

    @Property(tries = 2000)
    void scientificTextIsTheSameNumber(@ForAll("numbers") DynamoNumber number) {
        String text = number.toBigDecimal().unscaledValue() + "E"
                + -number.toBigDecimal().scale();
        assertThat(DynamoNumber.parse(text)).isEqualTo(number);
        assertThat(DynamoNumber.parse(number + (number.toString().contains(".") ? "000" : ".000")))
                .isEqualTo(number);
    }

    @Property(tries = 5000)
    void everyTextIsReadAsBigDecimalReadsItOrRefused(@ForAll("numberLike") String text) {
        BigDecimal expected;
        try {
            expected = new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            assertThatThrownBy(() -> DynamoNumber.parse(text)).isInstanceOf(NumberFormatException.class);
            return;
        }
        try {
            assertThat(DynamoNumber.parse(text).toBigDecimal()).isEqualByComparingTo(expected);
        } catch (NumberRangeException outOfRange) {
            assertThat(isInRange(expected)).isFalse();
        }
    }

    @Property(tries = 1000)
    void sumsAreExactOrRefused(@ForAll("numbers") DynamoNumber left, @ForAll("numbers") DynamoNumber right) {
        BigDecimal sum = left.toBigDecimal().add(right.toBigDecimal());
        if (isInRange(sum)) {
            assertThat(left.plus(right).toBigDecimal()).isEqualByComparingTo(sum);
            assertThat(left.plus(right).minus(right)).isEqualTo(left);
        } else {
            assertThatThrownBy(() -> left.plus(right)).isInstanceOf(NumberRangeException.class);
        }
    }

    @Test
    void theLimitsAreIn() {
        for (String text : new String[] {
            "1e-130",
            "-1e-130",
            "9.9999999999999999999999999999999999999e125",
            "-9.9999999999999999999999999999999999999e125",
            DIGITS_38,
            DIGITS_38 + "000",
            "0.000" + DIGITS_38,
            "0e125",
            "-0.0e-129"
        }) {
            assertThat(DynamoNumber.parse(text).toBigDecimal().signum())
                    .isEqualTo(text.contains("0e125") || text.contains("0.0e") ? 0 : text.startsWith("-") ? -1 : 1);
        }
        assertThat(DynamoNumber.parse("1e-130")).hasToString("0." + "0".repeat(129) + "1");
        assertThat(DynamoNumber.parse("1e125")).hasToString("1" + "0".repeat(125));
    }

    @Test
    void beyondTheLimitsIsRefused() {
        assertViolates("1e126", Violation.OVERFLOW);
        assertViolates("-10e125", Violation.OVERFLOW);
        assertViolates("1e2147483647", Violation.OVERFLOW);
        assertViolates("1e2147483648", Violation.OVERFLOW);
        assertViolates("1e+9223372036854775807", Violation.OVERFLOW);
        assertViolates("1e-131", Violation.UNDERFLOW);
        assertViolates("0.09e-129", Violation.UNDERFLOW);
        assertViolates("1e-2147483649", Violation.UNDERFLOW);
        assertViolates("-1e-9223372036854775808", Violation.UNDERFLOW);
        assertViolates("0e126", Violation.OVERFLOW);
        assertViolates("-0e-131", Violation.UNDERFLOW);
        assertViolates("0.0e-130", Violation.UNDERFLOW);
        assertViolates("0e-999999999999", Violation.UNDERFLOW);
        assertViolates(DIGITS_38 + "9", Violation.PRECISION);
        assertViolates("1." + "0".repeat(37) + "1", Violation.PRECISION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1e1.5",
                "1 ",
                " 1",
                "1_000",
                "1,5",
                "--1",
                "+-1",
                "1e--1",
                "NaN",
                "Infinity",
                "-Infinity",
                "0x1",
                "1e9223372036854775808",
                "1e-9223372036854775809",
                "0e99999999999999999999",
                "1f",
                "1d",
                "\u0661",
                "1.2.3",
                "one"
            })
    void textsThatAreNoNumbers(String text) {
        assertThatThrownBy(() -> DynamoNumber.parse(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void endlessTextsAreNoNumbers() {
        assertThatThrownBy(() -> DynamoNumber.parse("0".repeat(2000))).isInstanceOf(NumberFormatException.class);
    }

    @Provide
    Arbitrary<DynamoNumber> numbers() {
        return ItemArbitraries.numbers();
    }

    @Provide
    Arbitrary<String> numberLike() {
        return Arbitraries.of('0', '1', '9', '.', '-', '+', 'e', 'E', 'x')
                .list()
                .ofMaxSize(7)
                .map(chars -> {
                    StringBuilder text = new StringBuilder();
                    chars.forEach(text::append);
                    return text.toString();
                });
    }

    /** By plain arithmetic: the definition itself; a zero has the magnitude that it is written with. */
    private static boolean isInRange(BigDecimal value) {
        if (value.signum() == 0) {
            return -value.scale() >= -130 && -value.scale() <= 125;
        }
        BigDecimal magnitude = value.abs();
        return (magnitude.compareTo(new BigDecimal("1e-130")) >= 0
                && magnitude.compareTo(new BigDecimal("1e126")) < 0
                && magnitude.stripTrailingZeros().precision() <= 38);
    }

    private static void assertViolates(String text, Violation violation) {
        NumberRangeException e = catchThrowableOfType(NumberRangeException.class, () -> DynamoNumber.parse(text));
        assertThat(e).as(text).isNotNull();
        assertThat(e.violation()).as(text).isEqualTo(violation);
    }
}
