package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Java process with the tests' class path, whose output is read as it comes. */
final class ChildJvm implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration DUMP_LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 5_000_000;
    private static final int KEPT_LINES = 3_000;

    /** Of what a JVM prints on SIGQUIT. */
    private static final String END_OF_DUMP = "JNI global refs";

    private final Process process;
    private final ConcurrentLinkedDeque<String> lines = new ConcurrentLinkedDeque<>();
    private final Thread reader;

    private ChildJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(this::read, "output-of-" + process.pid());
        reader.start();
    }

    /** Starts quickly rather than running fast. */
    static ChildJvm start(String heap, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Chronicle needs what the tests' own JVM was given.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Djava.io.tmpdir"))
                .forEach(command::add);
        command.addAll(List.of(heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ChildJvm(command);
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (lines.size() > KEPT_LINES) {
                    lines.pollFirst();
                }
            }
        } catch (IOException | UncheckedIOException ended) {
            lines.add("(the output ended: " + ended.getMessage() + ")");
        }
    }

    /** What follows this text in the first line that has it; empty when the process ended without one. */
    Optional<String> awaitLine(String text) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            boolean ended = !reader.isAlive();
            Optional<String> found = lines.stream()
                    .filter(line -> line.contains(text))
                    .map(line -> line.substring(line.indexOf(text) + text.length()))
                    .findFirst();
            if (found.isPresent() || ended) {
                return found;
            }
            assertThat(System.nanoTime()).as(output()).isLessThan(deadline);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** A line for its standard input. */
    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** SIGKILL. */
    void kill() {
        // Not through the process, which would close what is left to read.
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    /** Has it print what its threads do; when it does not get to that either, it is looked at from outside. */
    void dumpThreads() throws IOException {
        String pid = Long.toString(process.pid());
        try {
            new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
            for (long end = System.nanoTime() + DUMP_LIMIT.toNanos(); System.nanoTime() < end; ) {
                if (output().contains(END_OF_DUMP) || !process.isAlive()) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            Process look = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jhsdb")
                                    .toString(),
                            "jstack",
                            "--mixed",
                            "--pid",
                            pid)
                    .redirectErrorStream(true)
                    .start();
            lines.add("it does not print its threads; from outside they look so:");
            try (BufferedReader threads = look.inputReader(StandardCharsets.UTF_8)) {
                threads.lines().forEach(lines::add);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process prints its threads", interrupt);
        }
    }

    boolean endedWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int awaitExit() {
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(output())
                    .isTrue();
            reader.join();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ends", interrupt);
        }
        return process.exitValue();
    }

    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        kill();
    }
}
