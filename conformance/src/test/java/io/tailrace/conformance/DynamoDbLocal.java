package io.tailrace.conformance;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** DynamoDB Local as a process with a class path of its own, in memory. */
final class DynamoDbLocal implements AutoCloseable {
    /** Where the build puts its jars. */
    static final Path LIBRARIES = Path.of("dynamodb-local", "target", "lib");

    private static final String ARN_PREFIX = "arn:aws:dynamodb:ddblocal:000000000000:table/";
    private static final long START_SECONDS = 120;

    private final Process process;
    private final Endpoint endpoint;

    private DynamoDbLocal(Process process, int port) {
        this.process = process;
        this.endpoint = new Endpoint(port, ARN_PREFIX);
    }

    /** Starts it and waits until it answers. */
    static DynamoDbLocal start(Path log) throws IOException, InterruptedException {
        if (!Files.isDirectory(LIBRARIES)) {
            throw new IllegalStateException(
                    LIBRARIES.toAbsolutePath() + " is missing: the build of dynamodb-local makes it");
        }
        int port = freePort();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-Dsqlite4java.library.path=" + LIBRARIES.toAbsolutePath(),
                        "-cp",
                        LIBRARIES.toAbsolutePath() + File.separator + "*",
                        "software.amazon.dynamodb.services.local.main.ServerRunner",
                        "-inMemory",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DynamoDbLocal local = new DynamoDbLocal(process, port);
        local.awaitListening(port, log);
        return local;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    private void awaitListening(int port, Path log) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadlineNanos) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("DynamoDB Local ended with " + process.exitValue() + ", see " + log);
            }
            if (listens(port)) {
                return;
            }
        }
        close();
        throw new IllegalStateException("DynamoDB Local does not listen after " + START_SECONDS + " s, see " + log);
    }

    private static boolean listens(int port) {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connection.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
