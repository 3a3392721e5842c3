package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The request types that hold attribute values. Values that break a rule are left out and noted in the context. */
final class ItemTypes {
    private static final String MAP_NAME = "java.util.Map<java.lang.String, " + DecodeContext.ATTRIBUTE_VALUE + ">";

    /** Names and values, as in {@code ExpressionAttributeValues}. */
    static final JsonType<Map<String, AttributeValue>> VALUES = new JsonType<>() {
        @Override
        Map<String, AttributeValue> read(DecodeContext context, Place place) throws IOException {
            requireMap(context, place, MAP_NAME);
            Map<String, AttributeValue> values = new LinkedHashMap<>();
            while (context.parser().nextToken() != JsonToken.END_OBJECT) {
                String name = context.parser().currentName();
                if (context.parser().nextToken() == JsonToken.VALUE_NULL) {
                    context.missingAttributeValue(name);
                    continue;
                }
                AttributeValue value = context.attributeValue(name);
                if (value != null) {
                    values.put(name, value);
                }
            }
            return values;
        }

        @Override
        String javaName() {
            return MAP_NAME;
        }
    };

    /** Names and values of expressions within a list of actions: what is wrong with them is said of the expressions. */
    static final JsonType<Map<String, AttributeValue>> NESTED_VALUES = new JsonType<>() {
        @Override
        Map<String, AttributeValue> read(DecodeContext context, Place place) throws IOException {
            String outer = context.member();
            context.enterMember("ExpressionAttributeValues");
            Map<String, AttributeValue> values = VALUES.read(context, place);
            context.enterMember(outer);
            return values;
        }

        @Override
        String javaName() {
            return MAP_NAME;
        }
    };

    /** An item or a key. */
    static final JsonType<Item> ITEM = new JsonType<>() {
        @Override
        Item read(DecodeContext context, Place place) throws IOException {
            return Item.wrap(VALUES.read(context, place));
        }

        @Override
        String javaName() {
            return MAP_NAME;
        }
    };

    /** One value, as in the legacy parameters. */
    static final JsonType<AttributeValue> VALUE = new JsonType<>() {
        @Override
        AttributeValue read(DecodeContext context, Place place) throws IOException {
            requireStructure(context, place, DecodeContext.ATTRIBUTE_VALUE);
            return context.attributeValue("");
        }

        @Override
        String javaName() {
            return DecodeContext.ATTRIBUTE_VALUE;
        }
    };

    /** Several values, as in the legacy parameters. */
    static final JsonType<List<AttributeValue>> VALUE_LIST = new JsonType<>() {
        private final JsonType<List<AttributeValue>> list = listOf(VALUE);

        @Override
        List<AttributeValue> read(DecodeContext context, Place place) throws IOException {
            List<AttributeValue> values = new ArrayList<>(list.read(context, place));
            values.removeIf(value -> value == null);
            return values;
        }

        @Override
        String javaName() {
            return list.javaName();
        }
    };

    private ItemTypes() {}
}
