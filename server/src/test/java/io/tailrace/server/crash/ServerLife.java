package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.server.runtime.CrashingServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One life of a server process, from its start to its end, however it ends. */
public final class ServerLife implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PAUSE_NANOS = 20_000_000;

    private final ChildJvm process;
    private final Optional<String> ports;

    private ServerLife(ChildJvm process) {
        this.process = process;
        this.ports = process.awaitLine(CrashingServer.READY);
    }

    /**
     * Starts a server and waits until it serves tables or has ended.
     *
     * @param settings by their names
     * @param halt {@code STEP N}: the process ends itself there; empty when it does not
     */
    public static ServerLife start(Map<String, String> settings, Optional<String> halt) throws IOException {
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add(name + "=" + value));
        halt.ifPresent(step -> arguments.add("halt " + step));
        return new ServerLife(ChildJvm.start("-Xmx600m", CrashingServer.class, arguments));
    }

    /** Whether it served tables. */
    boolean served() {
        return ports.isPresent();
    }

    public int port() {
        return port(0);
    }

    int adminPort() {
        return port(1);
    }

    private int port(int index) {
        assertThat(ports).as(process.output()).isPresent();
        return Integer.parseInt(ports.get().split(" ", -1)[index]);
    }

    /** The process ends itself there when it gets there for the n-th time from now. */
    void haltAt(String stepAndTimes) throws IOException {
        process.tell("halt " + stepAndTimes);
    }

    /** As {@link #haltAt}; does nothing when the process has ended. */
    void haltSoonAt(String stepAndTimes) {
        try {
            haltAt(stepAndTimes);
        } catch (IOException ended) {
            assertThat(awaitExit()).as(output()).isNotZero();
        }
    }

    /** Has the process print what its threads do, for {@link #output}. */
    void dumpThreads() throws IOException {
        process.dumpThreads();
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Stops in order. */
    public void stop() throws IOException {
        beginStop();
        assertThat(process.awaitExit()).as(process.output()).isZero();
    }

    /** Begins to stop in order; what it is armed with may end it before. */
    void beginStop() throws IOException {
        process.tell("stop");
    }

    boolean endedWithin(Duration time) throws InterruptedException {
        return process.endedWithin(time);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the process returned. */
    int awaitExit() {
        return process.awaitExit();
    }

    String output() {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }

    /** Until Kafka has everything; returns up to which commit that is. */
    long awaitCaptured() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            JsonNode parts = health().path("parts");
            long applied = parts.path("journal").path("appliedSequence").asLong(-1);
            if (parts.path("capture").path("capturedSequence").asLong(-2) == applied) {
                return applied;
            }
            assertThat(System.nanoTime()).as("%s%n%s", parts, output()).isLessThan(deadline);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private JsonNode health() {
        try (InputStream answer = URI.create("http://localhost:" + adminPort() + "/health")
                .toURL()
                .openStream()) {
            return ApiClient.JSON.readTree(answer);
        } catch (IOException failure) {
            // 503 while it does not serve: what comes next is as good.
            assertThat(process.isAlive()).as("%s%n%s", failure, output()).isTrue();
            return Json.object();
        }
    }
}
