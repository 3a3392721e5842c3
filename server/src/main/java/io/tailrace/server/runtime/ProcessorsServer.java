package io.tailrace.server.runtime;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.capture.CompressionLibrary;
import io.tailrace.capture.streams.ShardRolls;
import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.activity.ActivityProcessor;
import io.tailrace.processors.activity.ActivityQueries;
import io.tailrace.server.admin.AdminHandler;
import io.tailrace.server.admin.AdminSource;
import io.tailrace.server.admin.Health;
import io.tailrace.server.admin.PartHealth;
import io.tailrace.server.admin.PartState;
import io.tailrace.server.admin.Rebuilds;
import io.tailrace.server.http.HttpServer;
import io.tailrace.server.settings.ServerConfig;
import io.tailrace.server.settings.TailraceSettings;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Processors alone, without tables: they share the work with those of other processes on the same Kafka cluster. */
public final class ProcessorsServer implements AutoCloseable {
    private final ServerConfig config;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmMeters jvmMeters = new JvmMeters(meters);
    private final Processors processors;
    private final Replicators replicators;
    private final HttpServer admin;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ProcessorsServer(ServerConfig config, String bootstrapServers) throws IOException {
        this.config = config;
        processors = Processors.start(config.region(config.region()), bootstrapServers, meters);
        replicators = new Replicators(config.kafka(), meters);
        if (config.processors().here().contains(ProcessorName.REPLICATION)) {
            Replicators.Side target = new Replicators.Side(config.region(), bootstrapServers);
            config.regions()
                    .peers()
                    .forEach((source, kafka) -> replicators.start(
                            new Replicators.Side(source, kafka),
                            target,
                            config.processors().stateDir()));
        }
        try {
            admin = HttpServer.start(
                    "admin", config.admin(), new AdminHandler(new Source(), meters), Clock.systemUTC(), meters);
        } catch (IOException refused) {
            replicators.close();
            processors.close();
            throw StartException.cannotListen(config.admin().address(), TailraceSettings.ADMIN_PORT, refused);
        }
    }

    /**
     * Starts the processors that the settings name; they work as soon as Kafka and its topics are there.
     *
     * @throws StartException when a port is taken, or the directory of the stores is in use
     */
    public static ProcessorsServer start(ServerConfig config, String bootstrapServers) {
        CompressionLibrary.load();
        try {
            return new ProcessorsServer(config, bootstrapServers);
        } catch (IOException refused) {
            throw new StartException(refused.getMessage(), refused);
        }
    }

    public ServerConfig config() {
        return config;
    }

    /** The admin port, also when any free one was asked for. */
    public int adminPort() {
        return admin.port();
    }

    /** Serving as long as no processor has failed; one that waits for its topics does what it should. */
    public Health health() {
        List<PartHealth> parts = ProcessorHealth.parts(
                config.processors(), Optional.of(processors), replicators.to(config.region()), PartState.STARTING, "");
        boolean well = parts.stream()
                .noneMatch(part -> part.state() == PartState.DEGRADED || part.state() == PartState.FAILED);
        return new Health(well && !closed.get(), config.region(), parts, Map.of());
    }

    /** What the admin port tells of: the one region whose processors these are. */
    private final class Source implements AdminSource {
        @Override
        public Health health() {
            return ProcessorsServer.this.health();
        }

        @Override
        public String home() {
            return config.region();
        }

        @Override
        public boolean has(String region) {
            return region.equals(home());
        }

        @Override
        public Optional<ActivityQueries> activity(String region) {
            return processors.activity().map(ActivityProcessor::queries);
        }

        @Override
        public Optional<ShardRolls> rolls(String region) {
            return Optional.empty();
        }

        @Override
        public Optional<Rebuilds> rebuilds(String region) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Shutdown.step("the replicators", replicators);
            Shutdown.step("the processors", processors);
            Shutdown.step("the admin port", admin);
            jvmMeters.close();
            meters.close();
        }
    }
}
