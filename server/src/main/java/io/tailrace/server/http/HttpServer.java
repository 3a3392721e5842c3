package io.tailrace.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.tailrace.server.settings.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener with its event loops and its worker threads. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int EVENT_LOOP_THREADS = 2;
    private static final int MAX_TARGET_BYTES = 4096;
    private static final int MAX_HEADER_BYTES = 32 * 1024;
    /** Of the heap, for bodies and for answers: a body takes several times its bytes when it is decoded. */
    private static final int HEAP_FRACTION = 8;

    private static final long MIN_UNSENT_BYTES = 64L << 20;

    private final String name;
    private final HttpSettings settings;
    private final ServerHandler handler;
    private final DateHeader date;
    private final HostNames hosts;
    private final BodyBudget budget;
    private final UnsentAnswers unsent;
    private final ThreadPoolExecutor workers;
    private final EventLoopGroup eventLoops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean full = new AtomicBoolean();
    private volatile boolean stopping;
    private Channel listener;

    private HttpServer(String name, HttpSettings settings, ServerHandler handler, Clock clock, MeterRegistry meters) {
        this.name = name;
        this.settings = settings;
        this.handler = handler;
        this.date = new DateHeader(clock);
        this.hosts =
                new HostNames(settings.address().getAddress().isLoopbackAddress() ? settings.hosts() : Set.of("*"));
        long share = Runtime.getRuntime().maxMemory() / HEAP_FRACTION;
        this.budget =
                new BodyBudget(Math.min(settings.maxBufferedBytes(), Math.max(2L * settings.maxBodyBytes(), share)));
        this.unsent = new UnsentAnswers(Math.min(settings.maxUnsentBytes(), Math.max(MIN_UNSENT_BYTES, share)));
        this.workers = new ThreadPoolExecutor(
                settings.workerThreads(),
                settings.workerThreads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.workerQueueCapacity()),
                new DefaultThreadFactory(name + "-worker", true));
        this.eventLoops = new MultiThreadIoEventLoopGroup(
                EVENT_LOOP_THREADS, new DefaultThreadFactory(name + "-http", true), NioIoHandler.newFactory());
        HttpMeters.CONNECTIONS.gauge(meters, name, open::get);
        HttpMeters.WORKER_QUEUE.gauge(meters, name, () -> workers.getQueue().size());
        HttpMeters.BODY_BYTES.gauge(meters, name, budget::heldBytes);
        HttpMeters.UNSENT_BYTES.gauge(meters, name, unsent::heldBytes);
    }

    /**
     * Listens and serves.
     *
     * @param name of this listener in thread names and meters
     * @throws IOException when the port cannot be had
     */
    public static HttpServer start(
            String name, HttpSettings settings, ServerHandler handler, Clock clock, MeterRegistry meters)
            throws IOException {
        HttpServer server = new HttpServer(name, settings, handler, clock, meters);
        try {
            server.listen();
            return server;
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
    }

    private void listen() throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                });
        var bound = bootstrap.bind(settings.address()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Throwable cause = bound.cause();
            throw cause instanceof IOException refused ? refused : new IOException(cause);
        }
        listener = bound.channel();
    }

    /** Told once each time that the room is used up: a client sees no more than a connection that ends. */
    private void refuse(SocketChannel channel) {
        channel.close();
        if (!stopping && full.compareAndSet(false, true)) {
            LOG.warn(
                    "{}: {} connections are open, as many as there may be; further ones are closed at once",
                    name,
                    settings.maxConnections());
        }
    }

    private void accept(SocketChannel channel) {
        boolean room = open.incrementAndGet() <= settings.maxConnections();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (stopping || !room) {
            refuse(channel);
            return;
        }
        full.set(false);
        connections.add(channel);
        HttpConnection connection =
                new HttpConnection(this, new RequestAssembler(channel.alloc(), budget, settings.maxBodyBytes()));
        channel.pipeline()
                .addLast(new IdleStateHandler(true, 0, 0, settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS))
                .addLast(new ArrivalNotice(connection))
                .addLast(new HttpResponseEncoder())
                .addLast(new HttpRequestDecoder(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_TARGET_BYTES)
                        .setMaxHeaderSize(MAX_HEADER_BYTES)))
                .addLast(
                        new FlowControlHandler()) // one read may hold many requests: they wait here when reading pauses
                .addLast(connection);
    }

    /** Tells the connection that bytes have come in, before they are decoded. */
    private static final class ArrivalNotice extends ChannelInboundHandlerAdapter {
        private final HttpConnection connection;

        ArrivalNotice(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            connection.bytesReceived();
            ctx.fireChannelRead(message);
        }
    }

    /** The port, also when any free one was asked for. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    HttpSettings settings() {
        return settings;
    }

    ServerHandler handler() {
        return handler;
    }

    ExecutorService workers() {
        return workers;
    }

    UnsentAnswers unsent() {
        return unsent;
    }

    String date() {
        return date.text();
    }

    /** Whether the request is meant for this server. Elsewhere than on loopback, that is for authentication to say. */
    boolean isOurs(HttpRequest request) {
        return request.headers().getAll(HttpHeaderNames.HOST).stream().allMatch(hosts::allow);
    }

    boolean isStopping() {
        return stopping;
    }

    /** Gives back a request's body and its part of the budget. */
    void release(ByteBuf body) {
        budget.release(body.writerIndex());
        body.release();
    }

    /** Stops listening, lets requests that are being worked on finish for the time in the settings, then closes. */
    @Override
    public void close() {
        stopping = true;
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        for (Channel channel : connections) {
            HttpConnection connection = channel.pipeline().get(HttpConnection.class);
            if (connection != null) {
                connection.stop();
            }
        }
        long timeoutMillis = settings.shutdownTimeout().toMillis();
        if (!connections.newCloseFuture().awaitUninterruptibly(timeoutMillis)) {
            LOG.warn("{} connections were still busy after {} ms and are closed", connections.size(), timeoutMillis);
            connections.close().awaitUninterruptibly(timeoutMillis);
        }
        workers.shutdownNow();
        eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
