package io.tailrace.schemas.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.schemas.model.AttributeType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.NumberRangeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one value or item. A value that is invalid is remembered and reading goes on: DynamoDB refuses JSON of wrong types
 * first, wherever in the request it is, and only then values that are invalid, the first first.
 */
final class AttributeValueReader {
    /** Developer Guide, "Quotas", Nested attribute depth; the attribute itself is level one. */
    static final int MAX_NESTING_LEVELS = 32;

    /** Beyond this DynamoDB reads requests in another way; where exactly is not documented. */
    private static final int VERY_DEEP_LEVELS = 62;

    private static final String STRUCTURE = "class com.amazonaws.dynamodb.v20120810.AttributeValue";
    private static final String MAP =
            "java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>";

    /** Stands for a value that is invalid; never seen by callers, because {@link #finish} throws. */
    private static final AttributeValue INVALID = AttributeValue.Null.INSTANCE;

    private final JsonParser parser;
    private DynamoJsonException firstViolation;

    AttributeValueReader(JsonParser parser) {
        this.parser = parser;
    }

    AttributeValue readValue() throws IOException {
        moveToValue();
        return finish(value(1));
    }

    Item readItem() throws IOException {
        moveToValue();
        return finish(Item.wrap(members(1)));
    }

    private void moveToValue() throws IOException {
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
    }

    private <T> T finish(T value) {
        if (firstViolation != null) {
            throw firstViolation;
        }
        return value;
    }

