package io.tailrace.schemas.codec;

import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.ItemSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code AttributeValue.avsc}: the union's branch, then the value. The branches are in the order of {@link AttributeType},
 * so a branch's index is the type's ordinal.
 */
final class AttributeValueCodec {
    /** Above what the API accepts, so that anything stored can be read; low enough for every stack. */
    private static final int MAX_DEPTH = 100;

    private static final AttributeType[] BRANCHES = AttributeType.values();

    private AttributeValueCodec() {}

    static void write(AttributeValue value, AvroWriter out) {
        AttributeType type = value.type();
        out.writeIndex(type.ordinal());
        switch (type) {
            case S -> out.writeString(((AttributeValue.S) value).value());
            case N -> out.writeString(((AttributeValue.N) value).value().toString());
            case B -> out.writeBytes(((AttributeValue.B) value).value());
            case BOOL -> out.writeBoolean(((AttributeValue.Bool) value).value());
            case NULL -> {} // the branch says it all
            case L -> writeList(((AttributeValue.L) value).values(), out);
            case M -> writeMap(((AttributeValue.M) value).values(), out);
            case SS -> writeStringSet(((AttributeValue.SS) value).values(), out);
            case NS -> writeNumberSet(((AttributeValue.NS) value).values(), out);
            case BS -> writeBinarySet(((AttributeValue.BS) value).values(), out);
        }
    }

    static void writeMap(Map<String, AttributeValue> values, AvroWriter out) {
        out.startBlock(values.size());
        for (Map.Entry<String, AttributeValue> entry : values.entrySet()) {
            out.writeString(entry.getKey());
            write(entry.getValue(), out);
        }
        out.endBlocks();
    }

    private static void writeList(List<AttributeValue> values, AvroWriter out) {
        out.startBlock(values.size());
        for (AttributeValue value : values) {
            write(value, out);
        }
        out.endBlocks();
    }

    private static void writeStringSet(Set<String> values, AvroWriter out) {
        out.startBlock(values.size());
        for (String value : values) {
            out.writeString(value);
        }
        out.endBlocks();
    }

    private static void writeNumberSet(Set<DynamoNumber> values, AvroWriter out) {
        out.startBlock(values.size());
        for (DynamoNumber value : values) {
            out.writeString(value.toString());
        }
        out.endBlocks();
    }

    private static void writeBinarySet(Set<Binary> values, AvroWriter out) {
        out.startBlock(values.size());
        for (Binary value : values) {
            out.writeBytes(value);
        }
        out.endBlocks();
    }

    static Map<String, AttributeValue> readMap(AvroReader in) {
        return readMap(in, 1);
    }

    private static AttributeValue read(AvroReader in, int depth) {
        AttributeType type = BRANCHES[in.readIndex(BRANCHES.length)];
        return switch (type) {
            case S -> new AttributeValue.S(in.readString());
            case N -> new AttributeValue.N(readNumber(in));
            case B -> new AttributeValue.B(in.readBytes());
            case BOOL -> AttributeValue.Bool.of(in.readBoolean());
            case NULL -> AttributeValue.Null.INSTANCE;
            case L -> readList(in, depthBelow(depth));
            case M -> new AttributeValue.M(readMap(in, depthBelow(depth)));
            case SS -> new AttributeValue.SS(readSet(in, in::readString));
            case NS -> new AttributeValue.NS(readSet(in, () -> readNumber(in)));
            case BS -> new AttributeValue.BS(readSet(in, in::readBytes));
        };
    }

