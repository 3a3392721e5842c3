package io.tailrace.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of ours whose output is read as it comes: the runnable jar, or a main class of the tests. */
final class DemoProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final Pattern WRITTEN = Pattern.compile("written ([0-9,]+)");

    private final Process process;
    private final Collection<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private DemoProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(this::read, "output-of-" + process.pid());
        reader.start();
    }

    /** {@code java -jar tailrace.jar} with these arguments and ports of its own. */
    static DemoProcess demo(Path data, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx700m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                temporaryFiles(),
                "-jar",
                jar(),
                "demo",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--admin-port",
                "0"));
        command.addAll(List.of(arguments));
        return new DemoProcess(command);
    }

    /** A main class on the tests' class path. */
    static DemoProcess main(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(), "-Xmx300m", temporaryFiles(), "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new DemoProcess(command);
    }

    /** Waits until a line is as asked for; fails when the process ends or takes too long before. */
    void awaitLine(Predicate<String> asked) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (lines.stream().noneMatch(asked)) {
            if (!process.isAlive() && !reader.isAlive() && lines.stream().noneMatch(asked)) {
                fail("the process ended with " + process.exitValue() + " before it said so:\n" + output());
            }
            if (System.nanoTime() > deadline) {
                fail("the process did not say so in " + LIMIT + ":\n" + output());
            }
            waitFor(Duration.ofMillis(20));
        }
    }

    void awaitWritten(long atLeast) {
        awaitLine(line -> written(line) >= atLeast);
    }

    /** How many writes were acknowledged by the last line that says it. */
    long written() {
        return lines.stream().mapToLong(DemoProcess::written).max().orElse(0);
    }

    /** Waits for the process to end, at most so long; whether it did. */
    boolean waitFor(Duration atMost) {
        try {
            return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process", interrupted);
        }
    }

    int awaitExit() {
        assertThat(waitFor(LIMIT)).as("ended in time; it said:%n%s", output()).isTrue();
        joinReader();
        return process.exitValue();
    }

    /** SIGKILL: nothing is closed or flushed. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        waitFor(LIMIT);
        joinReader();
    }

    private void joinReader() {
        try {
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException ended) {
            lines.add("(the output ended: " + ended.getMessage() + ")");
        }
    }

    private static long written(String line) {
        Matcher matcher = WRITTEN.matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1).replace(",", "")) : 0;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Where the tests' own go: a process that is killed leaves some. */
    private static String temporaryFiles() {
        return "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");
    }

    private static String jar() {
        File jar = Path.of(System.getProperty("basedir", "."), "target", "tailrace.jar")
                .toFile();
        assertThat(jar).as("the runnable jar, made by the package phase").isFile();
        return jar.getPath();
    }
}
