package io.tailrace.schemas.serde;

import java.util.function.Function;
import org.apache.kafka.common.serialization.Serializer;

/** Writes the current schema's body behind the topic's prefix. */
final class FramedSerializer<T> implements Serializer<T> {
    private final Framing framing;
    private final RecordSchema recordSchema;
    private final Function<T, byte[]> encode;

    FramedSerializer(Framing framing, RecordSchema recordSchema, Function<T, byte[]> encode) {
        this.framing = framing;
        this.recordSchema = recordSchema;
        this.encode = encode;
    }

    @Override
    public byte[] serialize(String topic, T value) {
        return value == null ? null : Framing.frame(framing.prefix(topic, recordSchema), encode.apply(value));
    }
}
