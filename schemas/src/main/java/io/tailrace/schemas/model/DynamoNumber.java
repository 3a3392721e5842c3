package io.tailrace.schemas.model;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number as DynamoDB stores it: at most 38 significant digits, magnitude zero or from 1E-130 up to
 * 9.9999999999999999999999999999999999999E+125, exact. Excess precision is an error, never rounded. (Developer Guide,
 * "Supported data types and naming rules", Number.)
 *
 * <p>Equal numbers are equal whatever their spelling: 1, 1.0 and 1e0 are one value.
 */
public final class DynamoNumber implements Comparable<DynamoNumber> {
    public static final int MAX_SIGNIFICANT_DIGITS = 38;
    /** Exponent of the leading digit of the largest magnitude. */
    public static final int MAX_EXPONENT = 125;
    /** Exponent of the leading digit of the smallest magnitude above zero. */
    public static final int MIN_EXPONENT = -130;

    public static final DynamoNumber ZERO = new DynamoNumber(BigDecimal.ZERO);

    private static final int MAX_TEXT_LENGTH = 1024;
    /** More than the digits of the longest text could make up for. */
    private static final long BEYOND_ANY_EXPONENT = 1_000_000;

    private final BigDecimal value;

    private DynamoNumber(BigDecimal stripped) {
        this.value = stripped;
    }

    /**
     * Reads DynamoDB's number text: optional sign, digits with an optional point, optional exponent.
     *
     * @throws NumberRangeException when there are too many digits or the magnitude is out of range
     * @throws NumberFormatException when the text is no number; NaN, infinities and blanks are none
     */
    public static DynamoNumber parse(String text) {
        int length = text.length();
        if (length > MAX_TEXT_LENGTH) {
            throw new NumberFormatException("number text of " + length + " characters");
        }
        int at = skipSign(text, 0);
        int point = -1;
        int digits = 0;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
        }
        if (digits == 0) {
            throw new NumberFormatException("no digits");
        }
        if (at == length) {
            return of(new BigDecimal(text));
        }
        return withExponent(text, at);
    }

    private static DynamoNumber withExponent(String text, int exponentAt) {
        char mark = text.charAt(exponentAt);
        if (mark != 'e' && mark != 'E') {
            throw new NumberFormatException("unexpected character in number at " + exponentAt);
        }
        int first = skipSign(text, exponentAt + 1);
        for (int i = first; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new NumberFormatException("unexpected character in number at " + i);
            }
        }
        // Exponents of more than 64 bits are no numbers, in DynamoDB neither.
        long exponent = Long.parseLong(text.substring(exponentAt + 1));
        // BigDecimal's own exponents end at 32 bits; there the digits can no longer bring the value back into range.
        if (Math.abs(Math.max(exponent, -Long.MAX_VALUE)) > BEYOND_ANY_EXPONENT) {
            throw outOfRange(exponent);
        }
        BigDecimal value = new BigDecimal(text);
        // A zero must be in range as it is written.
        if (value.signum() == 0 && (-value.scale() > MAX_EXPONENT || -value.scale() < MIN_EXPONENT)) {
            throw outOfRange(-value.scale());
        }
        return of(value);
    }

    private static NumberRangeException outOfRange(long exponent) {
        return new NumberRangeException(
                exponent < 0 ? NumberRangeException.Violation.UNDERFLOW : NumberRangeException.Violation.OVERFLOW);
    }

    private static int skipSign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    /** @throws NumberRangeException when the value does not fit DynamoDB's range or precision */
    public static DynamoNumber of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        long leadingExponent = (long) stripped.precision() - stripped.scale() - 1;
        if (leadingExponent > MAX_EXPONENT) {
            throw new NumberRangeException(NumberRangeException.Violation.OVERFLOW);
        }
        if (leadingExponent < MIN_EXPONENT) {
            throw new NumberRangeException(NumberRangeException.Violation.UNDERFLOW);
        }
        if (stripped.precision() > MAX_SIGNIFICANT_DIGITS) {
            throw new NumberRangeException(NumberRangeException.Violation.PRECISION);
        }
        return new DynamoNumber(stripped);
    }

    public static DynamoNumber of(long value) {
        return of(BigDecimal.valueOf(value));
    }

    /** The value without trailing zeros; its scale may be negative. */
    public BigDecimal toBigDecimal() {
        return value;
    }

    /** @throws NumberRangeException when the exact sum does not fit */
    public DynamoNumber plus(DynamoNumber other) {
        return of(value.add(other.value));
    }

    /** @throws NumberRangeException when the exact difference does not fit */
    public DynamoNumber minus(DynamoNumber other) {
        return of(value.subtract(other.value));
    }

    /** -1, 0 or 1. */
    public int signum() {
        return value.signum();
    }

    /** Exponent of the leading digit: 0 for 1 to 9.99, -1 for 0.1; meaningless for zero. */
    public int leadingExponent() {
        return value.precision() - value.scale() - 1;
    }

    /** The significant digits as an unsigned integer without trailing zeros. */
    public BigInteger digits() {
        return value.unscaledValue().abs();
    }

    @Override
    public int compareTo(DynamoNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DynamoNumber that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** DynamoDB's canonical text: plain digits, no exponent, no needless zeros. */
    @Override
    public String toString() {
        return value.toPlainString();
    }
}
