package io.tailrace.engine.operation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads request records from the API's JSON, so that tests show requests as clients send them. Single quotes will do. */
final class Requests {
    private static final Map<String, String> IRREGULAR_NAMES =
            Map.of("SseSpecification", "SSESpecification", "SseType", "SSEType", "KmsMasterKeyId", "KMSMasterKeyId");

    private Requests() {}

    static <T extends Record> T request(Class<T> type, String json) {
        try (JsonParser parser = DynamoJson.newFactory().createParser(json.replace('\'', '"'))) {
            parser.nextToken();
            return type.cast(read(parser, type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Item item(String json) {
        try (JsonParser parser = DynamoJson.newFactory().createParser(json.replace('\'', '"'))) {
            parser.nextToken();
            return DynamoJson.readItem(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object read(JsonParser parser, Type type) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type == Item.class) {
            return DynamoJson.readItem(parser);
        }
        if (type == AttributeValue.class) {
            return DynamoJson.readAttributeValue(parser);
        }
        if (type == String.class) {
            return parser.getText();
        }
        if (type == Boolean.class) {
            return parser.getBooleanValue();
        }
        if (type == Integer.class) {
            return parser.getIntValue();
        }
        if (type == Long.class) {
            return parser.getLongValue();
        }
        if (type == boolean.class) {
            parser.skipChildren();
            return true;
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? readList(parser, generic.getActualTypeArguments()[0])
                    : readMap(parser, generic.getActualTypeArguments()[1]);
        }
        return readRecord(parser, (Class<?>) type);
    }

    private static List<Object> readList(JsonParser parser, Type elementType) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser, elementType));
        }
        return elements;
    }

    private static Map<String, Object> readMap(JsonParser parser, Type valueType) throws IOException {
        Map<String, Object> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            entries.put(name, read(parser, valueType));
        }
        return entries;
    }

    private static Object readRecord(JsonParser parser, Class<?> type) throws IOException {
        RecordComponent[] components = type.getRecordComponents();
        Map<String, Integer> positions = new HashMap<>();
        Object[] arguments = new Object[components.length];
        Class<?>[] parameterTypes = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            parameterTypes[i] = components[i].getType();
            String name = components[i].getName();
            String apiName = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            positions.put(IRREGULAR_NAMES.getOrDefault(apiName, apiName), i);
            if (name.equals("malformedValues")) {
                arguments[i] = List.of();
            } else if (parameterTypes[i] == boolean.class) {
                arguments[i] = false;
            }
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Integer position = positions.get(parser.currentName());
            if (position == null) {
                throw new IllegalArgumentException("no member " + parser.currentName() + " in " + type.getSimpleName());
            }
            parser.nextToken();
            arguments[position] = read(parser, components[position].getGenericType());
        }
        try {
            return type.getDeclaredConstructor(parameterTypes).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
