package io.tailrace.schemas.serde;

import io.tailrace.schemas.codec.MalformedAvroException;
import io.tailrace.schemas.json.DynamoJsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records in both framings, and in JSON those that may be. What the current schema wrote goes straight to the codec; what another version wrote is
 * first resolved to the current one by Avro's rules.
 */
final class FramedDeserializer<T> implements Deserializer<T> {
    /** A schema of the registry, and whether its bytes are those of the current one. */
    private record Writer(Schema schema, boolean isCurrent) {}

    private final SchemaRegistry registry;
    private final PublishedSchemas published;
    private final RecordSchema recordSchema;
    private final Function<ByteBuffer, T> decode;
    private final JsonDecoder<T> decodeJson;
    private final long currentFingerprint;
    private final Map<Integer, Writer> writers = new ConcurrentHashMap<>();

    /** Reads a value that is written in JSON. */
    interface JsonDecoder<T> {
        /**
         * @throws IOException when it is no JSON
         * @throws RuntimeException when it is not of this type
         */
        T decode(byte[] json) throws IOException;
    }

    /** @param decodeJson null when records are in Avro only */
    FramedDeserializer(
            Framing framing,
            SchemaRegistry registry,
            RecordSchema recordSchema,
            Function<ByteBuffer, T> decode,
            JsonDecoder<T> decodeJson) {
        this.registry = registry;
        this.published = framing.published(recordSchema);
        this.recordSchema = recordSchema;
        this.decode = decode;
        this.decodeJson = decodeJson;
        this.currentFingerprint = PublishedSchemas.fingerprint(published.current());
    }

    @Override
    public T deserialize(String topic, byte[] framed) {
        if (framed == null) {
            return null;
        }
        try {
            return decodeJson != null && Framing.isJson(framed)
                    ? decodeJson.decode(framed)
                    : decode.apply(currentBody(framed));
        } catch (MalformedAvroException
                | AvroRuntimeException
                | DynamoJsonException
                | IllegalArgumentException
                | IOException e) {
            throw new SerializationException(describe(topic) + ": " + e.getMessage(), e);
        } catch (SerializationException e) {
            throw new SerializationException(describe(topic) + ": " + e.getMessage(), e);
        }
    }

    private String describe(String topic) {
        return "no " + recordSchema.recordName() + " in a record of topic " + topic;
    }

    private ByteBuffer currentBody(byte[] framed) throws IOException {
        if (Framing.isSingleObject(framed)) {
            long fingerprint = Framing.fingerprint(framed);
            if (fingerprint == currentFingerprint) {
                return body(framed, Framing.SINGLE_OBJECT_BYTES);
            }
            Schema writer = published
                    .withFingerprint(fingerprint)
                    .orElseThrow(
                            () -> new SerializationException("its schema's fingerprint " + Long.toHexString(fingerprint)
                                    + " is not that of a published" + " version; it may be of a newer one"));
            return resolve(writer, framed, Framing.SINGLE_OBJECT_BYTES);
        }
        if (Framing.isConfluent(framed)) {
            if (registry == null) {
                throw new SerializationException("it is in the Confluent wire format with schema id "
                        + Framing.schemaId(framed) + ", and no schema registry is set");
            }
            Writer writer = writer(Framing.schemaId(framed));
            return writer.isCurrent()
                    ? body(framed, Framing.CONFLUENT_BYTES)
                    : resolve(writer.schema(), framed, Framing.CONFLUENT_BYTES);
        }
        throw new SerializationException("it begins neither as an Avro single object nor in the Confluent wire format"
                + (decodeJson == null ? "" : " nor as JSON") + ": " + startOf(framed));
    }

    private Writer writer(int id) {
        Writer known = writers.get(id);
        if (known != null) {
            return known;
        }
        Schema schema = registry.schema(id);
        Writer writer = new Writer(schema, PublishedSchemas.fingerprint(schema) == currentFingerprint);
        writers.put(id, writer);
        return writer;
    }

    private static String startOf(byte[] framed) {
        return Arrays.toString(Arrays.copyOf(framed, Math.min(framed.length, Framing.SINGLE_OBJECT_BYTES)));
    }

    private static ByteBuffer body(byte[] framed, int offset) {
        return ByteBuffer.wrap(framed, offset, framed.length - offset);
    }

    private ByteBuffer resolve(Schema writer, byte[] framed, int offset) throws IOException {
        Schema current = published.current();
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(framed, offset, framed.length - offset, null);
        Object value = new GenericDatumReader<>(writer, current).read(null, in);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(framed.length + 64);
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(current).write(value, out);
        out.flush();
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
