package io.tailrace.server.crash;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.tailrace.schemas.json.StreamRecordJson;
import io.tailrace.schemas.model.Change.ItemChange;
import io.tailrace.schemas.model.ChangeRecord;
import io.tailrace.schemas.model.Item;
import io.tailrace.schemas.model.ItemSize;
import io.tailrace.schemas.model.StreamRecord;
import io.tailrace.schemas.model.StreamViewType;
import io.tailrace.schemas.topic.SequenceNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/** What a stream's record must have, out of the journal; and one record's content in three forms, as comparable hashes. */
final class StreamContent {
    private StreamContent() {}

    /** By the journal and the documentation of streams, but for the event's id. */
    static int expected(ChangeRecord record, StreamViewType view) {
        ItemChange change = (ItemChange) record.change();
        Item newImage = shows(view, StreamViewType.NEW_IMAGE) ? change.newImage() : null;
        Item oldImage = shows(view, StreamViewType.OLD_IMAGE) ? change.oldImage() : null;
        return Objects.hash(
                change.eventName().name(),
                record.region(),
                record.commitTime().truncatedTo(ChronoUnit.SECONDS),
                change.keys(),
                newImage,
                oldImage,
                SequenceNumbers.format(record.sequenceNumber(), record.mutationIndex()),
                size(change.keys()) + size(newImage) + size(oldImage),
                view.name(),
                record.userIdentity());
    }

    /** The same of a record of the topic. */
    static int found(StreamRecord record) {
        return Objects.hash(
                record.eventName().name(),
                record.awsRegion(),
                record.approximateCreationTime(),
                record.keys(),
                record.newImage(),
                record.oldImage(),
                record.sequenceNumber(),
                record.sizeBytes(),
                record.viewType().name(),
                record.userIdentity());
    }

    /** A record of the topic as the API would show it, the event's id included. */
    static int shown(StreamRecord record) {
        try (TokenBuffer buffer = new TokenBuffer(ApiClient.JSON, false)) {
            StreamRecordJson.write((JsonGenerator) buffer, record);
            return text(ApiClient.JSON.readTree(buffer.asParser()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A record that the API showed. */
    static int shown(JsonNode record) {
        return text(record);
    }

    /** Whatever the numbers' classes. */
    private static int text(JsonNode record) {
        JsonNode dynamodb = record.get("dynamodb");
        return Objects.hash(
                record.get("eventID").asText(),
                record.get("eventName").asText(),
                record.get("eventVersion").asText(),
                record.get("eventSource").asText(),
                record.get("awsRegion").asText(),
                dynamodb.get("ApproximateCreationDateTime").asLong(),
                dynamodb.get("SequenceNumber").asText(),
                dynamodb.get("SizeBytes").asLong(),
                dynamodb.get("StreamViewType").asText(),
                List.of("Keys", "NewImage", "OldImage").stream()
                        .map(image -> Json.item(dynamodb.path(image)))
                        .toList()
                        .hashCode(),
                record.path("userIdentity").toString());
    }

    private static boolean shows(StreamViewType view, StreamViewType image) {
        return view == StreamViewType.NEW_AND_OLD_IMAGES || view == image;
    }

    private static long size(Item image) {
        return image == null ? 0 : ItemSize.of(image);
    }
}
