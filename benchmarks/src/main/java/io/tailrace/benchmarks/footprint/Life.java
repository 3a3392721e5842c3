package io.tailrace.benchmarks.footprint;

import io.tailrace.benchmarks.api.Connection;
import io.tailrace.benchmarks.api.Operation;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Waiting;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.process.ChildProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server's process from its start to its end. */
final class Life implements AutoCloseable {
    private static final long START_LIMIT_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();
    private static final Items ONE_ITEM = new Items(1, 100);

    /** What has to be ended with the server, such as a broker beside it. */
    private final List<AutoCloseable> companions;

    private final ChildProcess process;
    private final int port;
    private final Optional<Path> data;
    private final Sample start;

    private Life(Command command, ChildProcess process, Sample start) {
        this.companions = command.companions();
        this.process = process;
        this.port = command.port();
        this.data = command.data();
        this.start = start;
    }

    /**
     * How a server is started.
     *
     * @param environment besides this process's own
     * @param port where it will answer
     * @param data where it keeps its data; empty where that is in memory
     * @param companions what runs already, for it alone
     */
    record Command(
            String what,
            List<String> words,
            Map<String, String> environment,
            int port,
            Optional<Path> data,
            List<AutoCloseable> companions) {}

    /** Starts the server and returns when a table was made in it, and an item put there and read again. */
    static Life begin(Command command, Path log) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        ChildProcess process = ChildProcess.launch(command.what(), command.words(), command.environment(), log);
        try {
            awaitTable(process, command.port(), startNanos + START_LIMIT_NANOS, log);
            long wallNanos = System.nanoTime() - startNanos;
            long cpuNanos = process.cpu().nanos();
            Map<Figure, Double> gauges = Map.of(Figure.TIME, (double) wallNanos, Figure.CPU, (double) cpuNanos);
            return new Life(command, process, new Sample(1, wallNanos, cpuNanos, null, gauges));
        } catch (IOException | InterruptedException failure) {
            process.close();
            throw failure;
        }
    }

    private static void awaitTable(ChildProcess process, int port, long deadline, Path log)
            throws IOException, InterruptedException {
        while (true) {
            try (Connection connection = new Connection(port)) {
                connection.call(Connection.request("CreateTable", Operation.CREATE_TABLE));
                for (Operation operation : List.of(Operation.INSERT, Operation.GET_LATEST)) {
                    connection.call(Connection.request(operation.target(), operation.body(ONE_ITEM, 0, 0)));
                }
                return;
            } catch (ConnectException notYet) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IOException("the server does not come up: see " + log, notYet);
                }
                Waiting.until(System.nanoTime() + LOOK_NANOS);
            }
        }
    }

    /** From the start of the process to the answer of the last of the first requests. */
    Sample startSample() {
        return start;
    }

    int port() {
        return port;
    }

    ChildProcess process() {
        return process;
    }

    /** Bytes on disk; empty where it has nothing there. */
    Optional<Long> diskBytes() throws IOException, InterruptedException {
        return data.isEmpty() ? Optional.empty() : Optional.of(DiskUse.bytes(data.get()));
    }

    @Override
    public void close() throws IOException {
        process.close();
        for (AutoCloseable companion : companions) {
            try {
                companion.close();
            } catch (Exception failure) {
                throw new IOException(failure);
            }
        }
    }
}
