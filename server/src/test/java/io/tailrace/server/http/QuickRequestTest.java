package io.tailrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.server.settings.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is quick is answered by the connection's own thread, in its turn, also when all workers are busy. */
final class QuickRequestTest extends TextHandler {
    private static final int WORKERS = 2;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final CountDownLatch busy = new CountDownLatch(WORKERS);
    private final CountDownLatch release = new CountDownLatch(1);

    @Override
    public boolean isQuick(ServerRequest request) {
        return request.path().startsWith("/quick");
    }

    @Override
    public CompletionStage<ServerReply> handle(ServerRequest request) {
        String thread = Thread.currentThread().getName();
        return switch (request.path()) {
            case "/wait" -> {
                busy.countDown();
                try {
                    assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                yield CompletableFuture.completedFuture(text(200, thread));
            }
            case "/quick/throw" -> throw new IllegalStateException("thrown on purpose");
            default -> CompletableFuture.completedFuture(text(200, thread));
        };
    }

    private HttpServer start() throws IOException {
        HttpSettings settings = new HttpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Set.of(),
                100_000,
                1_000_000,
                40 << 20,
                10,
                8,
                LONG,
                LONG,
                WORKERS,
                1,
                Duration.ofSeconds(20));
        return HttpServer.start("test", settings, this, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    @Test
    void busyWorkersAreNotWaitedFor() throws Exception {
        try (HttpServer server = start();
                RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port());
                RawClient client = new RawClient(server.port())) {
            first.post("/wait", "");
            second.post("/wait", "");
            assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(client.post("/quick", "").receive().text()).startsWith("test-http-");
            assertThat(client.post("/quick/throw", "").receive().status()).isEqualTo(500);
            assertThat(client.post("/quick", "").receive().text()).startsWith("test-http-");
            release.countDown();
            assertThat(first.receive().text()).startsWith("test-worker-");
            assertThat(second.receive().text()).startsWith("test-worker-");
        }
    }

    @Test
    void repliesStayInOrder() throws Exception {
        try (HttpServer server = start();
                RawClient client = new RawClient(server.port())) {
            client.post("/wait", "");
            for (int i = 0; i < 30; i++) { // more than may be under way on a connection
                client.post("/quick", "");
            }
            release.countDown();

            assertThat(client.receive().text()).startsWith("test-worker-");
            for (int i = 0; i < 30; i++) {
                assertThat(client.receive().text()).startsWith("test-http-");
            }
        }
    }
}
