package io.tailrace.capture;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.metrics.KafkaYammerMetrics;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A KRaft controller and its only broker, started one after the other, where {@link KafkaRaftServer} starts both at once.
 *
 * <p>Between the two the controller forgets the registration that a killed broker left behind. Without that the new
 * broker begins with metadata in which it leads every partition while it is not admitted yet. Its transaction
 * coordinator then finishes the transactions that the kill cut off between their decision and their markers, finds no
 * admitted leader to send the markers to, takes the partitions for deleted and calls the transactions complete (seen with
 * Kafka 4.3.1). Readers of committed records would wait at these partitions for ever. Besides, a broker is admitted at
 * once when nobody waits for the session of its former life to run out.
 */
final class BrokerNode {
    /** As Kafka's own. */
    static final Duration SHUTDOWN_LIMIT = Duration.ofMinutes(5);

    private static final long CONTROLLER_LIMIT_SECONDS = 120;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final int nodeId;
    private final ControllerServer controller;
    private final BrokerServer broker;

    /** @param controllerAddress as the configuration names it */
    BrokerNode(KafkaConfig config, InetSocketAddress controllerAddress) {
        nodeId = config.nodeId();
        KafkaYammerMetrics.INSTANCE.configure(config.originals());
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> storage =
                KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(BrokerNode.class), "");
        Metrics metrics = Server.initializeMetrics(
                config, Time.SYSTEM, storage._1().clusterId().orElseThrow());
        SharedServer shared = new SharedServer(
                config,
                storage._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(Map.of(nodeId, controllerAddress)),
                List.of(),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        broker = new BrokerServer(shared);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), storage._2());
    }

    /** Returns when the broker serves clients. */
    void startup(BrokerFailure failure) {
        controller.startup();
        forgetFormerLife(failure);
        broker.startup();
    }

    /**
     * Stops what was started and waits for it.
     *
     * @param limit for what the controller has to agree to
     */
    void shutdown(Duration limit) {
        broker.shutdown(limit);
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }

    private void forgetFormerLife(BrokerFailure failure) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONTROLLER_LIMIT_SECONDS);
        while (!isForgotten(deadline)) {
            if (failure.reason().isPresent()) {
                throw new EmbeddedBrokerException(failure.reason().get());
            }
            if (System.nanoTime() > deadline) {
                throw new EmbeddedBrokerException(
                        "the controller is not ready after " + CONTROLLER_LIMIT_SECONDS + " s");
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** False while the controller has not elected itself. */
    private boolean isForgotten(long deadlineNanos) {
        ControllerRequestContext context = new ControllerRequestContext(
                new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.of(deadlineNanos));
        try {
            controller.controller().unregisterBroker(context, nodeId).get(CONTROLLER_LIMIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof BrokerIdNotRegisteredException) {
                return true;
            }
            if (failure.getCause() instanceof NotControllerException) {
                return false;
            }
            throw new EmbeddedBrokerException("the controller does not forget its broker's former life", failure);
        } catch (TimeoutException failure) {
            throw new EmbeddedBrokerException("the controller does not answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedBrokerException("interrupted while the controller starts", interrupted);
        }
    }
}
