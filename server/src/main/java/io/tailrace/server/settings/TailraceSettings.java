package io.tailrace.server.settings;

import io.tailrace.capture.CaptureConfig.DataLossPolicy;
import io.tailrace.engine.Durability;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.engine.index.BackfillLimits;
import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.ttl.TtlConfig;
import io.tailrace.schemas.stream.StreamFormat;
import io.tailrace.schemas.stream.StreamOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** All settings of the server, each declared once. */
public final class TailraceSettings {
    private static final long KIB = 1024;
    private static final long MIB = KIB * KIB;
    private static final long GIB = KIB * MIB;
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOSTS = Pattern.compile("\\*|[a-zA-Z0-9.-]+(,[a-zA-Z0-9.-]+)*");
    private static final Pattern SERVERS = Pattern.compile("[^\\s,:]+:\\d{1,5}(\\s*,\\s*[^\\s,:]+:\\d{1,5})*");
    private static final Pattern URL = Pattern.compile("https?://\\S+");

    public static final Setting<Path> DATA_DIR = new Setting<>(
            "data.dir",
            "data",
            SettingGroup.GENERAL,
            SettingType.path("DIR"),
            Path.of("tailrace-data"),
            "Where tables, journal and the embedded broker keep their files; made when missing. One server at a time.");

    public static final Setting<Integer> PORT = port("port", 8000, "The DynamoDB API.");

    public static final Setting<Integer> ADMIN_PORT =
            port("admin.port", 8001, "Health, metrics and the activity queries.");

    public static final Setting<Integer> KAFKA_PORT =
            port("kafka.port", 9092, "The embedded broker; without meaning when kafka.bootstrap.servers is set.");

    public static final Setting<Durability> DURABILITY = new Setting<>(
            "durability",
            null,
            SettingGroup.GENERAL,
            SettingType.oneOf(Durability.class),
            Durability.DISK,
            "What an acknowledged write survives: the end of the process; loss of power (one fsync for each batch of "
                    + "writes); or also loss of this machine's disk (after Kafka's acks=all).");

    public static final Setting<InetAddress> BIND_ADDRESS = new Setting<>(
            "bind.address",
            null,
            SettingGroup.GENERAL,
            SettingType.address(),
            InetAddress.getLoopbackAddress(),
            "Where the API and the admin port listen. Only loopback addresses are accepted: signatures are not checked "
                    + "yet, so whoever reaches the port can read and write everything.");

    public static final Setting<String> REGION_NAME = RegionSettings.REGION;

    public static final Setting<Optional<String>> HTTP_HOSTS = new Setting<>(
            "http.hosts",
            null,
            SettingGroup.HTTP,
            SettingType.optional(SettingType.text("NAMES", HOSTS, "host names with commas between them, or *")),
            Optional.empty(),
            "Names that requests may give in their Host header. IP addresses, names without a dot and those in .localhost, "
                    + ".internal and .test may always; others could be a stranger's web page (DNS rebinding). * allows all.");

    public static final Setting<Long> HTTP_MAX_BODY = new Setting<>(
            "http.max.body",
            null,
            SettingGroup.HTTP,
            SettingType.bytes(64 * KIB, GIB),
            17 * MIB,
            "The largest request body, unpacked: DynamoDB's 16 MB and room for what surrounds them. More answers 413.");

    public static final Setting<Long> HTTP_MAX_BUFFERED = new Setting<>(
            "http.max.buffered",
            null,
            SettingGroup.HTTP,
            SettingType.bytes(MIB, 16 * GIB),
            256 * MIB,
            "All request bodies at one time, never more than fits the heap; beyond it requests are told to come again later.");

    public static final Setting<Long> HTTP_MAX_UNSENT = new Setting<>(
            "http.max.unsent",
            null,
            SettingGroup.HTTP,
            SettingType.bytes(64 * MIB, 16 * GIB),
            256 * MIB,
            "All answers that are ready and not taken by their clients, never more than fits the heap; beyond it the "
                    + "connections close whose clients have taken nothing for the longest time.");

