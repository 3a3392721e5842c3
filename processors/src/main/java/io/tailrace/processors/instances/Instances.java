package io.tailrace.processors.instances;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;

/**
 * This process among those that share the work of the processors. Made once for a process and handed to all its processors.
 */
public final class Instances implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final InstanceServer server;
    private final Map<String, Object> adminSettings;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final Map<String, GroupOwners> owners = new ConcurrentHashMap<>();
    private Admin admin;

    private Instances(InstanceServer server, Map<String, Object> adminSettings) {
        this.server = server;
        this.adminSettings = Map.copyOf(adminSettings);
    }

    /**
     * A process that keeps partitions and answers for them.
     *
     * @param listen port 0 takes any free one
     * @param adminSettings of Kafka's admin client
     * @throws IOException when it cannot listen there
     */
    public static Instances listening(InetSocketAddress listen, Map<String, Object> adminSettings) throws IOException {
        return new Instances(InstanceServer.start(listen), adminSettings);
    }

    /** A process that only asks others. */
    public static Instances asking(Map<String, Object> adminSettings) {
        return new Instances(null, adminSettings);
    }

    /** Where this process answers; empty when it only asks. */
    public Optional<InstanceAddress> address() {
        return Optional.ofNullable(server).map(InstanceServer::address);
    }

    /** Lets others ask for what is here under this name. */
    public void answer(String name, Answer answer) {
        if (server != null) {
            server.answer(name, answer);
        }
    }

    /**
     * What other instances answer under a name.
     *
     * @param group the consumer group of the processor
     * @param topic whose assignment says who has a partition
     * @param timeout of one question
     */
    public Elsewhere elsewhere(String name, String group, String topic, Duration timeout) {
        return new Elsewhere(
                client,
                owners.computeIfAbsent(group, each -> new GroupOwners(this::admin, each)),
                address(),
                name,
                topic,
                timeout);
    }

    /** Made when it is first needed: a process that has all partitions never asks. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(adminSettings);
        }
        return admin;
    }

    /** The processors that use it are closed before. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
        }
        if (admin != null) {
            admin.close();
        }
    }
}
