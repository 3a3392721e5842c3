package io.tailrace.capture;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker and its KRaft controller in this process, on loopback, with its data in a directory of its own. A start
 * over the same directory goes on with the data, also after kill -9.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /**
     * Largest batch that topics accept. Two images of 400 KB and what Avro adds; numbers, which DynamoDB counts by two
     * digits to the byte and Avro writes as text, take up to twice that before compression.
     */
    public static final int MESSAGE_MAX_BYTES = 8 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String HOST = "127.0.0.1";
    private static final int NODE_ID = 1;
    private static final String CLIENT_LISTENER = "PLAINTEXT";
    private static final String CONTROLLER_LISTENER = "CONTROLLER";
    /** Another process may take the controller's port between its choice and its use. */
    private static final int START_ATTEMPTS = 3;

    /** The controller and Kafka's logs need some while they start. */
    private static final long MIN_USABLE_BYTES = 32L << 20;
    /** Nobody moves the partitions of a broker that is the only one; only a failed one would be waited for in vain. */
    private static final Duration FAILED_LIMIT = Duration.ofSeconds(1);

    private final BrokerNode node;
    private final BrokerStorage storage;
    private final BrokerFailure failure;
    private final int port;

    private EmbeddedBroker(BrokerNode node, BrokerStorage storage, BrokerFailure failure, int port) {
        this.node = node;
        this.storage = storage;
        this.failure = failure;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it serves clients.
     *
     * @throws EmbeddedBrokerException when the port is taken, the directory cannot be used, or its disk is full
     */
    public static EmbeddedBroker start(EmbeddedBrokerConfig config) {
        BrokerStorage storage = new BrokerStorage(config.dataDir());
        storage.requireSpace(MIN_USABLE_BYTES);
        Path logDir = storage.prepare(NODE_ID, CONTROLLER_LISTENER);
        BrokerFailure broken = BrokerFailure.watch(logDir);
        for (int attempt = 1; ; attempt++) {
            int port = choosePort(config);
            BrokerNode node = null;
            try {
                int controllerPort = freePort();
                node = new BrokerNode(
                        KafkaConfig.fromProps(properties(config, logDir, port, controllerPort), false),
                        new InetSocketAddress(HOST, controllerPort));
                node.startup(broken);
                LOG.info("embedded broker on {}:{}, data in {}", HOST, port, logDir);
                return new EmbeddedBroker(node, storage, broken, port);
            } catch (Exception failure) { // Scala throws checked exceptions that it does not declare
                if (node != null) {
                    node.shutdown(broken.reason().isPresent() ? FAILED_LIMIT : BrokerNode.SHUTDOWN_LIMIT);
                }
                if (broken.reason().isPresent()) {
                    storage.distrust();
                }
                if (attempt == START_ATTEMPTS || !isBindFailure(failure)) {
                    throw new EmbeddedBrokerException("the embedded broker in " + logDir + " cannot start", failure);
                }
            }
        }
    }

    /** Host and port, for clients. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** The port on which clients connect. */
    public int port() {
        return port;
    }

    /** Why the broker is of no use any more; empty while it is. What remains is to close it and to start another one. */
    public Optional<String> failure() {
        return failure.reason();
    }

    /** Stops broker and controller and waits for both. */
    @Override
    public void close() {
        if (failure().isEmpty()) {
            node.shutdown(BrokerNode.SHUTDOWN_LIMIT);
        }
        if (failure().isPresent()) {
            node.shutdown(FAILED_LIMIT);
            storage.distrust();
        }
    }

    private static int choosePort(EmbeddedBrokerConfig config) {
        if (config.port() == 0) {
            return freePort();
        }
        try {
            probe(config.port());
            return config.port();
        } catch (IOException taken) {
            throw new EmbeddedBrokerException(
                    "port " + config.port() + " of " + HOST + " is in use (" + taken.getMessage() + "): set "
                            + config.portSetting() + " to a free port, or to 0 for any",
                    taken);
        }
    }

    private static int freePort() {
        try {
            return probe(0);
        } catch (IOException failure) {
            throw new EmbeddedBrokerException("no free port on " + HOST, failure);
        }
    }

    private static int probe(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket.getLocalPort();
        }
    }

    private static boolean isBindFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    private static Properties properties(EmbeddedBrokerConfig config, Path logDir, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("log.dirs", logDir.toString());
        properties.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        properties.put(
                "listeners",
                CLIENT_LISTENER + "://" + HOST + ":" + port + "," + CONTROLLER_LISTENER + "://" + HOST + ":"
                        + controllerPort);
        properties.put("advertised.listeners", CLIENT_LISTENER + "://" + HOST + ":" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", CLIENT_LISTENER);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        putSizes(properties);
        putTimeouts(properties);
        // The controller writes, and forces to the disk, an empty record that often: followers, of which there
        // are none, would see by it that it is there. By default twice a second.
        properties.put("metadata.max.idle.interval.ms", "30000");
        properties.putAll(config.properties());
        return properties;
    }

    /** One broker, one user: few threads, few partitions, small buffers, no replicas. */
    private static void putSizes(Properties properties) {
        properties.put("auto.create.topics.enable", "false");
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("message.max.bytes", Integer.toString(MESSAGE_MAX_BYTES));
        properties.put("log.segment.bytes", Integer.toString(128 * 1024 * 1024));
        properties.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        properties.put("log.cleaner.threads", "1");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "3");
        properties.put("background.threads", "2");
        properties.put("num.recovery.threads.per.data.dir", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.threads", "1");
        properties.put("group.coordinator.threads", "1");
        properties.put("metric.reporters", "");
    }

    /** Generous: a starved machine must not be taken for a dead one. */
    private static void putTimeouts(Properties properties) {
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("broker.session.timeout.ms", "60000");
        properties.put("broker.heartbeat.interval.ms", "2000");
        properties.put("initial.broker.registration.timeout.ms", "300000");
        properties.put("controller.quorum.election.timeout.ms", "5000");
        properties.put("controller.quorum.fetch.timeout.ms", "30000");
        properties.put("controller.quorum.request.timeout.ms", "30000");
    }
}