    public static final Setting<Integer> HTTP_MAX_CONNECTIONS = new Setting<>(
            "http.max.connections",
            null,
            SettingGroup.HTTP,
            SettingType.integer(1, 100_000),
            1024,
            "Connections to the API at one time; more are closed at once.");

    public static final Setting<Integer> HTTP_MAX_PIPELINED = new Setting<>(
            "http.max.pipelined",
            null,
            SettingGroup.HTTP,
            SettingType.integer(1, 1024),
            32,
            "Requests of one connection that are worked on at one time; the next are not read until one is answered.");

    public static final Setting<Duration> HTTP_IDLE_TIMEOUT = new Setting<>(
            "http.idle.timeout",
            null,
            SettingGroup.HTTP,
            SettingType.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            Duration.ofMinutes(3),
            "A connection on which nothing moves for so long is closed.");

    public static final Setting<Duration> HTTP_REQUEST_TIMEOUT = new Setting<>(
            "http.request.timeout",
            null,
            SettingGroup.HTTP,
            SettingType.duration(Duration.ofMillis(100), Duration.ofHours(1)),
            Duration.ofSeconds(60),
            "In this time a request that has begun must have come in completely.");

    public static final Setting<Integer> HTTP_WORKER_THREADS = new Setting<>(
            "http.worker.threads",
            null,
            SettingGroup.HTTP,
            SettingType.integer(1, 1024),
            16,
            "Threads that carry out requests, but for small ones of single items, which take none.");

    public static final Setting<Integer> HTTP_WORKER_QUEUE = new Setting<>(
            "http.worker.queue",
            null,
            SettingGroup.HTTP,
            SettingType.integer(1, 100_000),
            2048,
            "Requests that wait for a worker; beyond it they are told to come again later.");

    public static final Setting<Duration> SHUTDOWN_TIMEOUT = new Setting<>(
            "shutdown.timeout",
            null,
            SettingGroup.HTTP,
            SettingType.duration(Duration.ofMillis(100), Duration.ofMinutes(5)),
            Duration.ofSeconds(5),
            "How long a stop waits for requests that are being worked on.");

    public static final Setting<Integer> ENGINE_QUEUE = new Setting<>(
            "engine.queue",
            null,
            SettingGroup.ENGINE,
            SettingType.integer(16, 1_000_000),
            4096,
            "Writes that wait for the writer; beyond it they are told to come again later.");

    public static final Setting<Integer> ENGINE_MAX_BATCH = new Setting<>(
            "engine.max.batch",
            null,
            SettingGroup.ENGINE,
            SettingType.integer(1, 10_000),
            256,
            "Writes that are made durable together at most.");

    public static final Setting<Duration> ENGINE_FLUSH_INTERVAL = new Setting<>(
            "engine.flush.interval",
            null,
            SettingGroup.ENGINE,
            SettingType.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            Duration.ofMinutes(1),
            "How often the state is flushed to its files, so that journal files before that point may go.");

    public static final Setting<Duration> TABLE_TRANSITION_DELAY = new Setting<>(
            "table.transition.delay",
            null,
            SettingGroup.ENGINE,
            SettingType.duration(Duration.ZERO, Duration.ofHours(1)),
            Duration.ZERO,
            "How long a table is CREATING, UPDATING or DELETING before it is ACTIVE or gone; without delay the next request "
                    + "finds it so. For tests of clients that have to wait.");

    public static final Setting<Integer> INDEXES_BACKFILL_RATE = new Setting<>(
            "indexes.backfill.rate",
            null,
            SettingGroup.ENGINE,
            SettingType.integer(1, 10_000_000),
            BackfillLimits.DEFAULT.itemsPerSecond(),
            "Items of a table per second, at most, that a global secondary index learns of when it is added to the table, or "
                    + "time to live when it is switched on. It takes half of the writer's time at most.");

    public static final Setting<Duration> JOURNAL_ROLL_INTERVAL = new Setting<>(
            "journal.roll.interval",
            null,
            SettingGroup.ENGINE,
            SettingType.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
            Duration.ofHours(1),
            "A new journal file is begun when the current one is so old.");

