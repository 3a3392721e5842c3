package io.tailrace.schemas.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.schemas.bytes.Utf8;
import io.tailrace.schemas.model.Binary;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;

/**
 * Strings, booleans and binaries as DynamoDB's protocol takes them. The parser stands at the value; null is read as null,
 * which is the same as absence; what is of another type is refused as {@code SERIALIZATION}.
 */
public final class JsonScalars {
    private static final int BASE64_GROUP = 4;

    private JsonScalars() {}

    public static String readString(JsonParser parser) throws IOException {
        return switch (tokenOf(parser)) {
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NULL -> null;
            default -> throw wrongScalar(tokenOf(parser), "String", "class java.lang.String");
        };
    }

    /** Also takes the strings that DynamoDB takes for booleans. */
    public static Boolean readBoolean(JsonParser parser) throws IOException {
        return switch (tokenOf(parser)) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_STRING -> booleanOf(parser.getText());
            default -> throw wrongScalar(tokenOf(parser), "Boolean", "class java.lang.Boolean");
        };
    }

    public static Binary readBinary(JsonParser parser) throws IOException {
        return switch (tokenOf(parser)) {
            case VALUE_STRING -> decodeBase64(parser.getText());
            case VALUE_NULL -> null;
            case START_ARRAY -> throw serialization(JsonMessages.unexpectedCollection("class java.nio.ByteBuffer"));
            case START_OBJECT -> throw serialization(JsonMessages.unexpectedStructure());
            default -> throw serialization(JsonMessages.notBase64());
        };
    }

    /** The current token; where there is none because the text is empty, one that is no value. */
    static JsonToken tokenOf(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token == null ? JsonToken.NOT_AVAILABLE : token;
    }

    static DynamoJsonException serialization(String message) {
        return new DynamoJsonException(DynamoJsonException.Kind.SERIALIZATION, message);
    }

    static String wellFormed(String text) {
        if (!Utf8.isWellFormed(text)) {
            throw serialization(JsonMessages.unpairedSurrogate());
        }
        return text;
    }

    private static DynamoJsonException wrongScalar(JsonToken token, String type, String collectionType) {
        return serialization(
                switch (token) {
                    case VALUE_TRUE -> JsonMessages.cannotConvert("TRUE_VALUE", type);
                    case VALUE_FALSE -> JsonMessages.cannotConvert("FALSE_VALUE", type);
                    case VALUE_NUMBER_INT -> JsonMessages.cannotConvert("NUMBER_VALUE", type);
                    case VALUE_NUMBER_FLOAT -> JsonMessages.cannotConvert("DECIMAL_VALUE", type);
                    case START_ARRAY -> JsonMessages.unexpectedCollection(collectionType);
                    case START_OBJECT -> JsonMessages.unexpectedStructure();
                    default -> JsonMessages.unexpectedToken();
                });
    }

    private static boolean booleanOf(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "TRUE", "YES", "1" -> true;
            case "FALSE", "NO", "0" -> false;
            default -> throw serialization(JsonMessages.unexpectedToken());
        };
    }

    /** Strict: whole groups only, and no bits set that the padding makes meaningless. */
    private static Binary decodeBase64(String text) {
        if (text.length() % BASE64_GROUP != 0) {
            throw serialization(JsonMessages.base64Length(text.length()));
        }
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        int unusedBits = padding == 2 ? 0b1111 : padding == 1 ? 0b11 : 0;
        if (padding > 0 && (sextet(text.charAt(text.length() - padding - 1)) & unusedBits) != 0) {
            throw serialization(JsonMessages.base64LastCharacter());
        }
        for (int i = 0; i < text.length() - padding; i++) {
            if (sextet(text.charAt(i)) < 0) {
                throw serialization(JsonMessages.base64Character(text.charAt(i)));
            }
        }
        return Binary.wrap(Base64.getDecoder().decode(text));
    }

    /** The six bits that a character stands for; -1 when it stands for none. */
    private static int sextet(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }
}
