package io.tailrace.server.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.engine.state.BlockCache;
import io.tailrace.engine.step.StepListener;
import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.activity.ActivityQueries;
import io.tailrace.server.admin.AdminHandler;
import io.tailrace.server.admin.Health;
import io.tailrace.server.http.HttpServer;
import io.tailrace.server.http.ServerHandler;
import io.tailrace.server.protocol.ApiHandler;
import io.tailrace.server.settings.HttpSettings;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.Setting;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole server in this process. Up: admin port, regions (whose engines recover), API, and then Kafka's side in the
 * background. Down: the API first, then what stands on the engines, the engines, the broker, and the admin port last.
 */
public final class TailraceServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TailraceServer.class);

    private final ServerConfig config;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmMeters jvmMeters = new JvmMeters(meters);
    private final HealthReport healthReport;
    private final AtomicBoolean closed = new AtomicBoolean();

    private final BlockCache blockCache;
    private final Optional<Broker> broker;
    private final Regions regions;
    private final Replicators replicators;
    /** Empty when there is nothing to replicate with, or it is done elsewhere. */
    private final Optional<ReplicationPairs> replication;

    private volatile HttpServer admin;
    private volatile HttpServer api;

    private TailraceServer(ServerConfig config, StepListener steps) {
        this.config = config;
        this.blockCache = new BlockCache(config.cacheBytes().orElseGet(BlockCache::defaultBytes));
        this.broker = config.kafka().enabled() ? Optional.of(new Broker(config.kafka())) : Optional.empty();
        this.regions = new Regions(config, new Region.Surroundings(meters, steps, blockCache, broker));
        this.replicators = new Replicators(config.kafka(), meters);
        this.replication = broker.filter(each -> config.processors().here().contains(ProcessorName.REPLICATION))
                .map(kafka -> new ReplicationPairs(regions, config.regions().peers(), kafka, replicators));
        this.healthReport = new HealthReport(config, regions, broker, replicators);
    }

    /**
     * Starts a server and returns when tables can be read and written; Kafka's side follows in the background.
     *
     * @throws StartException when a port is taken, the data directory cannot be used, or the journal is corrupt
     */
    public static TailraceServer start(ServerConfig config) {
        return start(config, StepListener.NONE);
    }

    /** As above; tests of crashes are told of each step, and end the process there. */
    static TailraceServer start(ServerConfig config, StepListener steps) {
        TailraceServer server = new TailraceServer(config, steps);
        try {
            server.bringUp();
            return server;
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private void bringUp() {
        long start = System.nanoTime();
        admin = listen(
                "admin",
                TailraceSettings.ADMIN_PORT,
                config.admin(),
                new AdminHandler(new ServerAdmin(regions, this::health), meters));
        requireFree(config.api().address(), TailraceSettings.PORT);
        if (config.kafka().enabled() && config.kafka().embedded()) {
            requireFree(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), config.kafka().embeddedPort()),
                    TailraceSettings.KAFKA_PORT);
        }
        regions.open();
        DiskMeters.watch(config, meters);
        api = listen(
                "api",
                TailraceSettings.PORT,
                config.api(),
                new ApiHandler(
                        regions,
                        new ApiHandler.Limits(
                                config.api().maxBodyBytes(), config.processors().indexWaitLimit()),
                        meters,
                        new SecureRandom().nextLong()));
        LOG.info("tables are served on port {} after {} ms", port(), (System.nanoTime() - start) / 1_000_000);
        broker.ifPresent(Broker::start);
        regions.startKafka();
        replication.ifPresent(ReplicationPairs::start);
    }

    private HttpServer listen(String name, Setting<Integer> port, HttpSettings settings, ServerHandler handler) {
        try {
            return HttpServer.start(name, settings, handler, Clock.systemUTC(), meters);
        } catch (IOException refused) {
            throw StartException.cannotListen(settings.address(), port, refused);
        }
    }

    /**
     * Found out before the engine recovers, which may take long; without listening, as a client that waits for the server would
     * be let in and thrown out again.
     */
    private static void requireFree(InetSocketAddress address, Setting<Integer> port) {
        if (address.getPort() == 0) {
            return;
        }
        try (Socket probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException refused) {
            throw StartException.cannotListen(address, port, refused);
        }
    }

    public ServerConfig config() {
        return config;
    }

    /** The API's port, also when any free one was asked for. */
    public int port() {
        return api.port();
    }

    /** The admin port, also when any free one was asked for. */
    public int adminPort() {
        return admin.port();
    }

    /** Where Kafka is; empty until the embedded broker is up, and when Kafka is switched off. */
    public Optional<String> bootstrapServers() {
        return broker.flatMap(Broker::bootstrapServers);
    }

    /** How the parts are now. */
    public Health health() {
        return healthReport.of(api != null && !closed.get());
    }

    /** The results of the first region's activity processor; empty until it has been created. */
    public Optional<ActivityQueries> activityQueries() {
        return regions.find(config.region()).flatMap(Region::activityQueries);
    }

    public MeterRegistry meters() {
        return meters;
    }

    /** Stops everything in order; returns when it is done. Further calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (api != null) {
            Shutdown.step("the API", api);
        }
        replication.ifPresent(running -> Shutdown.step("replication", running));
        regions.close();
        broker.ifPresent(running -> Shutdown.step("Kafka", running));
        if (admin != null) {
            Shutdown.step("the admin port", admin);
        }
        blockCache.close();
        jvmMeters.close();
        meters.close();
    }
}
