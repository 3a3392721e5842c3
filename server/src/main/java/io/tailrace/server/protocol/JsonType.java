package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.schemas.json.JsonScalars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A type of the API's requests: reads a value of it, or refuses what stands there instead in the service's words. The
 * texts are those of DynamoDB's deserializer, Java class names and all, as applications have them in their logs.
 */
abstract class JsonType<T> {
    static final JsonType<String> STRING = new JsonType<>() {
        @Override
        String read(DecodeContext context, Place place) throws IOException {
            return JsonScalars.readString(context.parser());
        }

        @Override
        String javaName() {
            return "java.lang.String";
        }
    };

    static final JsonType<Boolean> BOOLEAN = new JsonType<>() {
        @Override
        Boolean read(DecodeContext context, Place place) throws IOException {
            return JsonScalars.readBoolean(context.parser());
        }

        @Override
        String javaName() {
            return "java.lang.Boolean";
        }
    };

    /** Numbers that do not fit become the nearest that does; fractions are cut off. */
    static final JsonType<Integer> INTEGER = new NumberType<>("Integer") {
        @Override
        Integer number(JsonParser parser, JsonToken token) throws IOException {
            return token.isNumeric() ? (int) parser.getDoubleValue() : null;
        }
    };

    /** As {@link #INTEGER}. */
    static final JsonType<Long> LONG = new NumberType<>("Long") {
        @Override
        Long number(JsonParser parser, JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return parser.getLongValue();
            }
            return token.isNumeric() ? (long) parser.getDoubleValue() : null;
        }
    };

    /** Seconds since 1970, with fractions. */
    static final JsonType<Double> TIMESTAMP = new NumberType<>("Date") {
        @Override
        Double number(JsonParser parser, JsonToken token) throws IOException {
            return token.isNumeric() ? parser.getDoubleValue() : null;
        }

        @Override
        String javaName() {
            return "java.util.Date";
        }
    };

    /** Only whether the member is there, whatever it holds. */
    static final JsonType<Boolean> PRESENCE = new JsonType<>() {
        @Override
        Boolean read(DecodeContext context, Place place) throws IOException {
            context.parser().skipChildren();
            return true;
        }

        @Override
        String javaName() {
            return "java.lang.Object";
        }
    };

    /** Where a value stands decides how the service words its refusal. */
    enum Place {
        /** A member of a structure. */
        MEMBER,
        /** An element of a list, or a value of a map. */
        ELEMENT
    }

    /** What the service says when a generic type should stand in a list or a map, and a scalar does. */
    private static final String GENERIC_ELEMENT =
            "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
                    + "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module "
                    + "java.base of loader 'bootstrap')";

    private static final String STRUCTURE_NOT_EXPECTED = "Start of structure or map found where not expected";
    private static final String UNEXPECTED_MEMBER = "Unexpected field type";

    /** Reads the value at which the parser stands, which is not null; leaves the parser at its last token. */
    abstract T read(DecodeContext context, Place place) throws IOException;

    /** The type as the service's messages call it. */
    abstract String javaName();

    static <T> JsonType<List<T>> listOf(JsonType<T> element) {
        return new ListType<>(element);
    }

    static <T> JsonType<Map<String, T>> mapOf(JsonType<T> value) {
        return new MapType<>(value);
    }

    /** Refuses anything but the start of an object at the parser. */
    static void requireMap(DecodeContext context, Place place, String mapName) {
        JsonToken token = context.parser().currentToken();
        if (token == JsonToken.START_ARRAY) {
            throw new SerializationException("Unrecognized collection type " + mapName);
        }
        if (token != JsonToken.START_OBJECT) {
            throw new SerializationException(place == Place.MEMBER ? UNEXPECTED_MEMBER : GENERIC_ELEMENT);
        }
    }

    /** Refuses anything but the start of an object at the parser. */
    static void requireStructure(DecodeContext context, Place place, String structureName) {
        JsonToken token = context.parser().currentToken();
        if (token == JsonToken.START_ARRAY) {
            throw new SerializationException("Unrecognized collection type class " + structureName);
        }
        if (token != JsonToken.START_OBJECT) {
            throw new SerializationException(
                    place == Place.MEMBER ? UNEXPECTED_MEMBER : "Unexpected value type in payload");
        }
    }

    private abstract static class NumberType<T> extends JsonType<T> {
        private final String name;

        NumberType(String name) {
            this.name = name;
        }

        /** The value, or null when a token of this kind is not one. */
        abstract T number(JsonParser parser, JsonToken token) throws IOException;

        @Override
        T read(DecodeContext context, Place place) throws IOException {
            JsonToken token = context.parser().currentToken();
            if (token == JsonToken.START_ARRAY) {
                throw new SerializationException("Unrecognized collection type class " + javaName());
            }
            if (token == JsonToken.START_OBJECT) {
                throw new SerializationException(STRUCTURE_NOT_EXPECTED);
            }
            T value = number(context.parser(), token);
            if (value == null) {
                throw new SerializationException(tokenName(token) + " cannot be converted to " + name);
            }
            return value;
        }

        @Override
        String javaName() {
            return "java.lang." + name;
        }

        private static String tokenName(JsonToken token) {
            return switch (token) {
                case VALUE_STRING -> "STRING_VALUE";
                case VALUE_TRUE -> "TRUE_VALUE";
                case VALUE_FALSE -> "FALSE_VALUE";
                case VALUE_NUMBER_INT -> "NUMBER_VALUE";
                case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
                default -> token.name();
            };
        }
    }

    private static final class ListType<T> extends JsonType<List<T>> {
        private final JsonType<T> element;

        ListType(JsonType<T> element) {
            this.element = element;
        }

        @Override
        List<T> read(DecodeContext context, Place place) throws IOException {
            JsonToken token = context.parser().currentToken();
            if (token == JsonToken.START_OBJECT) {
                throw new SerializationException(STRUCTURE_NOT_EXPECTED);
            }
            if (token != JsonToken.START_ARRAY) {
                throw new SerializationException(place == Place.MEMBER ? UNEXPECTED_MEMBER : GENERIC_ELEMENT);
            }
            List<T> values = new ArrayList<>();
            while (context.parser().nextToken() != JsonToken.END_ARRAY) {
                context.requireNotNull();
                values.add(element.read(context, Place.ELEMENT));
            }
            return values;
        }

        @Override
        String javaName() {
            return "java.util.List<" + element.javaName() + ">";
        }
    }

    private static final class MapType<T> extends JsonType<Map<String, T>> {
        private final JsonType<T> value;

        MapType(JsonType<T> value) {
            this.value = value;
        }

        @Override
        Map<String, T> read(DecodeContext context, Place place) throws IOException {
            requireMap(context, place, javaName());
            Map<String, T> values = new LinkedHashMap<>();
            while (context.parser().nextToken() != JsonToken.END_OBJECT) {
                String name = context.parser().currentName();
                context.parser().nextToken();
                context.requireNotNull();
                values.put(name, value.read(context, Place.ELEMENT));
            }
            return values;
        }

        @Override
        String javaName() {
            return "java.util.Map<java.lang.String, " + value.javaName() + ">";
        }
    }
}
