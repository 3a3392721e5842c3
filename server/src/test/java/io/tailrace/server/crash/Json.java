package io.tailrace.server.crash;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Items to and from the JSON of requests and answers. */
final class Json {
    /** What writes into a tree. */
    private interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    private Json() {}

    static JsonNode of(Item item) {
        return tree(out -> DynamoJson.writeItem(out, item));
    }

    static JsonNode of(AttributeValue value) {
        return tree(out -> DynamoJson.write(out, value));
    }

    /** An item out of an answer; null when the member is missing. */
    static Item item(JsonNode member) {
        if (member == null || member.isMissingNode()) {
            return null;
        }
        try (var parser = ApiClient.JSON.treeAsTokens(member)) {
            return DynamoJson.readItem(parser);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static ObjectNode object() {
        return ApiClient.JSON.createObjectNode();
    }

    private static JsonNode tree(Content content) {
        try (TokenBuffer buffer = new TokenBuffer(ApiClient.JSON, false)) {
            content.write(buffer);
            return ApiClient.JSON.readTree(buffer.asParser());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