    public static final Setting<Long> JOURNAL_ROLL_SIZE = new Setting<>(
            "journal.roll.size",
            null,
            SettingGroup.ENGINE,
            SettingType.bytes(16 * MIB, 64 * GIB),
            256 * MIB,
            "A new journal file is begun when the current one is so large.");

    public static final Setting<Duration> JOURNAL_RETENTION = new Setting<>(
            "journal.retention",
            null,
            SettingGroup.ENGINE,
            SettingType.duration(Duration.ZERO, Duration.ofDays(3650)),
            Duration.ofHours(1),
            "A journal file is kept at least so long after its last entry; it goes once it is also applied and captured.");

    public static final Setting<Long> JOURNAL_MAX_SIZE = new Setting<>(
            "journal.max.size",
            null,
            SettingGroup.ENGINE,
            SettingType.bytes(64 * MIB, 1024 * GIB),
            32 * GIB,
            "All journal files together. While Kafka is away they are kept; beyond this size writes are refused until it is "
                    + "back. At 80 percent health is degraded, and files that are kept only for journal.retention go. "
                    + "Without Kafka there is no bound.");

    public static final Setting<Boolean> KAFKA_ENABLED = new Setting<>(
            "kafka.enabled",
            null,
            SettingGroup.KAFKA,
            SettingType.bool(),
            true,
            "Without Kafka tables can be read and written, but there are no streams, no global secondary index can be "
                    + "read and nothing is processed; the journal keeps all changes until Kafka is enabled again.");

    public static final Setting<Optional<String>> KAFKA_BOOTSTRAP_SERVERS = new Setting<>(
            "kafka.bootstrap.servers",
            "bootstrap-servers",
            SettingGroup.KAFKA,
            SettingType.optional(SettingType.text("HOST:PORT,...", SERVERS, "host:port, several with commas")),
            Optional.empty(),
            "A Kafka cluster to use instead of the embedded broker.");

    public static final Setting<Optional<String>> SCHEMA_REGISTRY_URL = new Setting<>(
            "schema.registry.url",
            null,
            SettingGroup.KAFKA,
            SettingType.optional(SettingType.text("URL", URL, "an http or https URL")),
            Optional.empty(),
            "A Confluent-compatible schema registry. With it records use its wire format, without it Avro's "
                    + "single-object encoding.");

    public static final Setting<Integer> MUTATIONS_PARTITIONS = new Setting<>(
            "mutations.partitions",
            null,
            SettingGroup.KAFKA,
            SettingType.integer(1, 1024),
            4,
            "Partitions of the topics of mutations and commands. Fixed once the topics exist.");

    public static final Setting<Integer> STREAM_PARTITIONS = new Setting<>(
            "stream.partitions",
            null,
            SettingGroup.KAFKA,
            SettingType.integer(1, StreamOptions.MAX_PARTITIONS),
            StreamOptions.DEFAULT.partitions(),
            "Shards of a stream that are open at one time, and partitions of its topic, for streams that are enabled from now "
                    + "on. A table's tag tailrace:stream.partitions overrides it.");

    public static final Setting<Duration> STREAM_RETENTION = new Setting<>(
            "stream.retention",
            null,
            SettingGroup.KAFKA,
            SettingType.duration(StreamOptions.MIN_RETENTION, StreamOptions.MAX_RETENTION),
            StreamOptions.DEFAULT.retention(),
            "How long the records of streams can be read, and a stream after it was disabled or its table deleted; DynamoDB: 24 "
                    + "hours. A table's tag tailrace:stream.retention overrides it.");

    public static final Setting<StreamFormat> STREAM_FORMAT = new Setting<>(
            "stream.format",
            null,
            SettingGroup.KAFKA,
            SettingType.oneOf(StreamFormat.class),
            StreamOptions.DEFAULT.format(),
            "How the records of stream topics are written from now on; readers of the streams API see no difference. A table's "
                    + "tag tailrace:stream.format overrides it.");

    public static final Setting<Boolean> STREAM_TOMBSTONES = new Setting<>(
            "stream.tombstones",
            null,
            SettingGroup.KAFKA,
            SettingType.bool(),
            StreamOptions.DEFAULT.tombstones(),
            "Whether stream topics are written for compaction: records have the item's whole key, and the removal of an item "
                    + "is followed by a record without a value. A table's tag tailrace:stream.tombstones overrides it.");

