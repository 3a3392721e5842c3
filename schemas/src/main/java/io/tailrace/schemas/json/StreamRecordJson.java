package io.tailrace.schemas.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.UserIdentity;
import java.io.IOException;

/** Stream records as GetRecords returns them (API Reference, Streams, {@code Record}); times are in epoch seconds. */
public final class StreamRecordJson {
    private StreamRecordJson() {}

    public static void write(JsonGenerator out, StreamRecord record) throws IOException {
        out.writeStartObject();
        writeEvent(out, record);
        UserIdentity identity = record.userIdentity();
        if (identity != null) {
            out.writeObjectFieldStart("userIdentity");
            out.writeStringField("PrincipalId", identity.principalId());
            out.writeStringField("Type", identity.type());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** All members but the user's identity, whose form depends on where the record is shown. */
    static void writeEvent(JsonGenerator out, StreamRecord record) throws IOException {
        out.writeStringField("eventID", record.eventId());
        out.writeStringField("eventName", record.eventName().name());
        out.writeStringField("eventVersion", StreamRecord.EVENT_VERSION);
        out.writeStringField("eventSource", StreamRecord.EVENT_SOURCE);
        out.writeStringField("awsRegion", record.awsRegion());
        out.writeObjectFieldStart("dynamodb");
        out.writeNumberField(
                "ApproximateCreationDateTime", record.approximateCreationTime().getEpochSecond());
        writeItem(out, "Keys", record.keys());
        writeItem(out, "NewImage", record.newImage());
        writeItem(out, "OldImage", record.oldImage());
        out.writeStringField("SequenceNumber", record.sequenceNumber());
        out.writeNumberField("SizeBytes", record.sizeBytes());
        out.writeStringField("StreamViewType", record.viewType().name());
        out.writeEndObject();
    }

    private static void writeItem(JsonGenerator out, String name, Item item) throws IOException {
        if (item != null) {
            out.writeFieldName(name);
            DynamoJson.writeItem(out, item);
        }
    }
}
