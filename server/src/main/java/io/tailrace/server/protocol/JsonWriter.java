package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.json.StreamRecordJson;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes answers member by member; a member that is null is left out, as the service does. */
final class JsonWriter {
    /** Writes one value. */
    @FunctionalInterface
    interface Encoder<T> {
        void write(JsonWriter out, T value) throws IOException;
    }

    static final Encoder<String> STRING = (out, value) -> out.json.writeString(value);
    static final Encoder<StreamRecord> STREAM_RECORD = (out, value) -> StreamRecordJson.write(out.json, value);
    static final Encoder<Item> ITEM = (out, value) -> DynamoJson.writeItem(out.json, value);

    private static final int MILLIS_DIGITS = 3;

    private final JsonGenerator json;

    JsonWriter(JsonGenerator json) {
        this.json = json;
    }

    void startObject() throws IOException {
        json.writeStartObject();
    }

    void endObject() throws IOException {
        json.writeEndObject();
    }

    void member(String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    void member(String name, Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
    }

    void member(String name, Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    void member(String name, Double value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    /** Seconds since 1970 with milliseconds. */
    void member(String name, Instant value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, BigDecimal.valueOf(value.toEpochMilli(), MILLIS_DIGITS));
        }
    }

    <T> void member(String name, T value, Encoder<T> encoder) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            encoder.write(this, value);
        }
    }

    <T> void list(String name, Collection<T> values, Encoder<T> encoder) throws IOException {
        member(name, values, (out, elements) -> out.array(elements, encoder));
    }

    <T> void map(String name, Map<String, T> values, Encoder<T> encoder) throws IOException {
        if (values == null) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, T> entry : values.entrySet()) {
            member(entry.getKey(), entry.getValue(), encoder);
        }
        json.writeEndObject();
    }

    <T> void array(Collection<T> values, Encoder<T> encoder) throws IOException {
        json.writeStartArray();
        for (T value : values) {
            encoder.write(this, value);
        }
        json.writeEndArray();
    }

    void numbers(String name, List<Double> values) throws IOException {
        list(name, values, (out, value) -> out.json.writeNumber(value));
    }
}
