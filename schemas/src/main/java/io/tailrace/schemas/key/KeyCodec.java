package io.tailrace.schemas.key;

import io.tailrace.schemas.bytes.ByteSink;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Order-preserving, self-delimiting bytes for key attributes: unsigned byte order is DynamoDB's order within each type
 * (Developer Guide, "Query", sort order: numbers by value, strings by UTF-8 bytes, binaries by unsigned bytes).
 *
 * <pre>
 * S, B    each byte as it is, but 00 as 00 FF; then 00 01
 * N = 0   80
 * N &gt; 0   81, exponent of the leading digit + 130, digits in pairs from the leading one, each pair + 1; then 00
 * N &lt; 0   7F, and the complement of all that follows 81 in the encoding of the magnitude
 * </pre>
 */
public final class KeyCodec {
    private static final int ESCAPED = 0x00;
    private static final int ESCAPED_ZERO = 0xFF;
    private static final int END_OF_BYTES = 0x01;

    private static final int NEGATIVE = 0x7F;
    private static final int ZERO = 0x80;
    private static final int POSITIVE = 0x81;
    private static final int END_OF_DIGITS = 0x00;
    private static final int COMPLEMENT = 0xFF;

    private KeyCodec() {}

    /** The bytes of one value of type S, N or B. */
    public static byte[] encode(AttributeValue scalar) {
        ByteSink sink = new ByteSink();
        write(scalar, sink);
        return sink.toByteArray();
    }

    /**
     * Appends the bytes of one value of type S, N or B.
     *
     * @throws IllegalArgumentException for other types
     */
    public static void write(AttributeValue scalar, ByteSink sink) {
        if (scalar instanceof AttributeValue.N number) {
            writeNumber(number.value(), sink);
        } else {
            writeUnterminated(scalar, sink);
            sink.put(ESCAPED).put(END_OF_BYTES);
        }
    }

    /** The bytes with which every value begins that begins with {@code scalar}, which is of type S or B. */
    public static byte[] prefix(AttributeValue scalar) {
        ByteSink sink = new ByteSink();
        writeUnterminated(scalar, sink);
        return sink.toByteArray();
    }

    /**
     * Reads back what {@link #write} has written; {@code in} is then behind it.
     *
     * @throws IllegalArgumentException when there is no value of this type
     */
    public static AttributeValue read(AttributeType type, ByteBuffer in) {
        return switch (type) {
            case S -> new AttributeValue.S(new String(readBytes(in), StandardCharsets.UTF_8));
            case B -> new AttributeValue.B(Binary.wrap(readBytes(in)));
            case N -> new AttributeValue.N(readNumber(in));
            default -> throw new IllegalArgumentException("no key bytes for type " + type);
        };
    }

    private static byte[] readBytes(ByteBuffer in) {
        ByteSink bytes = new ByteSink();
        while (true) {
            int next = readByte(in);
            if (next != ESCAPED) {
                bytes.put(next);
            } else if (readByte(in) == ESCAPED_ZERO) {
                bytes.put(ESCAPED);
            } else {
                return bytes.toByteArray();
            }
        }
    }

    private static DynamoNumber readNumber(ByteBuffer in) {
        int sign = readByte(in);
        if (sign == ZERO) {
            return DynamoNumber.ZERO;
        }
        int mask = sign == POSITIVE ? 0 : COMPLEMENT;
        int exponent = (readByte(in) ^ mask) + DynamoNumber.MIN_EXPONENT;
        StringBuilder digits = new StringBuilder();
        for (int pair = readByte(in) ^ mask; pair != END_OF_DIGITS; pair = readByte(in) ^ mask) {
            digits.append((pair - 1) / 10).append((pair - 1) % 10);
        }
        BigDecimal magnitude = new BigDecimal(new BigInteger(digits.toString()), digits.length() - 1 - exponent);
        return DynamoNumber.of(sign == POSITIVE ? magnitude : magnitude.negate());
    }

    private static int readByte(ByteBuffer in) {
        if (!in.hasRemaining()) {
            throw new IllegalArgumentException("the bytes of a key end within a value");
        }
        return in.get() & 0xFF;
    }

    private static void writeUnterminated(AttributeValue scalar, ByteSink sink) {
        if (scalar instanceof AttributeValue.S string) {
            writeString(string.value(), sink);
        } else if (scalar instanceof AttributeValue.B binary) {
            writeBinary(binary.value(), sink);
        } else {
            throw new IllegalArgumentException("no key bytes for type " + scalar.type());
        }
    }

    private static void writeString(String value, ByteSink sink) {
        int start = 0;
        for (int zero = value.indexOf('\0'); zero >= 0; zero = value.indexOf('\0', start)) {
            sink.putUtf8(value.substring(start, zero)).put(ESCAPED).put(ESCAPED_ZERO);
            start = zero + 1;
        }
        sink.putUtf8(start == 0 ? value : value.substring(start));
    }

    private static void writeBinary(Binary value, ByteSink sink) {
        for (int i = 0; i < value.size(); i++) {
            byte b = value.byteAt(i);
            sink.put(b);
            if (b == ESCAPED) {
                sink.put(ESCAPED_ZERO);
            }
        }
    }

    private static void writeNumber(DynamoNumber value, ByteSink sink) {
        if (value.signum() == 0) {
            sink.put(ZERO);
            return;
        }
        int mask = value.signum() > 0 ? 0 : COMPLEMENT;
        sink.put(value.signum() > 0 ? POSITIVE : NEGATIVE);
        sink.put(value.leadingExponent() - DynamoNumber.MIN_EXPONENT ^ mask);
        String digits = value.digits().toString();
        for (int i = 0; i < digits.length(); i += 2) {
            int tens = digits.charAt(i) - '0';
            int ones = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            sink.put(tens * 10 + ones + 1 ^ mask);
        }
        sink.put(END_OF_DIGITS ^ mask);
    }
}
