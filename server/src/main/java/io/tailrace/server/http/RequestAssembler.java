package io.tailrace.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/**
 * Puts one connection's requests together from the pieces that the decoder yields. The body grows with what has really
 * come in, never with what was announced. Used on the connection's thread only.
 */
final class RequestAssembler {
    private final ByteBufAllocator allocator;
    private final BodyBudget budget;
    private final int maxBodyBytes;

    private HttpRequest head;
    private ByteBuf body;

    RequestAssembler(ByteBufAllocator allocator, BodyBudget budget, int maxBodyBytes) {
        this.allocator = allocator;
        this.budget = budget;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Begins a request; a refusal, or null when its body may come. */
    Refusal begin(HttpRequest request) {
        Refusal malformed = malformed(request);
        if (malformed != null) {
            return malformed;
        }
        String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null
                && !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(encoding)
                && !HttpHeaderValues.GZIP.contentEqualsIgnoreCase(encoding)) {
            return Refusal.ENCODING_NOT_SUPPORTED;
        }
        if (request.headers().contains(HttpHeaderNames.EXPECT) && !HttpUtil.is100ContinueExpected(request)) {
            return Refusal.EXPECTATION_NOT_SUPPORTED;
        }
        if (HttpUtil.getContentLength(request, 0L) > maxBodyBytes) {
            return Refusal.BODY_TOO_LARGE;
        }
        head = request;
        body = allocator.heapBuffer();
        return null;
    }

    /** Whether a request has begun and is not complete yet. */
    boolean inProgress() {
        return head != null;
    }

    HttpRequest head() {
        return head;
    }

    /** Takes a piece of the body; a refusal, or null when it was taken. */
    Refusal append(HttpContent content) {
        Refusal malformed = malformed(content);
        if (malformed != null) {
            return malformed;
        }
        int bytes = content.content().readableBytes();
        if (body.readableBytes() + bytes > maxBodyBytes) {
            return Refusal.BODY_TOO_LARGE;
        }
        if (!budget.tryReserve(bytes, body.readableBytes() + bytes)) {
            return Refusal.OVERLOADED;
        }
        boolean written = false;
        try {
            body.writeBytes(content.content());
            written = true;
        } finally {
            if (!written) {
                budget.release(bytes); // no memory for it: the connection ends, and knows only of what was written
            }
        }
        return null;
    }

    /** Whether this piece is the last of its request. */
    static boolean isLast(HttpContent content) {
        return content instanceof LastHttpContent;
    }

    /** The body of the complete request, now the caller's, who releases it and its part of the budget. */
    ByteBuf finish() {
        ByteBuf complete = body;
        head = null;
        body = null;
        return complete;
    }

    /** Forgets a request that will not be completed. */
    void abandon() {
        if (body != null) {
            budget.release(body.readableBytes());
            body.release();
        }
        head = null;
        body = null;
    }

    private static Refusal malformed(HttpObject object) {
        if (object.decoderResult().isSuccess()) {
            return null;
        }
        Throwable cause = object.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return Refusal.TARGET_TOO_LONG;
        }
        if (cause instanceof TooLongHttpHeaderException
                || cause instanceof TooLongFrameException && object instanceof HttpMessage) {
            return Refusal.HEADERS_TOO_LARGE;
        }
        return Refusal.MALFORMED;
    }
}
