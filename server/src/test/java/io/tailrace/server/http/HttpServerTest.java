package io.tailrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.server.http.RawClient.Response;
import io.tailrace.server.settings.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over raw sockets: whatever a client sends, replies come in order, and what a client can hold is bounded. */
final class HttpServerTest {
    private static final int QUEUE = 4;
    private static final int LARGE = 8 << 20; // more than sockets take from a server whose client does not read
    private static final long MAX_UNSENT = 40 << 20;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private HttpServer server;

    /** Echoes, except for a few paths that do what their name says. */
    private final class Echo extends TextHandler {
        @Override
        public CompletionStage<ServerReply> handle(ServerRequest request) {
            String body = request.body().toString(StandardCharsets.UTF_8);
            return switch (request.path()) {
                case "/large" -> CompletableFuture.completedFuture(new ServerReply(200, List.of(), new byte[LARGE]));
                case "/wait" -> await(body);
                case "/later" -> CompletableFuture.supplyAsync(() -> awaitRelease(body));
                case "/throw" -> throw new IllegalStateException("thrown on purpose");
                case "/fail" -> CompletableFuture.failedFuture(new IllegalStateException("failed on purpose"));
                default ->
                    CompletableFuture.completedFuture(
                            text(200, request.method() + " " + request.path() + " " + request.query() + " " + body));
            };
        }

        private CompletionStage<ServerReply> await(String body) {
            blocked.countDown();
            return CompletableFuture.completedFuture(awaitRelease(body));
        }

        private ServerReply awaitRelease(String body) {
            try {
                assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return text(200, "waited " + body);
        }
    }

    private RawClient connect(HttpSettings settings) throws IOException {
        server = HttpServer.start("test", settings, new Echo(), Clock.systemUTC(), meters);
        return new RawClient(server.port());
    }

    private RawClient connect() throws IOException {
        return connect(settings(100_000, 1_000_000, 10, LONG, LONG));
    }

    private static HttpSettings settings(
            int maxBody, long maxBuffered, int maxConnections, Duration idle, Duration request) {
        return new HttpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Set.of(),
                maxBody,
                maxBuffered,
                MAX_UNSENT,
                maxConnections,
                8,
                idle,
                request,
                2,
                QUEUE,
                Duration.ofSeconds(20));
    }

