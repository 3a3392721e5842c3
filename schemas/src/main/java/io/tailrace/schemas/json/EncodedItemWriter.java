package io.tailrace.schemas.json;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tailrace.schemas.codec.ItemVisitor;
import io.tailrace.schemas.model.AttributeType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Writes stored items as DynamoDB JSON without making their values: text stays the UTF-8 that it is. */
final class EncodedItemWriter implements ItemVisitor {
    private static final SerializedString[] TYPE_NAMES = Stream.of(AttributeType.values())
            .map(type -> new SerializedString(type.name()))
            .toArray(SerializedString[]::new);

    private final JsonGenerator out;

    EncodedItemWriter(JsonGenerator out) {
        this.out = out;
    }

    @Override
    public void beginMap() throws IOException {
        out.writeStartObject();
    }

    @Override
    public void name(byte[] bytes, int offset, int length) throws IOException {
        out.writeFieldName(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void endMap() throws IOException {
        out.writeEndObject();
    }

    @Override
    public void beginValue(AttributeType type) throws IOException {
        out.writeStartObject();
        out.writeFieldName(TYPE_NAMES[type.ordinal()]);
    }

    @Override
    public void endValue() throws IOException {
        out.writeEndObject();
    }

    @Override
    public void text(byte[] bytes, int offset, int length) throws IOException {
        JsonText.write(out, bytes, offset, length);
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) throws IOException {
        out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, offset, length);
    }

    @Override
    public void bool(boolean value) throws IOException {
        out.writeBoolean(value);
    }

    @Override
    public void beginList() throws IOException {
        out.writeStartArray();
    }

    @Override
    public void endList() throws IOException {
        out.writeEndArray();
    }
}
