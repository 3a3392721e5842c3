package io.tailrace.schemas.serde;

import io.tailrace.schemas.codec.ChangeRecordCodec;
import io.tailrace.schemas.codec.ChangeSlices;
import io.tailrace.schemas.codec.CommandCodec;
import io.tailrace.schemas.codec.StreamRecordCodec;
import io.tailrace.schemas.json.LambdaRecordJson;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Command;
import io.tailrace.schemas.model.StreamRecord;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The serdes of all record values, in Avro: single-object encoding, or Confluent's wire format with a schema registry.
 * Reading fails with Kafka's {@code SerializationException} when the record is bad, and with {@link
 * SchemaRegistryException} when the registry is in trouble. The serdes may be used by several threads and need no closing.
 */
public final class TailraceSerdes {
    private final SchemaRegistry registry;
    private final Framing framing;

    /** @param registry null for single-object encoding */
    public TailraceSerdes(SchemaRegistry registry) {
        this.registry = registry;
        this.framing = new Framing(registry);
    }

    /**
     * With the registry at {@code registryUrl}, or single-object encoding when that is null.
     *
     * @throws IllegalArgumentException when it is no http or https URL
     */
    public static TailraceSerdes withRegistryUrl(String registryUrl) {
        return new TailraceSerdes(registryUrl == null ? null : SchemaRegistry.at(registryUrl));
    }

    public Serde<ChangeRecord> changeRecord() {
        return serde(RecordSchema.CHANGE_RECORD, ChangeRecordCodec::encode, ChangeRecordCodec::decode, null);
    }

    /** Change records whose items are not decoded. */
    public Serde<ChangeSlices> changeSlices() {
        return serde(RecordSchema.CHANGE_RECORD, ChangeSlices::encode, ChangeSlices::of, null);
    }

    /** Writes Avro, and reads what is in a stream topic: Avro and JSON. A tombstone is read as null. */
    public Serde<StreamRecord> streamRecord() {
        return serde(
                RecordSchema.STREAM_RECORD,
                StreamRecordCodec::encode,
                StreamRecordCodec::decode,
                LambdaRecordJson::decode);
    }

    public Serde<Command> command() {
        return serde(RecordSchema.COMMAND, CommandCodec::encode, CommandCodec::decode, null);
    }

    /** For those who have encoded bodies and need the prefix only. */
    public Framing framing() {
        return framing;
    }

    private <T> Serde<T> serde(
            RecordSchema recordSchema,
            Function<T, byte[]> encode,
            Function<ByteBuffer, T> decode,
            FramedDeserializer.JsonDecoder<T> decodeJson) {
        return Serdes.serdeFrom(
                new FramedSerializer<>(framing, recordSchema, encode),
                new FramedDeserializer<>(framing, registry, recordSchema, decode, decodeJson));
    }
}
