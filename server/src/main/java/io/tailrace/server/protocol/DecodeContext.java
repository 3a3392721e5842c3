package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.engine.operation.MalformedValue;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.json.DynamoJsonException;
import io.tailrace.schemas.model.AttributeValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One request being decoded: the parser, and the attribute values that were left out because they break a rule. */
final class DecodeContext {
    static final String ATTRIBUTE_VALUE = "com.amazonaws.dynamodb.v20120810.AttributeValue";

    private static final String EMPTY_VALUE =
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";

    private final JsonParser parser;
    private final List<MalformedValue> malformedValues = new ArrayList<>();
    private final String host;
    private String member = "";

    /** A request of no server. */
    DecodeContext(JsonParser parser) {
        this(parser, "");
    }

    DecodeContext(JsonParser parser, String host) {
        this.parser = parser;
        this.host = host;
    }

    /** Where the client sent the request to. */
    String host() {
        return host;
    }

    JsonParser parser() {
        return parser;
    }

    /** The request's member that is being read now. */
    String member() {
        return member;
    }

    void enterMember(String name) {
        member = name;
    }

    int malformedCount() {
        return malformedValues.size();
    }

    List<MalformedValue> malformedValues() {
        return List.copyOf(malformedValues);
    }

    void requireNotNull() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            throw new SerializationException("Unexpected value type in payload");
        }
    }

    /**
     * Reads the attribute value at the parser; null, and a note of it, when it breaks a rule of its type. Either way the
     * parser stands at its last token.
     */
    AttributeValue attributeValue(String name) throws IOException {
        JsonType.requireStructure(this, JsonType.Place.ELEMENT, ATTRIBUTE_VALUE);
        try {
            return DynamoJson.readAttributeValue(parser);
        } catch (DynamoJsonException refused) {
            if (refused.kind() == DynamoJsonException.Kind.SERIALIZATION) {
                throw refused;
            }
            malformedValues.add(new MalformedValue(
                    member, name, refused.getMessage(), refused.olderMessage(), refused.isVeryDeep()));
            return null;
        }
    }

    /** Notes a null where an attribute value should be. */
    void missingAttributeValue(String name) {
        malformedValues.add(new MalformedValue(member, name, EMPTY_VALUE));
    }
}
