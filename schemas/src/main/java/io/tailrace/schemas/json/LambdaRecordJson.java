package io.tailrace.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.model.UserIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * Stream records as a Lambda function finds them in its event (Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB",
 * example event): the values of a stream topic in JSON. Reading ignores members that it does not know.
 */
public final class LambdaRecordJson {
    private static final JsonFactory JSON = DynamoJson.newFactory();

    /** What was read so far; the parser stands at the value of a member when one is set. */
    private static final class Parts {
        private String eventId;
        private EventName eventName;
        private String awsRegion;
        private Instant creationTime;
        private Item keys;
        private Item newImage;
        private Item oldImage;
        private String sequenceNumber;
        private Long sizeBytes;
        private StreamViewType viewType;
        private UserIdentity userIdentity;

        private StreamRecord record() {
            return new StreamRecord(
                    require("eventID", eventId),
                    require("eventName", eventName),
                    require("awsRegion", awsRegion),
                    require("ApproximateCreationDateTime", creationTime),
                    require("Keys", keys),
                    newImage,
                    oldImage,
                    require("SequenceNumber", sequenceNumber),
                    require("SizeBytes", sizeBytes),
                    require("StreamViewType", viewType),
                    userIdentity);
        }
    }

    /** A member of an object. */
    private interface Member {
        void read(String name, JsonParser parser) throws IOException;
    }

    private LambdaRecordJson() {}

    /** @param eventSourceArn of the stream */
    public static byte[] encode(StreamRecord record, String eventSourceArn) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            StreamRecordJson.writeEvent(out, record);
            UserIdentity identity = record.userIdentity();
            if (identity != null) {
                out.writeObjectFieldStart("userIdentity");
                out.writeStringField("type", identity.type());
                out.writeStringField("principalId", identity.principalId());
                out.writeEndObject();
            }
            out.writeStringField("eventSourceARN", eventSourceArn);
            out.writeEndObject();
        } catch (IOException impossible) { // into memory
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #encode} wrote; the ARN is not part of the model.
     *
     * @throws IOException when it is no JSON
     * @throws IllegalArgumentException when it is no stream record
     * @throws DynamoJsonException when an image in it is no item
     */
    public static StreamRecord decode(byte[] json) throws IOException {
        Parts parts = new Parts();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            readObject(parser, (name, in) -> readTop(parts, name, in));
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one value");
            }
        }
        return parts.record();
    }

    private static void readTop(Parts parts, String name, JsonParser in) throws IOException {
        switch (name) {
            case "eventID" -> parts.eventId = JsonScalars.readString(in);
            case "eventName" -> parts.eventName = EventName.valueOf(in.getText());
            case "eventVersion" -> requireConstant(name, StreamRecord.EVENT_VERSION, in);
            case "eventSource" -> requireConstant(name, StreamRecord.EVENT_SOURCE, in);
            case "awsRegion" -> parts.awsRegion = JsonScalars.readString(in);
            case "dynamodb" -> readObject(in, (member, value) -> readChange(parts, member, value));
            case "userIdentity" -> parts.userIdentity = readIdentity(in);
            default -> in.skipChildren();
        }
    }

    private static void readChange(Parts parts, String name, JsonParser in) throws IOException {
        switch (name) {
            case "ApproximateCreationDateTime" -> parts.creationTime = Instant.ofEpochSecond(readLong(name, in));
            case "Keys" -> parts.keys = DynamoJson.readItem(in);
            case "NewImage" -> parts.newImage = DynamoJson.readItem(in);
            case "OldImage" -> parts.oldImage = DynamoJson.readItem(in);
            case "SequenceNumber" -> parts.sequenceNumber = JsonScalars.readString(in);
            case "SizeBytes" -> parts.sizeBytes = readLong(name, in);
            case "StreamViewType" -> parts.viewType = StreamViewType.valueOf(in.getText());
            default -> in.skipChildren();
        }
    }

    private static UserIdentity readIdentity(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String[] identity = new String[2];
        readObject(in, (name, value) -> {
            switch (name) {
                case "type" -> identity[0] = JsonScalars.readString(value);
                case "principalId" -> identity[1] = JsonScalars.readString(value);
                default -> value.skipChildren();
            }
        });
        return new UserIdentity(require("type", identity[0]), require("principalId", identity[1]));
    }

    private static void readObject(JsonParser parser, Member member) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("an object is expected where there is " + parser.currentToken());
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            member.read(name, parser);
        }
    }

    private static <T> T require(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return value;
    }

    private static long readLong(String name, JsonParser in) throws IOException {
        if (!in.currentToken().isNumeric()) {
            throw new IllegalArgumentException(name + " is no number");
        }
        return in.getLongValue();
    }

    private static void requireConstant(String name, String expected, JsonParser in) throws IOException {
        if (!expected.equals(in.getText())) {
            throw new IllegalArgumentException(name + " is " + in.getText() + " where " + expected + " is expected");
        }
    }
}