    public static final Setting<Duration> STREAM_SHARD_ROLL_INTERVAL = new Setting<>(
            "stream.shard.roll.interval",
            null,
            SettingGroup.KAFKA,
            SettingType.duration(Duration.ZERO, Duration.ofDays(3650)),
            Duration.ofHours(4),
            "A stream's shards are closed and their children take their place when they are so old, as in DynamoDB after about "
                    + "four hours; 0s: only on request.");

    public static final Setting<Integer> STREAM_READERS = new Setting<>(
            "stream.readers",
            null,
            SettingGroup.KAFKA,
            SettingType.integer(1, 64),
            4,
            "Kafka consumers, and threads, that all readers of the DynamoDB Streams API share. Each holds about 1 MB.");

    public static final Setting<Duration> MUTATIONS_RETENTION = new Setting<>(
            "mutations.retention",
            null,
            SettingGroup.KAFKA,
            SettingType.duration(Duration.ofHours(1), Duration.ofDays(3650)),
            Duration.ofDays(7),
            "How long the mutations topic keeps its records: processors that were away for longer have to begin anew.");

    public static final Setting<Duration> REPLICATION_TOMBSTONE_RETENTION = new Setting<>(
            "replication.tombstone.retention",
            null,
            SettingGroup.ENGINE,
            SettingType.duration(Duration.ofDays(1), Duration.ofDays(3650)),
            StreamTimes.DEFAULT_DELETED_VERSIONS,
            "How long at least a replica of a global table knows of an item that it was deleted, and when; not less than "
                    + "mutations.retention. Writes of other regions that come later than that bring the item back.");

    public static final Setting<Integer> KAFKA_REPLICATION_FACTOR = new Setting<>(
            "kafka.replication.factor",
            null,
            SettingGroup.KAFKA,
            SettingType.integer(1, 100),
            1,
            "Replicas of the topics that are created; more than 1 needs an external cluster.");

    public static final Setting<Optional<Path>> KAFKA_CLIENT_PROPERTIES = new Setting<>(
            "kafka.client.properties",
            null,
            SettingGroup.KAFKA,
            SettingType.optional(SettingType.path("FILE")),
            Optional.empty(),
            "A file of properties for all Kafka clients, for example those of security, to reach an external cluster.");

    public static final Setting<DataLossPolicy> CAPTURE_DATA_LOSS = new Setting<>(
            "capture.data.loss",
            null,
            SettingGroup.KAFKA,
            SettingType.oneOf(DataLossPolicy.class),
            DataLossPolicy.STOP,
            "What to do when Kafka lost records that it had acknowledged and the journal no longer has them: send nothing "
                    + "more until someone decides, or go on behind the gap.");

    public static final Setting<Boolean> PROCESSORS_ENABLED = new Setting<>(
            "processors.enabled",
            null,
            SettingGroup.PROCESSORS,
            SettingType.bool(),
            true,
            "Whether the Kafka Streams processors (global secondary indexes, time to live, activity, replication) run inside this server.");

    public static final Setting<Set<ProcessorName>> PROCESSORS_ONLY = new Setting<>(
            "processors.only",
            "only",
            SettingGroup.PROCESSORS,
            SettingType.someOf(ProcessorName.class),
            Set.of(ProcessorName.values()),
            "Which processors run in this process; others can run elsewhere, with 'tailrace processors'.");

    public static final Setting<Integer> PROCESSORS_PORT = new Setting<>(
            "processors.port",
            null,
            SettingGroup.PROCESSORS,
            SettingType.integer(0, 65535),
            0,
            "Where other processes that share the processors' work ask for what this one has. 0 takes any free port: they "
                    + "learn of it from Kafka.");

    public static final Setting<Integer> PROCESSORS_STANDBY_REPLICAS = new Setting<>(
            "processors.standby.replicas",
            null,
            SettingGroup.PROCESSORS,
            SettingType.integer(0, 8),
            1,
            "Copies of the processors' stores that further processes keep, if there are any, to go on soon when one is gone.");

