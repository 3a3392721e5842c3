package io.tailrace.benchmarks.api;

import io.tailrace.benchmarks.process.ChildProcess;
import io.tailrace.benchmarks.process.DynamoDbLocal;
import io.tailrace.server.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servers of DynamoDB's API as processes of their own. */
final class Peers {
    private static final Pattern API = Pattern.compile("DynamoDB API +http://localhost:(\\d+)");
    private static final long LISTEN_SECONDS = 60;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Peers() {}

    /** A server and where it listens. */
    record Peer(ChildProcess process, int port) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    /** Tailrace with everything on as by default, and durability {@code process}, as DynamoDB Local promises no more. */
    static Peer tailrace(Path workDir) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("start", "--data", workDir.resolve("tailrace").toString(), "--durability", "process"));
        for (String port : List.of("--port", "--admin-port", "--kafka-port")) {
            arguments.addAll(List.of(port, "0"));
        }
        ChildProcess process =
                ChildProcess.start(Main.class, List.of(), arguments, workDir.resolve("tailrace.log"), line -> {
                    Matcher matcher = API.matcher(line);
                    return matcher.find() ? matcher.group(1) : null;
                });
        return new Peer(process, Integer.parseInt(process.readyText()));
    }

    /** DynamoDB Local, in memory or with a database file. */
    static Peer dynamoDbLocal(Path home, Path workDir, boolean onDisk) throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        String name = onDisk ? "dynamodb-local-on-disk" : "dynamodb-local";
        List<String> command = onDisk
                ? DynamoDbLocal.onDisk(home, port, Files.createDirectory(workDir.resolve(name)))
                : DynamoDbLocal.inMemory(home, port);
        ChildProcess process = ChildProcess.start(
                "DynamoDB Local",
                command,
                workDir.resolve(name + ".log"),
                line -> line.startsWith(DynamoDbLocal.FIRST_LINE) ? line : null);
        awaitListening(port);
        return new Peer(process, port);
    }

    static void awaitListening(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LISTEN_SECONDS);
        while (true) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (probe.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                if (System.nanoTime() - deadline > 0) {
                    throw notYet;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
