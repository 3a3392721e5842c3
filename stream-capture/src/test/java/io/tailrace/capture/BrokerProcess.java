package io.tailrace.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** An {@link EmbeddedBroker} in a process of its own, to be killed. */
final class BrokerProcess implements AutoCloseable {
    private final ChildProcess process;

    private BrokerProcess(ChildProcess process) {
        this.process = process;
    }

    /** The child's entry point: directory and port. Runs until killed. */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker =
                EmbeddedBroker.start(new EmbeddedBrokerConfig(Path.of(arguments[0]), Integer.parseInt(arguments[1])));
        ChildProcess.sayReady(broker.bootstrapServers());
        Thread.currentThread().join();
    }

    /** Starts a broker and returns when it serves clients. */
    static BrokerProcess start(Path dataDir, int port) {
        return new BrokerProcess(ChildProcess.start(BrokerProcess.class, dataDir.toString(), Integer.toString(port)));
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String bootstrapServers() {
        return process.readyText();
    }

    /** kill -9. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
