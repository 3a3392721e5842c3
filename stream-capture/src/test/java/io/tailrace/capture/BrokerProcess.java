package io.tailrace.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An {@link EmbeddedBroker} in a process of its own, to be killed. */
final class BrokerProcess implements AutoCloseable {
    private static final String READY = "READY ";

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** The child's entry point: directory and port. Runs until killed. */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker =
                EmbeddedBroker.start(new EmbeddedBrokerConfig(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
        System.out.println(READY + broker.bootstrapServers());
        Thread.currentThread().join();
    }

    /** Starts a broker and returns when it serves clients. */
    static BrokerProcess start(Path dataDir, int port) {
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            BrokerProcess.class.getName(),
                            dataDir.toString(),
                            Integer.toString(port)))
                    .redirectError(Redirect.INHERIT)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(READY)) {
                    printRest(output);
                    return new BrokerProcess(process, line.substring(READY.length()));
                }
                System.out.println("broker process: " + line);
            }
            throw new IllegalStateException("the broker's process ended before it was ready");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A child whose output nobody reads stands still in the end. */
    private static void printRest(BufferedReader output) {
        Thread printer =
                new Thread(() -> output.lines().forEach(line -> System.out.println("broker process: " + line)));
        printer.setDaemon(true);
        printer.start();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the broker's process does not die");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