    private AttributeValue value(int level) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return violated(JsonMessages.emptyValue());
        }
        if (token == JsonToken.START_ARRAY) {
            throw JsonScalars.serialization(JsonMessages.unexpectedCollection(STRUCTURE));
        }
        if (token != JsonToken.START_OBJECT) {
            throw JsonScalars.serialization(JsonMessages.unexpectedValue());
        }
        if (level > MAX_NESTING_LEVELS) {
            return tooDeep(level);
        }
        AttributeType readType = null;
        AttributeValue value = null;
        boolean several = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            AttributeType type = typeOf(parser.currentName());
            parser.nextToken();
            if (type == null) {
                parser.skipChildren();
                continue;
            }
            AttributeValue read = datatype(type, level);
            if (read != null) {
                // A member that is repeated counts once, the last wins.
                several |= readType != null && readType != type;
                readType = type;
                value = read;
            }
        }
        if (value == null) {
            return violated(JsonMessages.emptyValue());
        }
        return several ? violated(JsonMessages.severalDatatypes()) : value;
    }

    /** The value of one member of an AttributeValue; null when it is null, which is the same as absent. */
    private AttributeValue datatype(AttributeType type, int level) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type) {
            case S -> new AttributeValue.S(JsonScalars.readString(parser));
            case N -> number(JsonScalars.readString(parser));
            case B -> new AttributeValue.B(JsonScalars.readBinary(parser));
            case BOOL -> AttributeValue.Bool.of(JsonScalars.readBoolean(parser));
            case NULL ->
                JsonScalars.readBoolean(parser) ? AttributeValue.Null.INSTANCE : violated(JsonMessages.nullNotTrue());
            case L -> list(level);
            case M -> new AttributeValue.M(members(level + 1));
            case SS -> stringSet();
            case NS -> numberSet();
            case BS -> binarySet();
        };
    }

    private Map<String, AttributeValue> members(int level) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            throw JsonScalars.serialization(JsonMessages.unexpectedCollection(MAP));
        }
        if (token != JsonToken.START_OBJECT) {
            throw JsonScalars.serialization(JsonMessages.unexpectedField());
        }
        Map<String, AttributeValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = JsonScalars.wellFormed(parser.currentName());
            parser.nextToken();
            members.put(name, value(level));
        }
        return members;
    }

    private AttributeValue list(int level) throws IOException {
        startList();
        List<AttributeValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(level + 1));
        }
        return new AttributeValue.L(elements);
    }

    private AttributeValue stringSet() throws IOException {
        startList();
        List<String> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(JsonScalars.readString(parser));
        }
        if (elements.isEmpty()) {
            return violated(JsonMessages.emptyStringSet());
        }
        if (elements.contains(null)) {
            return violated(JsonMessages.nullInStringSet());
        }
        Set<String> distinct = new LinkedHashSet<>(elements);
        return distinct.size() == elements.size()
                ? new AttributeValue.SS(distinct)
                : violated(JsonMessages.duplicateStrings(elements), JsonMessages.olderDuplicateStrings(elements));
    }

    private AttributeValue numberSet() throws IOException {
        startList();
        int count = 0;
        Set<DynamoNumber> distinct = new LinkedHashSet<>();
        boolean valid = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count++;
            // Not a string: refused right here. A null: no number.
            AttributeValue element = number(JsonScalars.readString(parser));
            if (element instanceof AttributeValue.N number) {
                distinct.add(number.value());
            } else {
                valid = false;
            }
        }
        if (!valid) {
            return INVALID;
        }
        if (count == 0) {
            return violated(JsonMessages.emptyNumberSet());
        }
        return distinct.size() == count
                ? new AttributeValue.NS(distinct)
                : violated(JsonMessages.duplicateNumbers(), JsonMessages.olderDuplicateNumbers());
    }

    private AttributeValue binarySet() throws IOException {
        startList();
        List<Binary> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(JsonScalars.readBinary(parser));
        }
        if (elements.isEmpty()) {
            return violated(JsonMessages.emptyBinarySet());
        }
        if (elements.contains(null)) {
            return violated(JsonMessages.nullInBinarySet());
        }
        Set<Binary> distinct = new LinkedHashSet<>(elements);
        return distinct.size() == elements.size()
                ? new AttributeValue.BS(distinct)
                : violated(JsonMessages.duplicateBinaries(elements), JsonMessages.olderDuplicateBinaries(elements));
    }

    private void startList() {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            throw JsonScalars.serialization(JsonMessages.unexpectedStructure());
        }
        if (token != JsonToken.START_ARRAY) {
            throw JsonScalars.serialization(JsonMessages.unexpectedField());
        }
    }

    private AttributeValue number(String text) {
        if (text == null) {
            return violated(JsonMessages.notNumeric(""), JsonMessages.olderNotNumeric(""));
        }
        try {
            return new AttributeValue.N(DynamoNumber.parse(text));
        } catch (NumberRangeException outOfRange) {
            return violated(
                    JsonMessages.numberOutOfRange(outOfRange.violation()),
                    JsonMessages.olderNumberOutOfRange(text, outOfRange.violation()));
        } catch (NumberFormatException noNumber) {
            return violated(JsonMessages.notNumeric(text), JsonMessages.olderNotNumeric(text));
        }
    }

    /** Each level takes two of JSON: the value's and that of its map or list. */
    private AttributeValue tooDeep(int level) throws IOException {
        int open = 1;
        int deepest = 1;
        while (open > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                deepest = Math.max(deepest, ++open);
            } else if (token.isStructEnd()) {
                open--;
            }
        }
        String message = JsonMessages.nestedTooDeeply();
        if (firstViolation == null) {
            boolean veryDeep = level + deepest / 2 > VERY_DEEP_LEVELS;
            firstViolation = new DynamoJsonException(DynamoJsonException.Kind.VALIDATION, message, message, veryDeep);
        }
        return INVALID;
    }

    private AttributeValue violated(String message) {
        return violated(message, message);
    }

    private AttributeValue violated(String message, String olderMessage) {
        if (firstViolation == null) {
            firstViolation = new DynamoJsonException(DynamoJsonException.Kind.VALIDATION, message, olderMessage);
        }
        return INVALID;
    }

    private static AttributeType typeOf(String name) {
        return switch (name) {
            case "S" -> AttributeType.S;
            case "N" -> AttributeType.N;
            case "B" -> AttributeType.B;
            case "BOOL" -> AttributeType.BOOL;
            case "NULL" -> AttributeType.NULL;
            case "L" -> AttributeType.L;
            case "M" -> AttributeType.M;
            case "SS" -> AttributeType.SS;
            case "NS" -> AttributeType.NS;
            case "BS" -> AttributeType.BS;
            default -> null;
        };
    }
}
