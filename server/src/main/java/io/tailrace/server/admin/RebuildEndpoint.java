package io.tailrace.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.capture.Rebuild;
import io.tailrace.schemas.topic.SequenceNumbers;
import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** {@code POST /streams/rebuild}: fills Kafka's topics again from the journal. */
final class RebuildEndpoint {
    private static final String PATH = "/streams/rebuild";
    private static final String ANYWAY = "anyway";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final AdminSource source;
    private final AdminReplies replies;

    /** What {@link #ANYWAY} may be. */
    private enum Choice {
        TRUE,
        FALSE
    }

    RebuildEndpoint(AdminSource source, AdminReplies replies) {
        this.source = source;
        this.replies = replies;
    }

    boolean has(String path) {
        return path.equals(PATH);
    }

    Map<String, String> index() {
        return Map.of(
                PATH + "?region,anyway",
                "POST: fills Kafka's topics again from the journal; anyway=true: also when nothing is missing");
    }

    /** @throws AdminException when a parameter is wrong */
    CompletionStage<ServerReply> handle(ServerRequest request) {
        Optional<ServerReply> refusal = replies.refusedChange(request);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        if (request.body().isReadable()) {
            return CompletableFuture.completedFuture(replies.error(BAD_REQUEST, "a body is not known here"));
        }
        QueryParameters parameters = new QueryParameters(request.query(), Set.of(ANYWAY, RegionParameter.NAME));
        boolean anyway = parameters.word(ANYWAY, Choice.FALSE) == Choice.TRUE;
        Optional<Rebuilds> ready = source.rebuilds(RegionParameter.of(parameters, source));
        return ready.isEmpty()
                ? CompletableFuture.completedFuture(
                        replies.error(UNAVAILABLE, "Kafka's side has not started yet", AdminReplies.RETRY_SOON))
                : ready.get()
                        .rebuild(anyway)
                        .thenApply(report -> replies.json(OK, json -> write(json, report)))
                        .exceptionally(this::refusal);
    }

    private static void write(JsonGenerator json, RebuildReport report) throws IOException {
        Rebuild topics = report.topics();
        json.writeStartObject();
        writePlace(json, "from", topics.fromSequence(), 0, topics.fromTime());
        writePlace(json, "to", topics.toSequence(), SequenceNumbers.MAX_MUTATION_INDEX, topics.toTime());
        writeTexts(json, "losses", topics.losses());
        writeTexts(json, "missing", topics.gaps());
        writeTexts(json, "indexes", report.indexes());
        writeTexts(json, "timeToLive", report.timeToLive());
        json.writeEndObject();
    }

    private static void writePlace(JsonGenerator json, String name, long commit, int mutationIndex, Instant time)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("commit", commit);
        json.writeStringField("sequenceNumber", SequenceNumbers.format(commit, mutationIndex));
        if (time != null) {
            json.writeStringField("time", time.toString());
        }
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private ServerReply refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof RebuildRefusedException refused)) {
            throw new CompletionException(cause);
        }
        return refused.isLater()
                ? replies.error(UNAVAILABLE, refused.getMessage(), AdminReplies.RETRY_SOON)
                : replies.error(CONFLICT, refused.getMessage());
    }
}
