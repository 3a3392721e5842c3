package io.tailrace.server.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How one HTTP listener behaves.
 *
 * @param hosts names in Host headers, beside those that are always allowed; {@code *} for all
 * @param maxBodyBytes of one request, unpacked
 * @param maxBufferedBytes of all requests that are held at one time
 * @param maxUnsentBytes of all answers that are ready and that clients have not taken; connections are closed beyond it
 * @param maxPipelined requests of one connection that are worked on at one time
 * @param idleTimeout a connection on which nothing moves for so long is closed
 * @param requestTimeout from a request's first byte to its last
 * @param shutdownTimeout how long a stop waits for requests that are being worked on
 */
public record HttpSettings(
        InetSocketAddress address,
        Set<String> hosts,
        int maxBodyBytes,
        long maxBufferedBytes,
        long maxUnsentBytes,
        int maxConnections,
        int maxPipelined,
        Duration idleTimeout,
        Duration requestTimeout,
        int workerThreads,
        int workerQueueCapacity,
        Duration shutdownTimeout) {
    public HttpSettings {
        Objects.requireNonNull(address);
        hosts = Set.copyOf(hosts);
        Objects.requireNonNull(idleTimeout);
        Objects.requireNonNull(requestTimeout);
        Objects.requireNonNull(shutdownTimeout);
    }
}
