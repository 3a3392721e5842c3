package io.tailrace.server.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tailrace.capture.streams.RolledShards;
import io.tailrace.capture.streams.ShardRolls;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code POST /streams/TABLE/roll}: closes the shards of a table's stream and opens their children. */
final class StreamEndpoints {
    private static final Pattern ROLL = Pattern.compile("/streams/([^/]+)/roll");
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final AdminSource source;
    private final AdminReplies replies;

    StreamEndpoints(AdminSource source, AdminReplies replies) {
        this.source = source;
        this.replies = replies;
    }

    boolean has(String path) {
        return ROLL.matcher(path).matches();
    }

    Map<String, String> index() {
        return Map.of(
                "/streams/TABLE/roll?region", "POST: closes the shards of the table's stream and opens their children");
    }

    /** @throws AdminException when a parameter is wrong */
    CompletionStage<ServerReply> handle(ServerRequest request) {
        Matcher roll = ROLL.matcher(request.path());
        if (!roll.matches()) {
            throw new IllegalArgumentException(request.path());
        }
        return roll(request, roll.group(1)).exceptionally(this::refusal);
    }

    private CompletableFuture<ServerReply> roll(ServerRequest request, String table) {
        Optional<ServerReply> refusal = replies.refusedChange(request);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        if (request.body().isReadable()) {
            return CompletableFuture.completedFuture(replies.error(BAD_REQUEST, "no body is known here"));
        }
        QueryParameters parameters = new QueryParameters(request.query(), Set.of(RegionParameter.NAME));
        Optional<ShardRolls> ready = source.rolls(RegionParameter.of(parameters, source));
        if (ready.isEmpty()) {
            return CompletableFuture.completedFuture(
                    replies.error(UNAVAILABLE, "the tables are not there yet", AdminReplies.RETRY_SOON));
        }
        try {
            return ready.get().roll(table).thenApply(rolled -> replies.json(OK, json -> write(json, rolled)));
        } catch (DynamoException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static void write(JsonGenerator json, RolledShards rolled) throws IOException {
        json.writeStartObject();
        json.writeStringField("tableName", rolled.tableName());
        json.writeStringField("streamArn", rolled.streamArn());
        json.writeArrayFieldStart("shards");
        for (RolledShards.Shard shard : rolled.shards()) {
            json.writeStartObject();
            json.writeStringField("closedShardId", shard.closedShardId());
            json.writeStringField("endingSequenceNumber", shard.endingSequenceNumber());
            json.writeStringField("childShardId", shard.childShardId());
            json.writeStringField("startingSequenceNumber", shard.startingSequenceNumber());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private ServerReply refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof DynamoException refused)) {
            throw new CompletionException(cause);
        }
        return switch (refused.type()) {
            case VALIDATION -> replies.error(BAD_REQUEST, refused.getMessage());
            case RESOURCE_NOT_FOUND -> replies.error(NOT_FOUND, refused.getMessage());
            case RESOURCE_IN_USE, LIMIT_EXCEEDED -> replies.error(CONFLICT, refused.getMessage());
            default -> replies.error(UNAVAILABLE, refused.getMessage(), AdminReplies.RETRY_SOON);
        };
    }
}
