package io.tailrace.server.settings;

import io.tailrace.capture.TopicSettings;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.engine.journal.JournalConfig;
import io.tailrace.engine.writer.PlanSettings;
import io.tailrace.processors.ttl.TtlConfig;
import io.tailrace.schemas.stream.StreamOptions;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The settings of a server, checked against one another and frozen, one record for each part. Engine, Kafka and processors
 * are those of the first region; {@link #region(String)} has those of any.
 *
 * @param cacheBytes of all regions together; empty for what suits the machine
 */
public record ServerConfig(
        Path dataDir,
        HttpSettings api,
        HttpSettings admin,
        EngineConfig engine,
        KafkaSettings kafka,
        ProcessorSettings processors,
        RegionSettings regions,
        Optional<Long> cacheBytes) {
    /** The directory of the regions besides the first, in the data directory. */
    public static final String REGIONS_DIRECTORY = "regions";

    /** The admin port serves people and one scraper: it needs little, and must not lack it when the API is busy. */
    private static final int ADMIN_MAX_BODY_BYTES = 64 * 1024;

    private static final int ADMIN_MAX_CONNECTIONS = 64;
    private static final int ADMIN_WORKER_THREADS = 2;
    private static final int ADMIN_WORKER_QUEUE = 128;

    public ServerConfig {
        Objects.requireNonNull(dataDir);
        Objects.requireNonNull(api);
        Objects.requireNonNull(admin);
        Objects.requireNonNull(engine);
        Objects.requireNonNull(kafka);
        Objects.requireNonNull(processors);
        Objects.requireNonNull(regions);
        Objects.requireNonNull(cacheBytes);
    }

    /** @throws SettingsException when values that are allowed each do not fit one another */
    public static ServerConfig from(Settings settings) {
        List<String> problems = problems(settings);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        Path dataDir = settings.get(TailraceSettings.DATA_DIR).toAbsolutePath().normalize();
        return new ServerConfig(
                dataDir,
                api(settings),
                admin(settings),
                engine(settings, dataDir),
                kafka(settings, dataDir),
                processors(settings, dataDir),
                RegionSettings.from(settings),
                settings.get(MemorySettings.CACHE_SIZE));
    }

    /** The first region: that of requests and commands that name none. */
    public String region() {
        return regions.home();
    }

    /** Where the regions besides the first have their directories. */
    public Path regionsDir() {
        return dataDir.resolve(REGIONS_DIRECTORY);
    }

    /** The settings of a region. The first has the data directory itself, the others each a directory in it. */
    public RegionConfig region(String name) {
        if (name.equals(region())) {
            return new RegionConfig(dataDir, engine, kafka, processors);
        }
        Path directory = regionsDir().resolve(name);
        return new RegionConfig(directory, engine.at(directory, name), kafka.in(directory), processors.in(directory));
    }

    private static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (!settings.get(TailraceSettings.BIND_ADDRESS).isLoopbackAddress()) {
            problems.add(settings.refusal(
                    TailraceSettings.BIND_ADDRESS, "loopback addresses only, until authentication can be configured"));
        }
        List<Setting<Integer>> ports = new ArrayList<>(List.of(TailraceSettings.PORT, TailraceSettings.ADMIN_PORT));
        boolean kafkaEnabled = settings.get(TailraceSettings.KAFKA_ENABLED);
        if (kafkaEnabled
                && settings.get(TailraceSettings.KAFKA_BOOTSTRAP_SERVERS).isEmpty()) {
            ports.add(TailraceSettings.KAFKA_PORT);
        }
        for (int i = 0; i < ports.size(); i++) {
            for (int j = 0; j < i; j++) {
                int port = settings.get(ports.get(i));
                if (port != 0 && port == settings.get(ports.get(j))) {
                    problems.add(settings.refusal(
                            ports.get(i),
                            "a port other than that of " + ports.get(j).name()));
                }
            }
        }
        if (!kafkaEnabled && settings.get(TailraceSettings.DURABILITY) == Durability.REPLICATED) {
            problems.add(settings.refusal(
                    TailraceSettings.DURABILITY,
                    "process or disk while " + TailraceSettings.KAFKA_ENABLED.name() + " is false"));
        }
        if (settings.get(TailraceSettings.KAFKA_REPLICATION_FACTOR) > 1
                && settings.get(TailraceSettings.KAFKA_BOOTSTRAP_SERVERS).isEmpty()) {
            problems.add(settings.refusal(
                    TailraceSettings.KAFKA_REPLICATION_FACTOR,
                    "1 for the embedded broker; " + TailraceSettings.KAFKA_BOOTSTRAP_SERVERS.name()
                            + " names an external cluster"));
        }
        if (settings.get(TailraceSettings.JOURNAL_MAX_SIZE) < 2 * settings.get(TailraceSettings.JOURNAL_ROLL_SIZE)) {
            problems.add(settings.refusal(
                    TailraceSettings.JOURNAL_MAX_SIZE,
                    "at least twice " + TailraceSettings.JOURNAL_ROLL_SIZE.name()
                            + ", because only whole files can go"));
        }
        problems.addAll(RegionSettings.problems(settings));
        if (settings.get(TailraceSettings.HTTP_MAX_BUFFERED) < settings.get(TailraceSettings.HTTP_MAX_BODY)) {
            problems.add(settings.refusal(
                    TailraceSettings.HTTP_MAX_BUFFERED,
                    "at least " + TailraceSettings.HTTP_MAX_BODY.name() + ", which is "
                            + TailraceSettings.HTTP_MAX_BODY
                                    .type()
                                    .format(settings.get(TailraceSettings.HTTP_MAX_BODY))));
        }
        return problems;
    }

    private static HttpSettings api(Settings settings) {
        return new HttpSettings(
                address(settings, TailraceSettings.PORT),
                hosts(settings),
                Math.toIntExact(settings.get(TailraceSettings.HTTP_MAX_BODY)),
                settings.get(TailraceSettings.HTTP_MAX_BUFFERED),
                settings.get(TailraceSettings.HTTP_MAX_UNSENT),
                settings.get(TailraceSettings.HTTP_MAX_CONNECTIONS),
                settings.get(TailraceSettings.HTTP_MAX_PIPELINED),
                settings.get(TailraceSettings.HTTP_IDLE_TIMEOUT),
                settings.get(TailraceSettings.HTTP_REQUEST_TIMEOUT),
                settings.get(TailraceSettings.HTTP_WORKER_THREADS),
                settings.get(TailraceSettings.HTTP_WORKER_QUEUE),
                settings.get(TailraceSettings.SHUTDOWN_TIMEOUT));
    }

    private static HttpSettings admin(Settings settings) {
        return new HttpSettings(
                address(settings, TailraceSettings.ADMIN_PORT),
                hosts(settings),
                ADMIN_MAX_BODY_BYTES,
                (long) ADMIN_MAX_BODY_BYTES * ADMIN_MAX_CONNECTIONS,
                settings.get(TailraceSettings.HTTP_MAX_UNSENT),
                ADMIN_MAX_CONNECTIONS,
                1,
                settings.get(TailraceSettings.HTTP_IDLE_TIMEOUT),
                settings.get(TailraceSettings.HTTP_REQUEST_TIMEOUT),
                ADMIN_WORKER_THREADS,
                ADMIN_WORKER_QUEUE,
                Duration.ofSeconds(1));
    }

    private static Set<String> hosts(Settings settings) {
        return settings.get(TailraceSettings.HTTP_HOSTS)
                .map(names -> Set.copyOf(List.of(names.toLowerCase(Locale.ROOT).split(",", -1))))
                .orElse(Set.of());
    }

    private static InetSocketAddress address(Settings settings, Setting<Integer> port) {
        InetAddress bind = settings.get(TailraceSettings.BIND_ADDRESS);
        return new InetSocketAddress(bind, settings.get(port));
    }

    private static EngineConfig engine(Settings settings, Path dataDir) {
        return EngineConfig.of(dataDir, RegionSettings.from(settings).home())
                .withDurability(settings.get(TailraceSettings.DURABILITY))
                .withQueueCapacity(settings.get(TailraceSettings.ENGINE_QUEUE))
                .withMaxBatchWrites(settings.get(TailraceSettings.ENGINE_MAX_BATCH))
                .withFlushInterval(settings.get(TailraceSettings.ENGINE_FLUSH_INTERVAL))
                .withPlans(PlanSettings.DEFAULT
                        .withTableTransition(settings.get(TailraceSettings.TABLE_TRANSITION_DELAY))
                        .withTimeToLiveInterval(settings.get(TableSettings.TIME_TO_LIVE_CHANGE_INTERVAL))
                        .withReplicaSourceHold(settings.get(TableSettings.REPLICA_SOURCE_HOLD))
                        .withStreams(streams(settings)))
                .withBackfill(
                        BackfillLimits.DEFAULT.withItemsPerSecond(settings.get(TailraceSettings.INDEXES_BACKFILL_RATE)))
                .withStreams(streamTimes(settings))
                .withJournal(JournalConfig.DEFAULT
                        .withRollInterval(settings.get(TailraceSettings.JOURNAL_ROLL_INTERVAL))
                        .withRollSizeBytes(settings.get(TailraceSettings.JOURNAL_ROLL_SIZE))
                        .withRetention(settings.get(TailraceSettings.JOURNAL_RETENTION))
                        .withMaxSizeBytes(maxJournalBytes(settings)));
    }

    /** Without Kafka nothing is captured, so no file may ever go, and the bound would end writes for good. */
    private static long maxJournalBytes(Settings settings) {
        return settings.get(TailraceSettings.KAFKA_ENABLED)
                ? settings.get(TailraceSettings.JOURNAL_MAX_SIZE)
                : Long.MAX_VALUE;
    }

    private static StreamTimes streamTimes(Settings settings) {
        Duration deleted = settings.get(TailraceSettings.REPLICATION_TOMBSTONE_RETENTION);
        Duration mutations = settings.get(TailraceSettings.MUTATIONS_RETENTION);
        return new StreamTimes(
                streams(settings),
                settings.get(TailraceSettings.STREAM_SHARD_ROLL_INTERVAL),
                deleted.compareTo(mutations) < 0 ? mutations : deleted);
    }

    private static StreamOptions streams(Settings settings) {
        return StreamOptions.DEFAULT
                .withFormat(settings.get(TailraceSettings.STREAM_FORMAT))
                .withTombstones(settings.get(TailraceSettings.STREAM_TOMBSTONES))
                .withPartitions(settings.get(TailraceSettings.STREAM_PARTITIONS))
                .withRetention(settings.get(TailraceSettings.STREAM_RETENTION));
    }

    private static KafkaSettings kafka(Settings settings, Path dataDir) {
        TopicSettings topics = TopicSettings.DEFAULT
                .withPartitions(settings.get(TailraceSettings.MUTATIONS_PARTITIONS))
                .withReplicationFactor(settings.get(TailraceSettings.KAFKA_REPLICATION_FACTOR))
                .withMutationsRetention(settings.get(TailraceSettings.MUTATIONS_RETENTION))
                .withStreams(streams(settings));
        return new KafkaSettings(
                settings.get(TailraceSettings.KAFKA_ENABLED),
                settings.get(TailraceSettings.KAFKA_PORT),
                dataDir.resolve("kafka"),
                settings.get(TailraceSettings.KAFKA_BOOTSTRAP_SERVERS),
                settings.get(TailraceSettings.SCHEMA_REGISTRY_URL),
                topics,
                dataDir.resolve(KafkaSettings.CHECKPOINT),
                settings.get(TailraceSettings.CAPTURE_DATA_LOSS),
                settings.get(TailraceSettings.STREAM_READERS),
                clientProperties(settings));
    }

    private static Map<String, String> clientProperties(Settings settings) {
        Optional<Path> file = settings.get(TailraceSettings.KAFKA_CLIENT_PROPERTIES);
        Properties properties = new Properties();
        if (file.isPresent()) {
            try (Reader reader = Files.newBufferedReader(file.get(), StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new SettingsException(settings.refusal(
                        TailraceSettings.KAFKA_CLIENT_PROPERTIES, "a readable file of properties: " + unreadable));
            }
        }
        Map<String, String> copy = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> copy.put(name, properties.getProperty(name)));
        return copy;
    }

    private static ProcessorSettings processors(Settings settings, Path dataDir) {
        return new ProcessorSettings(
                settings.get(TailraceSettings.PROCESSORS_ENABLED)
                        ? settings.get(TailraceSettings.PROCESSORS_ONLY)
                        : Set.of(),
                address(settings, TailraceSettings.PROCESSORS_PORT),
                settings.get(TailraceSettings.PROCESSORS_STANDBY_REPLICAS),
                settings.get(TailraceSettings.PROCESSORS_THREADS),
                dataDir.resolve(ProcessorSettings.DIRECTORY),
                settings.get(TailraceSettings.INDEXES_WAIT_LIMIT),
                new TtlConfig(settings.get(TailraceSettings.TTL_DELETES_PER_SECOND)));
    }
}
