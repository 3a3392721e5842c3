package io.tailrace.server.crash;

import io.tailrace.server.demo.ExternalBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, which lives on when servers end. */
final class BrokerLife implements AutoCloseable {
    private final ChildJvm process;
    private final String bootstrapServers;

    /** @param dir of a new broker, or of one that was embedded in a server that has ended */
    BrokerLife(Path dir) throws IOException {
        process = ChildJvm.start("-Xmx400m", ExternalBroker.class, List.of(dir.toString(), "0"));
        bootstrapServers = process.awaitLine("up at ")
                .orElseThrow(() -> new AssertionError("the broker ended:\n" + process.output()))
                .strip();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        process.close();
    }
}