    public static final Setting<Integer> PROCESSORS_THREADS = new Setting<>(
            "processors.threads",
            null,
            SettingGroup.PROCESSORS,
            SettingType.integer(1, 64),
            1,
            "Threads of each processor.");

    public static final Setting<Duration> INDEXES_WAIT_LIMIT = new Setting<>(
            "indexes.wait.limit",
            null,
            SettingGroup.PROCESSORS,
            SettingType.duration(Duration.ofMillis(1), Duration.ofMinutes(10)),
            Duration.ofSeconds(10),
            "How long a read with the header x-tailrace-wait-for-indexes waits; then it is told to come again.");

    public static final Setting<Integer> TTL_DELETES_PER_SECOND = new Setting<>(
            "ttl.deletes.per.second",
            null,
            SettingGroup.PROCESSORS,
            SettingType.integer(1, 1_000_000),
            TtlConfig.DEFAULT.deletesPerSecond(),
            "How many expired items are deleted in a second at most, so that much that is overdue does not slow other "
                    + "writes.");
    private static final List<Setting<?>> ALL = List.of(
            DATA_DIR,
            PORT,
            ADMIN_PORT,
            KAFKA_PORT,
            DURABILITY,
            REGION_NAME,
            RegionSettings.REGIONS,
            RegionSettings.REGIONS_MAX,
            BIND_ADDRESS,
            SHUTDOWN_TIMEOUT,
            HTTP_HOSTS,
            HTTP_MAX_BODY,
            HTTP_MAX_BUFFERED,
            HTTP_MAX_UNSENT,
            HTTP_MAX_CONNECTIONS,
            HTTP_MAX_PIPELINED,
            HTTP_IDLE_TIMEOUT,
            HTTP_REQUEST_TIMEOUT,
            HTTP_WORKER_THREADS,
            HTTP_WORKER_QUEUE,
            ENGINE_QUEUE,
            ENGINE_MAX_BATCH,
            ENGINE_FLUSH_INTERVAL,
            MemorySettings.CACHE_SIZE,
            TABLE_TRANSITION_DELAY,
            TableSettings.TIME_TO_LIVE_CHANGE_INTERVAL,
            TableSettings.REPLICA_SOURCE_HOLD,
            INDEXES_BACKFILL_RATE,
            JOURNAL_ROLL_INTERVAL,
            JOURNAL_ROLL_SIZE,
            JOURNAL_RETENTION,
            JOURNAL_MAX_SIZE,
            KAFKA_ENABLED,
            KAFKA_BOOTSTRAP_SERVERS,
            SCHEMA_REGISTRY_URL,
            MUTATIONS_PARTITIONS,
            STREAM_FORMAT,
            STREAM_TOMBSTONES,
            STREAM_PARTITIONS,
            STREAM_RETENTION,
            STREAM_SHARD_ROLL_INTERVAL,
            STREAM_READERS,
            MUTATIONS_RETENTION,
            REPLICATION_TOMBSTONE_RETENTION,
            KAFKA_REPLICATION_FACTOR,
            KAFKA_CLIENT_PROPERTIES,
            CAPTURE_DATA_LOSS,
            RegionSettings.PEERS,
            PROCESSORS_ENABLED,
            PROCESSORS_ONLY,
            PROCESSORS_PORT,
            PROCESSORS_STANDBY_REPLICAS,
            PROCESSORS_THREADS,
            INDEXES_WAIT_LIMIT,
            TTL_DELETES_PER_SECOND);

    private TailraceSettings() {}

    /** Every setting, the most wanted first. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    static Optional<Setting<?>> byName(String name) {
        return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }

    static Optional<Setting<?>> byEnvironmentVariable(String variable) {
        return ALL.stream()
                .filter(setting -> setting.environmentVariable().equals(variable))
                .findFirst();
    }

    private static Setting<Integer> port(String name, int defaultPort, String what) {
        return new Setting<>(
                name,
                null,
                SettingGroup.GENERAL,
                SettingType.integer(0, MAX_PORT),
                defaultPort,
                what + " 0 takes any free port.");
    }
}