    private static Map<String, AttributeValue> readMap(AvroReader in, int depth) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                String name = in.readString();
                if (values.put(name, read(in, depth)) != null) {
                    throw new MalformedAvroException("the name " + name + " twice in a map");
                }
            }
        }
        return values;
    }

    /** The values of these names, the others skipped. */
    static Map<String, AttributeValue> readMap(AvroReader in, AttributeNames names) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                String name = names.read(in);
                if (name == null) {
                    skip(in, 1);
                } else if (values.put(name, read(in, 1)) != null) {
                    throw new MalformedAvroException("the name " + name + " twice in a map");
                }
            }
        }
        return values;
    }

    private static AttributeValue.L readList(AvroReader in, int depth) {
        List<AttributeValue> values = new ArrayList<>();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                values.add(read(in, depth));
            }
        }
        return new AttributeValue.L(values);
    }

    private static <T> Set<T> readSet(AvroReader in, Supplier<T> element) {
        Set<T> values = new LinkedHashSet<>();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                if (!values.add(element.get())) {
                    throw new MalformedAvroException("an element twice in a set");
                }
            }
        }
        if (values.isEmpty()) {
            throw new MalformedAvroException("an empty set");
        }
        return values;
    }

    private static DynamoNumber readNumber(AvroReader in) {
        String text = in.readString();
        try {
            return DynamoNumber.parse(text);
        } catch (NumberFormatException | ArithmeticException invalid) {
            throw new MalformedAvroException("no number: " + text, invalid);
        }
    }

    /** Tells of a map of values, as far as it is nested as deep as may be. */
    static void visitMap(AvroReader in, ItemVisitor visitor) throws IOException {
        visitMap(in, visitor, 1);
    }

    private static void visitMap(AvroReader in, ItemVisitor visitor, int depth) throws IOException {
        visitor.beginMap();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                int length = in.skipBytes();
                visitor.name(in.array(), in.position() - length, length);
                visit(in, visitor, depth);
            }
        }
        visitor.endMap();
    }

    private static void visit(AvroReader in, ItemVisitor visitor, int depth) throws IOException {
        AttributeType type = BRANCHES[in.readIndex(BRANCHES.length)];
        visitor.beginValue(type);
        switch (type) {
            case S, N -> visitText(in, visitor);
            case B -> visitBinary(in, visitor);
            case BOOL -> visitor.bool(in.readBoolean());
            case NULL -> visitor.bool(true);
            case L -> visitList(in, visitor, depthBelow(depth));
            case M -> visitMap(in, visitor, depthBelow(depth));
            case SS, NS, BS -> visitSet(in, visitor, type == AttributeType.BS);
        }
        visitor.endValue();
    }

    private static void visitList(AvroReader in, ItemVisitor visitor, int depth) throws IOException {
        visitor.beginList();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                visit(in, visitor, depth);
            }
        }
        visitor.endList();
    }

    private static void visitSet(AvroReader in, ItemVisitor visitor, boolean binary) throws IOException {
        visitor.beginList();
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                if (binary) {
                    visitBinary(in, visitor);
                } else {
                    visitText(in, visitor);
                }
            }
        }
        visitor.endList();
    }

    private static void visitText(AvroReader in, ItemVisitor visitor) throws IOException {
        int length = in.skipBytes();
        visitor.text(in.array(), in.position() - length, length);
    }

    private static void visitBinary(AvroReader in, ItemVisitor visitor) throws IOException {
        int length = in.skipBytes();
        visitor.binary(in.array(), in.position() - length, length);
    }

    /** Skips a map of values and returns its size by DynamoDB's rules: that of its names and values alone. */
    static int skipMap(AvroReader in) {
        return skipMap(in, 0, 1);
    }

    private static int skip(AvroReader in, int depth) {
        AttributeType type = BRANCHES[in.readIndex(BRANCHES.length)];
        return switch (type) {
            case S, B -> in.skipBytes();
            case N -> skipNumber(in);
            case BOOL -> {
                in.readBoolean();
                yield ItemSize.BOOLEAN_OR_NULL_BYTES;
            }
            case NULL -> ItemSize.BOOLEAN_OR_NULL_BYTES;
            case L -> ItemSize.DOCUMENT_BYTES + skipList(in, depthBelow(depth));
            case M -> ItemSize.DOCUMENT_BYTES + skipMap(in, ItemSize.DOCUMENT_ELEMENT_BYTES, depthBelow(depth));
            case SS, BS -> skipSet(in, false);
            case NS -> skipSet(in, true);
        };
    }

    private static int skipMap(AvroReader in, int overhead, int depth) {
        int size = 0;
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                size += overhead + in.skipBytes() + skip(in, depth);
            }
        }
        return size;
    }

    private static int skipList(AvroReader in, int depth) {
        int size = 0;
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                size += ItemSize.DOCUMENT_ELEMENT_BYTES + skip(in, depth);
            }
        }
        return size;
    }

    private static int skipSet(AvroReader in, boolean numbers) {
        int size = 0;
        for (int count = in.readBlock(); count > 0; count = in.readBlock()) {
            for (int i = 0; i < count; i++) {
                size += numbers ? skipNumber(in) : in.skipBytes();
            }
        }
        return size;
    }

    /** The size of a number from its canonical text, without building it. */
    private static int skipNumber(AvroReader in) {
        int start = in.position();
        int length = in.skipBytes();
        int digitsBeforePoint = 0;
        int firstDigit = -1;
        int lastDigit = -1;
        int digits = 0;
        boolean pointSeen = false;
        boolean negative = false;
        for (int i = in.position() - length; i < in.position(); i++) {
            byte c = in.peekAt(i);
            if (c == '-') {
                negative = true;
            } else if (c == '.') {
                pointSeen = true;
            } else if (c >= '0' && c <= '9') {
                digitsBeforePoint += pointSeen ? 0 : 1;
                if (c != '0') {
                    firstDigit = firstDigit < 0 ? digits : firstDigit;
                    lastDigit = digits;
                }
                digits++;
            } else {
                throw new MalformedAvroException("no number at byte " + start);
            }
        }
        return firstDigit < 0
                ? 1
                : ItemSize.ofNumber(lastDigit - firstDigit + 1, digitsBeforePoint - 1 - firstDigit, negative);
    }

    private static int depthBelow(int depth) {
        if (depth >= MAX_DEPTH) {
            throw new MalformedAvroException("values nested more than " + MAX_DEPTH + " deep");
        }
        return depth + 1;
    }
}
