package io.tailrace.server.protocol;

import com.fasterxml.jackson.core.JsonParser;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.json.DynamoJsonException;
import io.tailrace.server.http.Refusal;
import io.tailrace.server.http.ServerHandler;
import io.tailrace.server.http.ServerReply;
import io.tailrace.server.http.ServerRequest;
import io.tailrace.server.protocol.ReplyWriter.Envelope;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DynamoDB API. Checks come in the service's order: method and content type, JSON, target, signature, types, and
 * then what the operation itself checks.
 */
public final class ApiHandler implements ServerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
    private static final AsciiString TARGET = AsciiString.cached("x-amz-target");
    private static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final String STREAMS_PREFIX = "DynamoDBStreams_20120810.";
    private static final String UNKNOWN = "unknown";

    /** Of a body: to decode it takes some tens of microseconds. */
    private static final int MAX_QUICK_BYTES = 16 * 1024;

    private final ApiRegions regions;
    private final int maxBodyBytes;
    private final IndexWait indexWait;
    private final ApiMeters meters;
    private final Supplier<String> requestIds;
    private final ApiJson json = new ApiJson();
    private final ReplyWriter replies;

    /**
     * Limits of requests.
     *
     * @param maxBodyBytes of an unpacked body
     * @param indexWait how long a read that wants to wait for the indexes does so
     */
    public record Limits(int maxBodyBytes, Duration indexWait) {}

    /** One request on its way. */
    private record Call(ServerRequest request, ByteBuf body, Envelope envelope, long startNanos) {}

    /**
     * @param requestIdSeed should differ from start to start
     */
    public ApiHandler(ApiRegions regions, Limits limits, MeterRegistry meters, long requestIdSeed) {
        this.regions = regions;
        this.maxBodyBytes = limits.maxBodyBytes();
        this.indexWait = new IndexWait(limits.indexWait());
        this.meters = new ApiMeters(meters);
        this.requestIds = new RequestIds(requestIdSeed);
        this.replies = new ReplyWriter(json);
    }

    /** Whether it is of a size, and of an operation, that take microseconds. */
    public static boolean isSmall(ServerRequest request) {
        String target = request.header(TARGET);
        return request.body().readableBytes() <= MAX_QUICK_BYTES
                && target.startsWith(TARGET_PREFIX)
                && ApiOperations.isQuick(target.substring(TARGET_PREFIX.length()));
    }

    @Override
    public boolean isQuick(ServerRequest request) {
        return isSmall(request)
                && regions.isOpen(Authorization.likelyRegion(request))
                && request.header(HttpHeaderNames.CONTENT_ENCODING).isEmpty();
    }

    @Override
    public CompletionStage<ServerReply> handle(ServerRequest request) {
        String mediaType = mediaType(request.header(HttpHeaderNames.CONTENT_TYPE));
        boolean gzip = ReplyWriter.acceptsGzip(request.header(HttpHeaderNames.ACCEPT_ENCODING));
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (reads && request.path().equals("/")) {
            return done(replies.text(
                    200,
                    new Envelope(requestIds.get(), "", false),
                    "healthy: dynamodb." + regions.home() + ".amazonaws.com "));
        }
        boolean isJson = mediaType.equals(ReplyWriter.JSON_1_0) || mediaType.equals(ReplyWriter.JSON);
        if (!request.method().equals("POST") || request.body().isReadable() && !isJson) {
            return done(replies.text(404, new Envelope(requestIds.get(), "", false), "<UnknownOperationException/>\n"));
        }
        Envelope envelope = new Envelope(
                requestIds.get(),
                mediaType.equals(ReplyWriter.JSON_1_0) ? ReplyWriter.JSON_1_0 : ReplyWriter.JSON,
                gzip);
        return unpackAndPost(request, envelope);
    }

    private CompletionStage<ServerReply> unpackAndPost(ServerRequest request, Envelope envelope) {
        long startNanos = System.nanoTime();
        ByteBuf body = request.body();
        if (request.header(HttpHeaderNames.CONTENT_ENCODING).equalsIgnoreCase("gzip")) {
            try {
                body = GzipBody.unpack(body, maxBodyBytes);
            } catch (IOException noGzip) {
                return done(replies.error(envelope, ErrorBody.serialization("The request body is not valid gzip.")));
            }
            if (body == null) {
                return done(replies.error(envelope, ErrorBody.of(Refusal.BODY_TOO_LARGE)));
            }
        }
        Call call = new Call(request, body, envelope, startNanos);
        ApiOperation<?, ?> operation = null;
        try {
            operation = operation(request.header(TARGET));
            Authorization authorization = Authorization.of(request, regions);
            return execute(operation, regions.region(authorization.region()), call);
        } catch (DynamoException refused) {
            boolean beforeDecoding = operation == null || isSignatureError(refused.type());
            return done(
                    beforeDecoding && !isJsonOrEmpty(body)
                            ? failed(call, operation, new SerializationException(notJson()))
                            : failed(call, operation, refused));
        } catch (RuntimeException failure) {
            return done(failed(call, operation, failure));
        }
    }

    private <Q, R> CompletionStage<ServerReply> execute(ApiOperation<Q, R> operation, ApiRegion region, Call call) {
        Q request = decode(operation.request(), call);
        CompletableFuture<R> response = IndexWait.isWanted(operation.name(), call.request())
                ? indexWait
                        .begin(region.engine())
                        .thenComposeAsync(
                                none -> operation
                                        .execution()
                                        .execute(region, request, call.request().workers()),
                                call.request().workers())
                : operation
                        .execution()
                        .execute(region, request, call.request().workers())
                        .toCompletableFuture();
        if (response.isDone()) {
            return done(answer(operation, call, response.join()));
        }
        return response.handleAsync(
                (answer, failure) ->
                        failure == null ? answer(operation, call, answer) : failed(call, operation, failure),
                call.request().replies());
    }

    private <Q> Q decode(Structure<Q> structure, Call call) {
        try (JsonParser parser = parser(call.body())) {
            return json.read(structure, parser, call.request().header(HttpHeaderNames.HOST));
        } catch (IOException broken) {
            throw new SerializationException(notJson());
        }
    }

    private JsonParser parser(ByteBuf body) throws IOException {
        return json.parser(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
    }

    /** The service looks at the JSON before it looks at target and signature. */
    private boolean isJsonOrEmpty(ByteBuf body) {
        try (JsonParser parser = parser(body)) {
            if (parser.nextToken() != null) {
                parser.skipChildren();
            }
            return parser.nextToken() == null;
        } catch (IOException broken) {
            return false;
        }
    }

    private static ApiOperation<?, ?> operation(String target) {
        if (target.startsWith(STREAMS_PREFIX)) {
            ApiOperation<?, ?> operation = StreamOperations.byName(target.substring(STREAMS_PREFIX.length()));
            if (operation == null) {
                throw unknownOperation("There is no operation " + target + ".");
            }
            return operation;
        }
        String name = target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : "";
        ApiOperation<?, ?> operation = ApiOperations.byName(name);
        if (operation == null) {
            throw ApiOperations.LATER.contains(name)
                    ? unknownOperation("Tailrace does not support the operation " + name + " yet.")
                    : unknownOperation("There is no operation " + target + ".");
        }
        return operation;
    }

    private <R> ServerReply answer(ApiOperation<?, R> operation, Call call, R response) {
        ServerReply reply = operation.hasOutput()
                ? replies.ok(call.envelope(), operation.encoder(), response)
                : replies.text(200, call.envelope(), "");
        record(call, operation, "ok");
        return reply;
    }

    private ServerReply failed(Call call, ApiOperation<?, ?> operation, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        ErrorBody error = errorBody(cause);
        boolean expected = cause instanceof DynamoException && cause.getCause() == null
                || cause instanceof RejectedExecutionException;
        if (error.status() >= 500 && !expected) {
            LOG.error("request {} failed with {}", call.envelope().requestId(), error.code(), cause);
        }
        record(call, operation, error.code());
        return replies.error(call.envelope(), error);
    }

    private static ErrorBody errorBody(Throwable failure) {
        if (failure instanceof DynamoException refused) {
            return refused.type() == ErrorType.INTERNAL_SERVER_ERROR && refused.getCause() != null
                    ? ErrorBody.internal()
                    : ErrorBody.of(refused);
        }
        if (failure instanceof SerializationException refused) {
            return ErrorBody.serialization(refused.getMessage());
        }
        if (failure instanceof DynamoJsonException refused) {
            return refused.kind() == DynamoJsonException.Kind.SERIALIZATION
                    ? ErrorBody.serialization(refused.getMessage())
                    : ErrorBody.of(DynamoException.validation(refused.getMessage()));
        }
        if (failure instanceof RejectedExecutionException) {
            return ErrorBody.of(Refusal.OVERLOADED);
        }
        return ErrorBody.internal();
    }

    private void record(Call call, ApiOperation<?, ?> operation, String outcome) {
        meters.request(operation == null ? UNKNOWN : operation.name(), outcome, System.nanoTime() - call.startNanos());
    }

    @Override
    public ServerReply refused(Refusal refusal) {
        ErrorBody error = ErrorBody.of(refusal);
        meters.request(UNKNOWN, error.code(), 0);
        return replies.error(new Envelope(requestIds.get(), ReplyWriter.JSON_1_0, false), error);
    }

    @Override
    public ServerReply failed(Throwable failure) {
        Envelope envelope = new Envelope(requestIds.get(), ReplyWriter.JSON_1_0, false);
        LOG.error("request {} failed", envelope.requestId(), failure);
        return replies.error(envelope, ErrorBody.internal());
    }

    private static boolean isSignatureError(ErrorType type) {
        return type == ErrorType.MISSING_AUTHENTICATION_TOKEN
                || type == ErrorType.INCOMPLETE_SIGNATURE
                || type == ErrorType.INVALID_SIGNATURE;
    }

    private static DynamoException unknownOperation(String message) {
        return new DynamoException(ErrorType.UNKNOWN_OPERATION, message);
    }

    private static String notJson() {
        return "The request body is not valid JSON in UTF-8.";
    }

    private static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    }

    private static CompletionStage<ServerReply> done(ServerReply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