    @AfterEach
    void close() {
        release.countDown();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersAndKeepsTheConnection() throws IOException {
        try (RawClient client = connect()) {
            Response first = client.post("/a?b=c", "body").receive();
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.text()).isEqualTo("POST /a b=c body");
            assertThat(first.header("connection")).isEqualTo("keep-alive");
            assertThat(first.header("date")).matches("\\w{3}, \\d{1,2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
            assertThat(client.post("/b", "").receive().text()).isEqualTo("POST /b  ");
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (RawClient client = connect()) {
            client.post("/later", "1").post("/2", "").post("/3", "");
            client.send("GET /4 HTTP/1.1\r\nHost: x\r\n\r\n");
            release.countDown();
            assertThat(client.receive().text()).isEqualTo("waited 1");
            assertThat(client.receive().text()).startsWith("POST /2");
            assertThat(client.receive().text()).startsWith("POST /3");
            assertThat(client.receive().text()).startsWith("GET /4");
        }
    }

    @Test
    void moreThanTheAllowedPipelinedRequestsWaitInTheSocket() throws Exception {
        try (RawClient client = connect()) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                many.append("GET /").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            Thread sender = new Thread(() -> {
                try {
                    client.send(many.toString());
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            sender.start();
            for (int i = 0; i < 500; i++) {
                // Those that find the workers' queue full are told so, in their turn.
                assertThat(client.receive().text()).isIn("GET /" + i + "  ", Refusal.OVERLOADED.name());
            }
            sender.join();
        }
    }

    @Test
    void takesChunkedBodies() throws IOException {
        try (RawClient client = connect()) {
            client.send("POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("3\r\nabc\r\n").send("4;ext=1\r\nde").send("fg\r\n0\r\n\r\n");
            assertThat(client.receive().text()).isEqualTo("POST /c  abcdefg");
            assertThat(client.post("/d", "x").receive().text()).isEqualTo("POST /d  x");
        }
    }

    @Test
    void refusesAnAnnouncedBodyThatIsTooLarge() throws IOException {
        try (RawClient client = connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100001\r\n\r\n");
            Response refused = client.receive();
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.header("connection")).isEqualTo("close");
            client.send(new byte[100_001]); // still taken, so that the reply is not lost in a reset
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void refusesAChunkedBodyThatGetsTooLarge() throws IOException {
        try (RawClient client = connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 11; i++) {
                client.send("2710\r\n").send("a".repeat(10_000)).send("\r\n");
            }
            assertThat(client.receive().text()).isEqualTo(Refusal.BODY_TOO_LARGE.name());
        }
        assertNothingHeld();
    }

    @Test
    void repliesBeforeARefusalStillCome() throws IOException {
        try (RawClient client = connect()) {
            client.post("/later", "1").send("NONSENSE\r\n\r\n");
            release.countDown();
            assertThat(client.receive().text()).isEqualTo("waited 1");
            assertThat(client.receive().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void tellsAClientThatAsksToGoOn() throws IOException {
        try (RawClient client = connect()) {
            client.send("POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(100);
            assertThat(client.send("ok").receive().text()).isEqualTo("POST /e  ok");

            client.send("POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 200000\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(413);
        }
    }

    @Test
    void refusesOtherExpectationsAndEncodings() throws IOException {
        try (RawClient client = connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: cake\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(417);
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nxx");
            assertThat(client.receive().status()).isEqualTo(415);
        }
    }

    @Test
    void refusesWhatIsMeantForAStranger() throws IOException {
        try (RawClient client = connect()) {
            client.send("GET / HTTP/1.1\r\nHost: rebound.example.com:8000\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(403);
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nHost: rebound.example.com\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 4\r\n",
                "Content-Length: 3, 4\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: abc\r\n",
                "Content-Length : 3\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                "No colon\r\n",
                "Bad\u0000Name: x\r\n"
            })
    void refusesHeadersOfWhichNoOneKnowsTheEnd(String headers) throws IOException {
        try (RawClient client = connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\nabc");
            assertThat(client.receive().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void refusesBrokenChunks() throws IOException {
        try (RawClient client = connect()) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n");
            assertThat(client.receive().status()).isEqualTo(400);
        }
        assertNothingHeld();
    }

    @Test
    void whoeverBreaksOffLeavesNothing() throws IOException {
        connect()
                .send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n")
                .send("a".repeat(30_000))
                .close();
        RawClient waiting = new RawClient(server.port()).post("/later", "1");
        waiting.close();
        awaitGauge("tailrace.http.connections", 0);
        assertNothingHeld();
        release.countDown();
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.post("/after", "").receive().status()).isEqualTo(200);
        }
    }

    @Test
    void manyIdleConnectionsDoNotHinderOthers() throws IOException {
        List<RawClient> idle = new ArrayList<>();
        try (RawClient first = connect(settings(1000, 100_000, 400, LONG, LONG))) {
            for (int i = 0; i < 300; i++) {
                idle.add(new RawClient(server.port()).send(i % 2 == 0 ? "" : "POST / HT"));
            }
            assertThat(first.post("/a", "").receive().status()).isEqualTo(200);
            assertThat(idle.get(0).post("/b", "").receive().status()).isEqualTo(200);
        } finally {
            for (RawClient client : idle) {
                client.close();
            }
        }
    }

    @Test
    void refusesLongTargetsAndHeaders() throws IOException {
        try (RawClient client = connect()) {
            client.send("GET /" + "a".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(414);
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: " + "a".repeat(40_000) + "\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(431);
        }
    }

    @Test
    void aFailingHandlerDoesNotEndTheConnection() throws IOException {
        try (RawClient client = connect()) {
            assertThat(client.post("/throw", "").receive().status()).isEqualTo(500);
            assertThat(client.post("/fail", "").receive().status()).isEqualTo(500);
            assertThat(client.post("/ok", "").receive().status()).isEqualTo(200);
        }
    }

    @Test
    void whenWorkersAndQueueAreFullARequestIsRefusedAndTheConnectionStays() throws Exception {
        try (RawClient busy = connect();
                RawClient other = new RawClient(server.port())) {
            for (int i = 1; i <= QUEUE + 2; i++) {
                busy.post("/wait", Integer.toString(i));
            }
            awaitGauge("tailrace.http.worker.queue", QUEUE);
            Response refused = other.post("/a", "").receive();
            assertThat(refused.text()).isEqualTo(Refusal.OVERLOADED.name());
            assertThat(refused.header("connection")).isEqualTo("keep-alive");
            release.countDown();
            assertThat(busy.receive().text()).isEqualTo("waited 1");
        }
    }

    @Test
    void allBodiesTogetherAreBoundedAndLargeOnesLeaveRoomForSmallOnes() throws Exception {
        try (RawClient holder = connect(settings(100_000, 120_000, 10, LONG, LONG));
                RawClient other = new RawClient(server.port());
                RawClient small = new RawClient(server.port())) {
            holder.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n")
                    .send("a".repeat(80_000));
            awaitGauge("tailrace.http.body.bytes", 80_000);
            assertThat(other.post("/a", "b".repeat(60_000)).receive().text()).isEqualTo(Refusal.OVERLOADED.name());
            assertThat(holder.send("a".repeat(10_000)).receive().status()).isEqualTo(200);
            awaitGauge("tailrace.http.body.bytes", 0);

            holder.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
                    .send("a".repeat(99_000));
            awaitGauge("tailrace.http.body.bytes", 99_000);
            small.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n")
                    .send("b".repeat(19_000));
            awaitGauge("tailrace.http.body.bytes", 118_000); // 105,000 for large ones
            assertThat(holder.send("a".repeat(1_000)).receive().text()).isEqualTo(Refusal.OVERLOADED.name());
            assertThat(small.send("b".repeat(1_000)).receive().status()).isEqualTo(200);
        }
        assertNothingHeld();
    }

    @Test
    void answersThatNobodyTakesAreBoundedAndWhoReadsIsServed() throws Exception {
        List<RawClient> stuck = new ArrayList<>();
        try (RawClient reader = connect(settings(1000, 100_000, 100, LONG, LONG))) {
            long most = 0;
            for (int i = 0; i < 25; i++) {
                stuck.add(new RawClient(server.port()).post("/large", ""));
                assertThat(reader.post("/large", "").receive().body()).hasSize(LARGE);
                most = Math.max(most, (long) unsentBytes());
            }
            assertThat(most).isGreaterThanOrEqualTo(3L * LARGE).isLessThanOrEqualTo(MAX_UNSENT + 2 * LARGE);
            awaitGauge("tailrace.http.unsent.bytes", bytes -> bytes > 0 && bytes <= MAX_UNSENT);
            assertThat(meters.get("tailrace.http.connections").gauge().value())
                    .as("those that took nothing for the longest time are closed")
                    .isLessThan(10);
        } finally {
            for (RawClient client : stuck) {
                client.close();
            }
        }
        awaitGauge("tailrace.http.unsent.bytes", 0);
    }

    @Test
    void answersThatWaitForAnEarlierOneAreCounted() throws Exception {
        try (RawClient client = connect();
                RawClient other = new RawClient(server.port())) {
            client.post("/later", "1");
            for (int i = 0; i < 6; i++) {
                client.post("/large", "");
                assertThat(other.post("/a", "").receive().status()).isEqualTo(200);
            }
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(other.post("/a", "").receive().status()).isEqualTo(200);
        }
        awaitGauge("tailrace.http.unsent.bytes", 0);
    }

    private double unsentBytes() {
        return meters.get("tailrace.http.unsent.bytes").gauge().value();
    }

    private void awaitGauge(String name, DoublePredicate wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wanted.test(meters.get(name).gauge().value()) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(meters.get(name).gauge().value()).matches(wanted::test);
    }

    private void awaitGauge(String name, double value) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (meters.get(name).gauge().value() != value && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(meters.get(name).gauge().value()).isEqualTo(value);
    }

    private void assertNothingHeld() {
        awaitGauge("tailrace.http.body.bytes", 0);
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws IOException {
        try (RawClient first = connect(settings(1000, 1000, 1, LONG, LONG))) {
            assertThat(first.post("/a", "").receive().status()).isEqualTo(200);
            try (RawClient second = new RawClient(server.port())) {
                assertThat(second.isClosedByServer()).isTrue();
            }
            assertThat(first.post("/a", "").receive().status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatDoesNotEndIsTimedOut() throws IOException {
        try (RawClient client = connect(settings(1000, 1000, 10, LONG, Duration.ofMillis(300)))) {
            client.send("POST / HT");
            assertThat(client.receive().status()).isEqualTo(408);
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(client.receive().status()).isEqualTo(408);
        }
        assertNothingHeld();
    }

    @Test
    void timeSpentInTheHandlerIsNotTheClients() throws IOException {
        try (RawClient client = connect(settings(1000, 1000, 10, Duration.ofMillis(200), Duration.ofMillis(200)))) {
            client.post("/later", "1");
            CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS).execute(release::countDown);
            assertThat(client.receive().text()).isEqualTo("waited 1");
            assertThat(client.isClosedByServer()).as("idle afterwards").isTrue();
        }
    }

    @Test
    void closesWhenAskedTo() throws IOException {
        try (RawClient client = connect()) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /never HTTP/1.1\r\n\r\n");
            assertThat(client.receive().header("connection")).isEqualTo("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(200);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aHeadRequestHasLengthAndNoBody() throws IOException {
        try (RawClient client = connect()) {
            client.send("HEAD /h HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.receive(true).header("content-length")).isEqualTo("9");
            assertThat(client.post("/next", "").receive().text()).startsWith("POST /next");
        }
    }

    @Test
    void aStopLetsRequestsFinish() throws Exception {
        try (RawClient busy = connect();
                RawClient idle = new RawClient(server.port())) {
            assertThat(idle.post("/a", "").receive().status()).isEqualTo(200);
            busy.post("/wait", "1");
            assertThat(blocked.await(60, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            assertThat(idle.isClosedByServer()).isTrue();
            release.countDown();
            Response last = busy.receive();
            assertThat(last.text()).isEqualTo("waited 1");
            assertThat(last.header("connection")).isEqualTo("close");
            closing.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void garbageNeitherHangsNorLeaks() throws IOException {
        Random random = new Random(20261121);
        connect(settings(100_000, 1_000_000, 500, LONG, LONG)).close();
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            byte[] prefix = (random.nextBoolean() ? "POST / HTTP/1.1\r\nContent-Length: 200\r\n\r\n" : "")
                    .getBytes(StandardCharsets.UTF_8);
            try (RawClient client = new RawClient(server.port())) {
                client.send(prefix).send(garbage);
            }
        }
        try (RawClient client = new RawClient(server.port())) {
            String after;
            do { // the garbage that reads as a request may fill the workers' queue for a while
                after = client.post("/after", "").receive().text();
            } while (after.equals(Refusal.OVERLOADED.name()));
            assertThat(after).startsWith("POST /after");
        }
        assertNothingHeld();
    }
}
