package io.tailrace.server.settings;

import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.ttl.TtlConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * The Kafka Streams processors inside this process.
 *
 * @param here those that run in it; others may run in other processes
 * @param listen where other processes ask for what is in the stores here
 * @param stateDir where their stores are; they can be built anew from Kafka
 * @param indexWaitLimit how long a read waits for the indexes when it asks to
 */
public record ProcessorSettings(
        Set<ProcessorName> here,
        InetSocketAddress listen,
        int standbyReplicas,
        int threads,
        Path stateDir,
        Duration indexWaitLimit,
        TtlConfig ttl) {
    static final String DIRECTORY = "processors";

    public ProcessorSettings {
        here = Set.copyOf(here);
        Objects.requireNonNull(listen);
        Objects.requireNonNull(stateDir);
        Objects.requireNonNull(indexWaitLimit);
        Objects.requireNonNull(ttl);
    }

    /** Those of a further region, in its directory; they listen on any free port of the same address. */
    ProcessorSettings in(Path directory) {
        return new ProcessorSettings(
                here,
                new InetSocketAddress(listen.getAddress(), 0),
                standbyReplicas,
                threads,
                directory.resolve(DIRECTORY),
                indexWaitLimit,
                ttl);
    }
}
