package io.tailrace.benchmarks.process;

import io.tailrace.benchmarks.core.CpuClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/** A Java process on this one's class path that says when it is ready. It is ended, not asked to end, when closed. */
public final class ChildProcess implements AutoCloseable {
    private static final long READY_SECONDS = 120;
    private static final long END_SECONDS = 30;
    private static final int LOWEST_PORT = 12_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int PORT_ATTEMPTS = 20;
    private static final String COMPILATION = "-XX:TieredStopAtLevel=";
    private static final String OPTIONS = "/io/tailrace/benchmarks/jvm.options";

    private final String what;
    private final Process process;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildProcess(String what, ProcessBuilder builder, Path errors, Function<String, String> readyText)
            throws IOException {
        this.what = what;
        this.process = builder.redirectError(errors.toFile()).start();
        // A server that is stopped by hand only knows signals: Ctrl-C here must not leave it behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end of " + what));
        Thread reader = new Thread(() -> read(readyText), "output of " + what);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a main class with the options that Tailrace's libraries ask of a JVM, and waits until it is ready.
     *
     * @param errors where its standard error goes
     * @param readyText what a line of its output says that it is ready with; null for any other line
     */
    public static ChildProcess start(
            Class<?> main,
            List<String> jvmOptions,
            List<String> arguments,
            Path errors,
            Function<String, String> readyText)
            throws IOException, InterruptedException {
        return start(main.getSimpleName(), command(main, jvmOptions, arguments), errors, readyText);
    }

    /** The command that runs a main class as above. */
    public static List<String> command(Class<?> main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>(javaCommand());
        command.addAll(options());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** As above, with a command of any kind. */
    public static ChildProcess start(String what, List<String> command, Path errors, Function<String, String> readyText)
            throws IOException, InterruptedException {
        ChildProcess child = new ChildProcess(what, new ProcessBuilder(command), errors, readyText);
        try {
            child.awaitReady(errors);
            return child;
        } catch (IOException | InterruptedException failure) {
            child.close();
            throw failure;
        }
    }

    /**
     * Starts a command and does not wait: whoever measures how long it takes looks for itself.
     *
     * @param environment besides this process's own
     */
    public static ChildProcess launch(String what, List<String> command, Map<String, String> environment, Path errors)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new ChildProcess(what, builder, errors, line -> null);
    }

    /**
     * A port that nobody listens on. Systems give connections higher ones: whoever knocks at one of those again and again may be
     * given that port itself, and connect to himself.
     */
    public static int freePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                if (attempt == PORT_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** The Java that this process runs on, with its temporary files where this one's are. */
    public static List<String> javaCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    }

    private static List<String> options() {
        try (InputStream resource = ChildProcess.class.getResourceAsStream(OPTIONS)) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.concat(Stream.of(text.split("\\s+")), compilation()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** It is compiled as this process is: a test that is over soon does without the optimizing compiler. */
    private static Stream<String> compilation() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith(COMPILATION));
    }

    private void awaitReady(Path errors) throws IOException, InterruptedException {
        try {
            ready.get(READY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException(what + " did not come up: see " + errors, failure);
        }
    }

    private void read(Function<String, String> readyText) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String text = readyText.apply(line);
                if (text != null) {
                    ready.complete(text);
                }
            }
            ready.completeExceptionally(new IOException(what + " ended"));
        } catch (IOException closed) {
            ready.completeExceptionally(closed);
        }
    }

    /** What it said when it was ready. */
    public String readyText() {
        return ready.join();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Memory that it and what it has started hold, in bytes. */
    public long residentBytes() throws IOException {
        return ResidentMemory.now(process.toHandle());
    }

    /** The most that each of them has held so far, in bytes. */
    public long mostResidentBytes() throws IOException {
        return ResidentMemory.most(process.toHandle());
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public CpuClock cpu() {
        return CpuClock.of(process.toHandle());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(what + " (process " + process.pid() + ") does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
