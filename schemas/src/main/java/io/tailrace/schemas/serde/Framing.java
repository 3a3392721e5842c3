package io.tailrace.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What comes before a record's Avro body: Avro's single-object header (C3 01 and the schema's fingerprint, little endian),
 * or, with a schema registry, Confluent's (00 and the schema's id, big endian).
 */
public final class Framing {
    static final int SINGLE_OBJECT_BYTES = 10;
    static final int CONFLUENT_BYTES = 5;
    static final byte CONFLUENT_MAGIC = 0;

    private static final byte[] SINGLE_OBJECT_MAGIC = {(byte) 0xC3, 0x01};

    private final SchemaRegistry registry;
    private final Map<RecordSchema, PublishedSchemas> published = new EnumMap<>(RecordSchema.class);
    private final Map<RecordSchema, byte[]> singleObjectPrefixes = new EnumMap<>(RecordSchema.class);

    /** @param registry null for single-object encoding */
    Framing(SchemaRegistry registry) {
        this.registry = registry;
        for (RecordSchema recordSchema : RecordSchema.values()) {
            PublishedSchemas versions = PublishedSchemas.load(recordSchema);
            published.put(recordSchema, versions);
            singleObjectPrefixes.put(recordSchema, singleObjectPrefix(versions));
        }
    }

    /**
     * The bytes to put before a body that the codecs have encoded. With a registry the first call for a topic registers
     * the schema under the subject {@code <topic>-value}; later calls are local.
     *
     * @throws SchemaRegistryException when the registry cannot be asked or refuses the schema
     */
    public byte[] prefix(String topic, RecordSchema recordSchema) {
        if (registry == null) {
            return singleObjectPrefixes.get(recordSchema).clone();
        }
        int id = registry.register(topic + "-value", published.get(recordSchema).current());
        return ByteBuffer.allocate(CONFLUENT_BYTES)
                .put(CONFLUENT_MAGIC)
                .putInt(id)
                .array();
    }

    /** Prefix and body as one record value. */
    public static byte[] frame(byte[] prefix, byte[] body) {
        byte[] framed = Arrays.copyOf(prefix, prefix.length + body.length);
        System.arraycopy(body, 0, framed, prefix.length, body.length);
        return framed;
    }

    /** As {@link #frame(byte[], byte[])}; the body's position does not change. */
    public static byte[] frame(byte[] prefix, ByteBuffer body) {
        byte[] framed = Arrays.copyOf(prefix, prefix.length + body.remaining());
        body.get(body.position(), framed, prefix.length, body.remaining());
        return framed;
    }

    PublishedSchemas published(RecordSchema recordSchema) {
        return published.get(recordSchema);
    }

    /** Neither framing begins so. */
    static boolean isJson(byte[] value) {
        return value.length > 0 && value[0] == '{';
    }

    static boolean isSingleObject(byte[] framed) {
        return framed.length >= SINGLE_OBJECT_BYTES
                && framed[0] == SINGLE_OBJECT_MAGIC[0]
                && framed[1] == SINGLE_OBJECT_MAGIC[1];
    }

    static long fingerprint(byte[] framed) {
        return ByteBuffer.wrap(framed).order(ByteOrder.LITTLE_ENDIAN).getLong(SINGLE_OBJECT_MAGIC.length);
    }

    static boolean isConfluent(byte[] framed) {
        return framed.length >= CONFLUENT_BYTES && framed[0] == CONFLUENT_MAGIC;
    }

    static int schemaId(byte[] framed) {
        return ByteBuffer.wrap(framed).getInt(1);
    }

    private static byte[] singleObjectPrefix(PublishedSchemas versions) {
        return ByteBuffer.allocate(SINGLE_OBJECT_BYTES)
                .put(SINGLE_OBJECT_MAGIC)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(PublishedSchemas.fingerprint(versions.current()))
                .array();
    }
}
