package io.tailrace.schemas.serde;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.schemas.json.DynamoJson;
import io.tailrace.schemas.json.StreamRecordJson;
import io.tailrace.schemas.model.StreamRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A stream topic's records as lines of JSON, whatever their format, for Kafka's command line tools. Its setting {@code
 * schema.registry.url} names the registry, if there is one.
 */
public final class StreamRecordTextDeserializer implements Deserializer<String> {
    /** The setting's name. */
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";

    private final JsonFactory json = DynamoJson.newFactory();
    private Deserializer<StreamRecord> records = records(null);

    @Override
    public void configure(Map<String, ?> settings, boolean forKey) {
        Object registryUrl = settings.get(SCHEMA_REGISTRY_URL);
        records = records(registryUrl == null ? null : registryUrl.toString());
    }

    /** Of a tombstone null. */
    @Override
    public String deserialize(String topic, byte[] value) {
        StreamRecord record = records.deserialize(topic, value);
        if (record == null) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(text)) {
            StreamRecordJson.write(out, record);
        } catch (IOException impossible) { // into memory
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    private static Deserializer<StreamRecord> records(String registryUrl) {
        return TailraceSerdes.withRegistryUrl(registryUrl).streamRecord().deserializer();
    }
}
