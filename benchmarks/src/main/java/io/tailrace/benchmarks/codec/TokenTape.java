package io.tailrace.benchmarks.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Jackson alone: reads all tokens of a text with their values, or writes them. */
final class TokenTape {
    private static final int BUFFER_BYTES = 512;

    private final List<Token> tokens = new ArrayList<>();

    private record Token(JsonToken type, String text) {}

    /** Records the tokens of a text that has no other numbers than whole ones. */
    TokenTape(JsonFactory factory, byte[] json) throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens.add(new Token(token, parser.getText()));
            }
        }
    }

    /** Reads tokens and what they say, and keeps nothing; returns how many characters there were. */
    static long read(JsonFactory factory, byte[] json) throws IOException {
        long characters = 0;
        try (JsonParser parser = factory.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                characters += token.isStructStart() || token.isStructEnd()
                        ? 1
                        : parser.getText().length();
            }
        }
        return characters;
    }

    /** Writes the tokens into memory; returns how many bytes they are. */
    long write(JsonFactory factory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
        try (JsonGenerator json = factory.createGenerator(out)) {
            for (Token token : tokens) {
                write(json, token);
            }
        }
        return out.size();
    }

    private static void write(JsonGenerator json, Token token) throws IOException {
        switch (token.type()) {
            case START_OBJECT -> json.writeStartObject();
            case END_OBJECT -> json.writeEndObject();
            case START_ARRAY -> json.writeStartArray();
            case END_ARRAY -> json.writeEndArray();
            case FIELD_NAME -> json.writeFieldName(token.text());
            case VALUE_STRING -> json.writeString(token.text());
            case VALUE_NUMBER_INT -> json.writeNumber(Integer.parseInt(token.text()));
            case VALUE_TRUE -> json.writeBoolean(true);
            case VALUE_FALSE -> json.writeBoolean(false);
            default -> throw new IllegalStateException("not in any answer: " + token);
        }
    }
}
