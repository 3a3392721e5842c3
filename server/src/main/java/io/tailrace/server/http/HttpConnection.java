package io.tailrace.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes requests in, hands them to the workers unless they are quick, and writes the replies in the order of the requests. All
 * its state belongs to the connection's event loop.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);
    /** After a refusal in the middle of a request the rest is read and dropped for so long: a reset would lose the reply. */
    private static final long LINGER_SECONDS = 5;

    /** A request in the order in which it came, and its reply once there is one. */
    private static final class Exchange {
        private final boolean isHead;
        private final boolean keepAlive;
        private ServerReply reply;

        Exchange(boolean isHead, boolean keepAlive) {
            this.isHead = isHead;
            this.keepAlive = keepAlive;
        }
    }

    private enum State {
        OPEN,
        /** No more requests are read; the connection closes with the last reply. */
        CLOSING,
        /** The last reply is out; what still comes in is dropped. */
        LINGERING
    }

    private final HttpServer server;
    private final RequestAssembler assembler;
    private final UnsentAnswers.Account unsent;
    private final Deque<Exchange> exchanges = new ArrayDeque<>();
    private ChannelHandlerContext context;
    private State state = State.OPEN;
    private Future<?> deadline;
    private boolean continueWanted;
    /** Whether the connection closes although more of the refused request may come. */
    private boolean restUnread;

    HttpConnection(HttpServer server, RequestAssembler assembler) {
        this.server = server;
        this.assembler = assembler;
        this.unsent = server.unsent().open(this::closeSlow);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Bytes have arrived: from the first byte of a request on, its time runs. */
    void bytesReceived() {
        if (deadline == null && state == State.OPEN) {
            deadline = context.executor()
                    .schedule(
                            this::requestTimedOut,
                            server.settings().requestTimeout().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (state != State.OPEN) {
                return;
            }
            if (message instanceof HttpRequest head) {
                begin(head);
            }
            if (message instanceof HttpContent content && assembler.inProgress()) {
                append(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest head) {
        Refusal refusal = server.isOurs(head) ? assembler.begin(head) : Refusal.HOST_NOT_OURS;
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        continueWanted = HttpUtil.is100ContinueExpected(head);
        sendContinueWhenItsTurn();
    }

    /** An interim response may only be sent when all replies before it are out. */
    private void sendContinueWhenItsTurn() {
        if (continueWanted && assembler.inProgress() && exchanges.isEmpty()) {
            continueWanted = false;
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void append(HttpContent content) {
        Refusal refusal = assembler.append(content);
        if (refusal != null) {
            boolean complete = RequestAssembler.isLast(content);
            assembler.abandon();
            refuse(refusal, complete);
            return;
        }
        if (RequestAssembler.isLast(content)) {
            continueWanted = false;
            cancelDeadline();
            HttpRequest head = assembler.head();
            submit(head, assembler.finish());
        }
    }

    private void submit(HttpRequest head, ByteBuf body) {
        boolean keepAlive = HttpUtil.isKeepAlive(head) && !server.isStopping();
        Exchange exchange = new Exchange(head.method().equals(HttpMethod.HEAD), keepAlive);
        exchanges.add(exchange);
        if (!keepAlive) {
            state = State.CLOSING;
        }
        pauseWhenFull();
        String uri = head.uri();
        int mark = uri.indexOf('?');
        ServerRequest request = new ServerRequest(
                head.method().name(),
                mark < 0 ? uri : uri.substring(0, mark),
                mark < 0 ? "" : uri.substring(mark + 1),
                head.headers(),
                body,
                context.executor(),
                server.workers());
        if (server.handler().isQuick(request)) {
            work(exchange, request);
            return;
        }
        boolean handedOver = false;
        try {
            server.workers().execute(() -> work(exchange, request));
            handedOver = true;
        } catch (RejectedExecutionException full) {
            complete(exchange, server.handler().refused(server.isStopping() ? Refusal.STOPPING : Refusal.OVERLOADED));
        } finally {
            if (!handedOver) {
                server.release(body);
            }
        }
    }

    /** The boundary at which anything that a handler throws ends. */
    private void work(Exchange exchange, ServerRequest request) {
        try {
            server.handler()
                    .handle(request)
                    .whenComplete((reply, failure) -> answerOrClose(() -> answer(exchange, reply, failure)));
        } catch (Exception | Error failure) { // an Error too: without a reply the client would wait for ever
            answerOrClose(() -> answer(exchange, null, failure));
        } finally {
            server.release(request.body());
        }
    }

    private void answer(Exchange exchange, ServerReply reply, Throwable failure) {
        ServerReply outcome = failure == null ? reply : server.handler().failed(failure);
        if (context.executor().inEventLoop()) {
            complete(exchange, outcome);
        } else {
            context.executor().execute(() -> answerOrClose(() -> complete(exchange, outcome)));
        }
    }

    /** Where not even an answer can be given, for want of memory say, the connection ends: its client must not wait for ever. */
    private void answerOrClose(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error unanswered) {
            context.channel().close();
            LOG.error("connection {} ends without an answer", context.channel().remoteAddress(), unanswered);
        }
    }

    private void refuse(Refusal refusal) {
        refuse(refusal, false);
    }

    /** Answers without the handler, in turn. Unless the request was read completely, nothing after it can be understood. */
    private void refuse(Refusal refusal, boolean requestComplete) {
        boolean keepAlive = requestComplete && !refusal.closesConnection();
        cancelDeadline();
        if (!keepAlive) {
            state = State.CLOSING;
            restUnread = !requestComplete;
        }
        Exchange exchange = new Exchange(false, keepAlive);
        exchanges.add(exchange);
        complete(exchange, server.handler().refused(refusal));
    }

    private void complete(Exchange exchange, ServerReply reply) {
        if (!exchanges.contains(exchange)) {
            return; // the connection is gone, or closes with an earlier reply
        }
        exchange.reply = reply;
        unsent.add(reply.length());
        boolean wrote = false;
        while (!exchanges.isEmpty()
                && exchanges.peek().reply != null
                && context.channel().isActive()) {
            write(exchanges.remove());
            wrote = true;
        }
        if (wrote) {
            context.flush();
            sendContinueWhenItsTurn();
            resumeWhenRoom();
        }
        unsent.settle();
    }

    private void closeSlow() {
        Channel channel = context.channel();
        if (channel.isActive()) {
            LOG.debug(
                    "connection {} closes: its answers are not taken, and others need the room",
                    channel.remoteAddress());
            channel.close();
        }
    }

    /** Forgets the replies that will not be written. */
    private void dropExchanges() {
        for (Exchange exchange : exchanges) {
            if (exchange.reply != null) {
                unsent.remove(exchange.reply.length());
            }
        }
        exchanges.clear();
    }

    private void write(Exchange exchange) {
        ServerReply reply = exchange.reply;
        boolean last = !exchange.keepAlive || exchanges.isEmpty() && isEnding();
        ByteBuf body =
                exchange.isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body(), 0, reply.length());
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
        reply.headers().forEach(header -> response.headers().add(header.name(), header.value()));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.length());
        response.headers().set(HttpHeaderNames.DATE, server.date());
        response.headers().set(HttpHeaderNames.CONNECTION, last ? HttpHeaderValues.CLOSE : HttpHeaderValues.KEEP_ALIVE);
        ChannelFuture written = context.write(response);
        written.addListener(done -> unsent.remove(reply.length()));
        if (last) {
            dropExchanges();
            state = State.LINGERING;
            written.addListener(restUnread ? lingering() : ChannelFutureListener.CLOSE);
        } else {
            written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    /** A server that stops may not have come to {@link #stop} yet. */
    private boolean isEnding() {
        return state == State.CLOSING || server.isStopping() && !assembler.inProgress();
    }

    /** Says that nothing more will be sent, and reads on until the client has understood. */
    private ChannelFutureListener lingering() {
        return written -> {
            Channel channel = written.channel();
            if (!written.isSuccess() || !(channel instanceof DuplexChannel duplex)) {
                channel.close();
                return;
            }
            duplex.shutdownOutput();
            channel.config().setAutoRead(true);
            context.executor().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        };
    }

    private void pauseWhenFull() {
        if (exchanges.size() >= server.settings().maxPipelined()
                || !context.channel().isWritable()) {
            context.channel().config().setAutoRead(false);
            cancelDeadline(); // what is not read now is not the client's delay
        }
    }

    private void resumeWhenRoom() {
        if (exchanges.size() < server.settings().maxPipelined()
                && context.channel().isWritable()) {
            context.channel().config().setAutoRead(true);
            if (assembler.inProgress()) {
                bytesReceived();
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pauseWhenFull();
        resumeWhenRoom();
    }

    private void requestTimedOut() {
        if (state == State.OPEN) {
            assembler.abandon();
            refuse(Refusal.TIMED_OUT);
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** The server stops: an idle connection closes now, a busy one with its last reply. */
    void stop() {
        context.executor().execute(() -> {
            if (exchanges.isEmpty() && !assembler.inProgress()) {
                context.close();
            } else if (state == State.OPEN && !assembler.inProgress()) {
                state = State.CLOSING;
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean waitingForHandler = !exchanges.isEmpty() && exchanges.peek().reply == null;
        if (event instanceof IdleStateEvent && !waitingForHandler) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.LINGERING;
        cancelDeadline();
        assembler.abandon();
        dropExchanges();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("connection {} lost", ctx.channel().remoteAddress(), cause);
        } else {
            LOG.warn(
                    "connection {} closed after an unexpected error: {}",
                    ctx.channel().remoteAddress(),
                    cause.toString(),
                    cause);
        }
        ctx.close();
    }
}
