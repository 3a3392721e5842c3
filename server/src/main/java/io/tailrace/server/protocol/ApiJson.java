package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.tailrace.schemas.json.DynamoJson;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Requests and answers as text: what the handler does with bodies, for measurements also without a server. Immutable, for
 * any number of threads.
 */
public final class ApiJson {
    private final JsonFactory factory = new JsonFactoryBuilder(DynamoJson.newFactory())
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // the API is UTF-8, whatever the bytes look like
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    JsonParser parser(byte[] body, int offset, int length) throws IOException {
        return factory.createParser(body, offset, length);
    }

    /** Both the structure's refusals and those of broken JSON are thrown. */
    <Q> Q read(Structure<Q> structure, JsonParser parser, String host) throws IOException {
        return structure.readRequest(new DecodeContext(parser, host));
    }

    ReplyBuffer write(ReplyWriter.Body body) {
        ReplyBuffer buffer = new ReplyBuffer();
        try (JsonGenerator json = factory.createGenerator(buffer)) {
            body.write(new JsonWriter(json));
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        return buffer;
    }

    <R> ReplyBuffer write(ApiOperation.Encoder<R> encoder, R response) {
        return write(out -> {
            out.startObject();
            encoder.write(out, response);
            out.endObject();
        });
    }

    /**
     * A request's body as the engine's request record.
     *
     * @param operation as in the target header, without its prefix
     * @throws IOException when the body is no JSON
     * @throws IllegalArgumentException when there is no such operation
     */
    public Object readRequest(String operation, byte[] body) throws IOException {
        try (JsonParser parser = parser(body, 0, body.length)) {
            return read(operation(operation).request(), parser, "");
        }
    }

    /**
     * The body of an answer.
     *
     * @param response the engine's record of this operation's response
     * @throws IllegalArgumentException when there is no such operation
     * @throws ClassCastException when the response is another operation's
     */
    @SuppressWarnings("unchecked") // the encoder looks itself
    public ByteBuffer writeReply(String operation, Object response) {
        ReplyBuffer buffer =
                write((ApiOperation.Encoder<Object>) operation(operation).encoder(), response);
        return ByteBuffer.wrap(buffer.array(), 0, buffer.size());
    }

    private static ApiOperation<?, ?> operation(String name) {
        ApiOperation<?, ?> operation = ApiOperations.byName(name);
        if (operation == null) {
            throw new IllegalArgumentException("no operation " + name);
        }
        return operation;
    }
}
