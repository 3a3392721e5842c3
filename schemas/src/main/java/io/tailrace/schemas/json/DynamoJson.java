package io.tailrace.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tailrace.schemas.codec.EncodedItem;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Binary;
import io.tailrace.schemas.model.DynamoNumber;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.util.Map;

/**
 * Attribute values and items in DynamoDB JSON (API Reference, {@code AttributeValue}).
 *
 * <p>Reading: the parser stands at the value's first token, or before it when nothing was read yet, and afterwards at its
 * last. JSON of wrong types is refused at once; a value that is invalid only after it was read to its end, so that a
 * caller who keeps the exception for later can read on. Members that the API does not know are ignored.
 */
public final class DynamoJson {
    /** Above the 65,535 bytes of the longest attribute name, with room for names that are refused properly. */
    private static final int MAX_NAME_LENGTH = 100_000;

    private DynamoJson() {}

    /** A factory of parsers and generators with the limits that requests need. */
    public static JsonFactory newFactory() {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(MAX_NAME_LENGTH)
                        .build())
                .build();
    }

    /**
     * @throws DynamoJsonException when DynamoDB would refuse it
     * @throws IOException when the text is no JSON
     */
    public static AttributeValue readAttributeValue(JsonParser parser) throws IOException {
        return new AttributeValueReader(parser).readValue();
    }

    /**
     * Reads a map of attribute names to values, as {@code Item} and {@code Key} are.
     *
     * @throws DynamoJsonException when DynamoDB would refuse it
     * @throws IOException when the text is no JSON
     */
    public static Item readItem(JsonParser parser) throws IOException {
        return new AttributeValueReader(parser).readItem();
    }

    /** Writes one value: an object whose only member is named for the type. */
    public static void write(JsonGenerator out, AttributeValue value) throws IOException {
        out.writeStartObject();
        out.writeFieldName(value.type().name());
        switch (value.type()) {
            case S -> out.writeString(((AttributeValue.S) value).value());
            case N -> out.writeString(((AttributeValue.N) value).value().toString());
            case B -> out.writeString(((AttributeValue.B) value).value().toBase64());
            case BOOL -> out.writeBoolean(((AttributeValue.Bool) value).value());
            case NULL -> out.writeBoolean(true);
            case L -> writeList(out, (AttributeValue.L) value);
            case M -> writeMembers(out, ((AttributeValue.M) value).values());
            case SS -> writeStringSet(out, (AttributeValue.SS) value);
            case NS -> writeNumberSet(out, (AttributeValue.NS) value);
            case BS -> writeBinarySet(out, (AttributeValue.BS) value);
        }
        out.writeEndObject();
    }

    /** Writes a map of attribute names to values. */
    public static void writeItem(JsonGenerator out, Item item) throws IOException {
        if (item.encoded() instanceof EncodedItem encoded) {
            encoded.visit(new EncodedItemWriter(out));
            return;
        }
        writeMembers(out, item.attributes());
    }

    private static void writeMembers(JsonGenerator out, Map<String, AttributeValue> members) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, AttributeValue> member : members.entrySet()) {
            out.writeFieldName(member.getKey());
            write(out, member.getValue());
        }
        out.writeEndObject();
    }

    private static void writeList(JsonGenerator out, AttributeValue.L list) throws IOException {
        out.writeStartArray();
        for (AttributeValue element : list.values()) {
            write(out, element);
        }
        out.writeEndArray();
    }

    private static void writeStringSet(JsonGenerator out, AttributeValue.SS set) throws IOException {
        out.writeStartArray();
        for (String element : set.values()) {
            out.writeString(element);
        }
        out.writeEndArray();
    }

    private static void writeNumberSet(JsonGenerator out, AttributeValue.NS set) throws IOException {
        out.writeStartArray();
        for (DynamoNumber element : set.values()) {
            out.writeString(element.toString());
        }
        out.writeEndArray();
    }

    private static void writeBinarySet(JsonGenerator out, AttributeValue.BS set) throws IOException {
        out.writeStartArray();
        for (Binary element : set.values()) {
            out.writeString(element.toBase64());
        }
        out.writeEndArray();
    }
}
