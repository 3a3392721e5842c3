package io.tailrace.processors.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process of {@link ProcessorsChild}, and what it prints. */
final class ProcessorsProcess implements AutoCloseable {
    private static final long KILL_TIMEOUT_SECONDS = 60;

    private final Process process;
    private final BufferedReader lines;

    private ProcessorsProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param state its stores are kept there; the log goes beside it */
    static ProcessorsProcess start(
            TestBroker broker, String region, int partitions, Duration sessionTimeout, Path state) throws IOException {
        return new ProcessorsProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProcessorsChild.class.getName(),
                        broker.bootstrapServers(),
                        region,
                        state.toString(),
                        Integer.toString(partitions),
                        Integer.toString(Things.INDEX),
                        Long.toString(sessionTimeout.toMillis()))
                .redirectError(new File(state + ".log"))
                .start());
    }

    /** Waits until everything can be read. */
    void awaitReadable() throws IOException {
        await("numbers", values -> true);
    }

    void awaitEvents(long events) throws IOException {
        await(events + " events", values -> values[0] >= events);
    }

    /** Waits until this number of events is counted, and of index entries, and no other. */
    void awaitAll(long count) throws IOException {
        await("only " + count, values -> {
            for (long value : values) {
                if (value != count) {
                    return false;
                }
            }
            return true;
        });
    }

    private void await(String what, Predicate<long[]> condition) throws IOException {
        long deadline = System.nanoTime() + Await.LIMIT.toNanos();
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError("the process ended by itself");
            }
            long[] values = values(line);
            if (values.length > 0 && condition.test(values)) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not " + what + " but still " + line);
            }
        }
    }

    /** The numbers of a line; none when it says that the queries cannot be answered, or comes from a log. */
    private static long[] values(String line) {
        String[] words = line.split(" ", -1);
        long[] values = new long[4];
        if (words.length != values.length) {
            return new long[0];
        }
        for (int i = 0; i < values.length; i++) {
            if (!words[i].chars().allMatch(Character::isDigit)) {
                return new long[0];
            }
            values[i] = Long.parseLong(words[i]);
        }
        return values;
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(KILL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
