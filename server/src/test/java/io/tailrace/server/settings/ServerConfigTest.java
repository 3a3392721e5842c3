package io.tailrace.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.capture.CaptureConfig.DataLossPolicy;
import io.tailrace.capture.TopicSettings;
import io.tailrace.engine.Durability;
import io.tailrace.engine.catalog.StreamTimes;
import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.ttl.TtlConfig;
import io.tailrace.schemas.stream.StreamFormat;
import io.tailrace.schemas.stream.StreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting arrives in its place in the frozen configuration, and values that do not fit one another are refused. */
final class ServerConfigTest {
    @TempDir
    private Path folder;

    private ServerConfig config(Map<Setting<?>, String> flags) {
        Map<Setting<?>, String> all = new LinkedHashMap<>(flags);
        all.putIfAbsent(TailraceSettings.DATA_DIR, folder.toString());
        return ServerConfig.from(SettingsLoader.load(all, null, Map.of()));
    }

    @Test
    void everySettingHasItsPlace() throws IOException {
        Path clientProperties = folder.resolve("client.properties");
        Files.writeString(clientProperties, "security.protocol = SSL\n");
        Map<Setting<?>, String> flags = new LinkedHashMap<>();
        flags.put(TailraceSettings.DATA_DIR, folder.toString());
        flags.put(TailraceSettings.PORT, "1001");
        flags.put(TailraceSettings.ADMIN_PORT, "1002");
        flags.put(TailraceSettings.KAFKA_PORT, "1003");
        flags.put(TailraceSettings.DURABILITY, "process");
        flags.put(TailraceSettings.REGION_NAME, "eu-north-1");
        flags.put(RegionSettings.REGIONS, "eu-south-1,eu-north-1");
        flags.put(RegionSettings.REGIONS_MAX, "31");
        flags.put(RegionSettings.PEERS, "a=h:1,h:2,b=i:3");
        flags.put(TailraceSettings.BIND_ADDRESS, "::1");
        flags.put(TailraceSettings.SHUTDOWN_TIMEOUT, "7s");
        flags.put(TailraceSettings.HTTP_HOSTS, "Db.example.com,db2");
        flags.put(TailraceSettings.HTTP_MAX_BODY, "1mb");
        flags.put(TailraceSettings.HTTP_MAX_BUFFERED, "2mb");
        flags.put(TailraceSettings.HTTP_MAX_UNSENT, "65mb");
        flags.put(TailraceSettings.HTTP_MAX_CONNECTIONS, "11");
        flags.put(TailraceSettings.HTTP_MAX_PIPELINED, "12");
        flags.put(TailraceSettings.HTTP_IDLE_TIMEOUT, "13s");
        flags.put(TailraceSettings.HTTP_REQUEST_TIMEOUT, "14s");
        flags.put(TailraceSettings.HTTP_WORKER_THREADS, "15");
        flags.put(TailraceSettings.HTTP_WORKER_QUEUE, "16");
        flags.put(TailraceSettings.ENGINE_QUEUE, "17");
        flags.put(TailraceSettings.ENGINE_MAX_BATCH, "18");
        flags.put(TailraceSettings.ENGINE_FLUSH_INTERVAL, "19s");
        flags.put(MemorySettings.CACHE_SIZE, "54mb");
        flags.put(TailraceSettings.TABLE_TRANSITION_DELAY, "51s");
        flags.put(TableSettings.TIME_TO_LIVE_CHANGE_INTERVAL, "52m");
        flags.put(TableSettings.REPLICA_SOURCE_HOLD, "53h");
        flags.put(TailraceSettings.JOURNAL_ROLL_INTERVAL, "20m");
        flags.put(TailraceSettings.JOURNAL_ROLL_SIZE, "21mb");
        flags.put(TailraceSettings.JOURNAL_MAX_SIZE, "99mb");
        flags.put(TailraceSettings.JOURNAL_RETENTION, "22h");
        flags.put(TailraceSettings.KAFKA_ENABLED, "true");
        flags.put(TailraceSettings.KAFKA_BOOTSTRAP_SERVERS, "a:1,b:2");
        flags.put(TailraceSettings.SCHEMA_REGISTRY_URL, "http://registry:8081");
        flags.put(TailraceSettings.MUTATIONS_PARTITIONS, "23");
        flags.put(TailraceSettings.STREAM_FORMAT, "json");
        flags.put(TailraceSettings.STREAM_TOMBSTONES, "true");
        flags.put(TailraceSettings.STREAM_PARTITIONS, "24");
        flags.put(TailraceSettings.STREAM_RETENTION, "25h");
        flags.put(TailraceSettings.STREAM_SHARD_ROLL_INTERVAL, "5h");
        flags.put(TailraceSettings.REPLICATION_TOMBSTONE_RETENTION, "40d");
        flags.put(TailraceSettings.STREAM_READERS, "28");
        flags.put(TailraceSettings.MUTATIONS_RETENTION, "27h");
        flags.put(TailraceSettings.KAFKA_REPLICATION_FACTOR, "3");
        flags.put(TailraceSettings.KAFKA_CLIENT_PROPERTIES, clientProperties.toString());
        flags.put(TailraceSettings.CAPTURE_DATA_LOSS, "continue");
        flags.put(TailraceSettings.PROCESSORS_ENABLED, "true");
        flags.put(TailraceSettings.PROCESSORS_ONLY, "ttl, gsi");
        flags.put(TailraceSettings.PROCESSORS_PORT, "1004");
        flags.put(TailraceSettings.PROCESSORS_STANDBY_REPLICAS, "2");
        flags.put(TailraceSettings.PROCESSORS_THREADS, "26");
        flags.put(TailraceSettings.INDEXES_WAIT_LIMIT, "28ms");
        flags.put(TailraceSettings.INDEXES_BACKFILL_RATE, "29");
        flags.put(TailraceSettings.TTL_DELETES_PER_SECOND, "30");
        assertThat(flags.keySet()).as("settings of this test").containsAll(TailraceSettings.all());

        ServerConfig config = config(flags);

        assertThat(config.dataDir()).isEqualTo(folder);
        assertThat(config.region()).isEqualTo("eu-north-1");
        assertThat(config.regions())
                .isEqualTo(new RegionSettings(
                        "eu-north-1",
                        Optional.of(Set.of("eu-south-1", "eu-north-1")),
                        31,
                        Map.of("a", "h:1,h:2", "b", "i:3")));
        assertThat(config.api().address().getPort()).isEqualTo(1001);
        assertThat(config.api().address().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
        assertThat(config.api().shutdownTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.api().hosts()).containsExactlyInAnyOrder("db.example.com", "db2");
        assertThat(config.admin().hosts()).isEqualTo(config.api().hosts());
        assertThat(config.api().maxBodyBytes()).isEqualTo(1024 * 1024);
        assertThat(config.api().maxBufferedBytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(config.api().maxUnsentBytes()).isEqualTo(65 * 1024 * 1024);
        assertThat(config.api().maxConnections()).isEqualTo(11);
        assertThat(config.api().maxPipelined()).isEqualTo(12);
        assertThat(config.api().idleTimeout()).isEqualTo(Duration.ofSeconds(13));
        assertThat(config.api().requestTimeout()).isEqualTo(Duration.ofSeconds(14));
        assertThat(config.api().workerThreads()).isEqualTo(15);
        assertThat(config.api().workerQueueCapacity()).isEqualTo(16);
        assertThat(config.admin().address().getPort()).isEqualTo(1002);
        assertThat(config.engine().dataDir()).isEqualTo(folder);
        assertThat(config.engine().durability()).isEqualTo(Durability.PROCESS);
        assertThat(config.engine().queueCapacity()).isEqualTo(17);
        assertThat(config.engine().maxBatchWrites()).isEqualTo(18);
        assertThat(config.engine().flushInterval()).isEqualTo(Duration.ofSeconds(19));
        assertThat(config.cacheBytes()).contains(54L * 1024 * 1024);
        assertThat(config.engine().plans().tableTransition()).isEqualTo(Duration.ofSeconds(51));
        assertThat(config.engine().plans().timeToLiveInterval()).isEqualTo(Duration.ofMinutes(52));
        assertThat(config.engine().plans().replicaSourceHold()).isEqualTo(Duration.ofHours(53));
        assertThat(config.engine().backfill().itemsPerSecond()).isEqualTo(29);
        StreamOptions streams = new StreamOptions(StreamFormat.JSON, true, 24, Duration.ofHours(25));
        assertThat(config.engine().plans().streams()).isEqualTo(streams);
        assertThat(config.engine().streams())
                .isEqualTo(new StreamTimes(streams, Duration.ofHours(5), Duration.ofDays(40)));
        assertThat(config.engine().journal().rollInterval()).isEqualTo(Duration.ofMinutes(20));
        assertThat(config.engine().journal().rollSizeBytes()).isEqualTo(21L * 1024 * 1024);
        assertThat(config.engine().journal().retention()).isEqualTo(Duration.ofHours(22));
        assertThat(config.engine().journal().maxSizeBytes()).isEqualTo(99L * 1024 * 1024);
        assertThat(config.kafka())
                .isEqualTo(new KafkaSettings(
                        true,
                        1003,
                        folder.resolve("kafka"),
                        Optional.of("a:1,b:2"),
                        Optional.of("http://registry:8081"),
                        new TopicSettings(23, (short) 3, Duration.ofHours(27), streams),
                        folder.resolve("capture.checkpoint"),
                        DataLossPolicy.CONTINUE,
                        28,
                        Map.of("security.protocol", "SSL")));
        assertThat(config.processors())
                .isEqualTo(new ProcessorSettings(
                        Set.of(ProcessorName.GSI, ProcessorName.TTL),
                        new InetSocketAddress(InetAddress.getByName("::1"), 1004),
                        2,
                        26,
                        folder.resolve("processors"),
                        Duration.ofMillis(28),
                        new TtlConfig(30)));
    }

    @Test
    void theFirstRegionHasTheDataDirectoryAndEachOtherOneOfItsOwn() {
        ServerConfig config =
                config(Map.of(TailraceSettings.PROCESSORS_PORT, "1004", TailraceSettings.ENGINE_QUEUE, "17"));
        assertThat(config.region("us-east-1"))
                .isEqualTo(new RegionConfig(folder, config.engine(), config.kafka(), config.processors()));
        RegionConfig other = config.region("eu-west-1");
        Path directory = folder.resolve("regions/eu-west-1");
        assertThat(other.name()).isEqualTo("eu-west-1");
        assertThat(other.dataDir()).isEqualTo(directory);
        assertThat(other.engine()).isEqualTo(config.engine().at(directory, "eu-west-1"));
        assertThat(other.engine().queueCapacity()).isEqualTo(17);
        assertThat(other.kafka().checkpointFile()).isEqualTo(directory.resolve("capture.checkpoint"));
        assertThat(other.kafka().embeddedDataDir()).isEqualTo(folder.resolve("kafka"));
        assertThat(other.processors().stateDir()).isEqualTo(directory.resolve("processors"));
        assertThat(other.processors().listen().getPort()).isZero();
    }

    @Test
    void theFirstRegionOfAListIsTheFirstOneUnlessAnotherIsGiven() {
        assertThat(config(Map.of(RegionSettings.REGIONS, "b,a,b")).regions())
                .isEqualTo(new RegionSettings("b", Optional.of(Set.of("a", "b")), 8, Map.of()));
        assertThat(config(Map.of(RegionSettings.REGIONS, "b,a", TailraceSettings.REGION_NAME, "a"))
                        .region())
                .isEqualTo("a");
        assertThatThrownBy(() -> config(Map.of(RegionSettings.REGIONS, "b,a", TailraceSettings.REGION_NAME, "c")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "setting region: 'c' (from flag --region) cannot be used; allowed: one of the setting "
                                + "regions, which is b,a");
        assertThatThrownBy(() -> config(Map.of(RegionSettings.REGIONS, "b,A")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("allowed: regions with commas between them, each 1 to 32 of a-z, 0-9 and -");
    }

    @Test
    void regionsElsewhereAreNoneOfThisServers() {
        assertThatThrownBy(() -> config(Map.of(RegionSettings.PEERS, "us-east-1=h:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("allowed: regions that this server does not host itself");
        assertThatThrownBy(() -> config(Map.of(RegionSettings.PEERS, "h:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("allowed: region=host:port, several with commas");
    }

    @Test
    void processorsThatAreNotHere() {
        assertThat(config(Map.of()).processors().here()).containsExactlyInAnyOrder(ProcessorName.values());
        assertThat(config(Map.of(TailraceSettings.PROCESSORS_ENABLED, "false"))
                        .processors()
                        .here())
                .isEmpty();
        assertThatThrownBy(() -> config(Map.of(TailraceSettings.PROCESSORS_ONLY, "gsi,mirror")))
                .hasMessage("setting processors.only: 'gsi,mirror' (from flag --only) cannot be used; allowed: one or "
                        + "several of gsi, ttl, activity, replication, with commas between them");
    }

    @Test
    void onlyLoopbackIsListenedOn() {
        assertThatThrownBy(() -> config(Map.of(TailraceSettings.BIND_ADDRESS, "0.0.0.0")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "setting bind.address: '0.0.0.0' (from flag --bind-address) cannot be used; allowed: loopback "
                                + "addresses only, until authentication can be configured");
    }

    @Test
    void portsDiffer() {
        assertThatThrownBy(() -> config(Map.of(TailraceSettings.PORT, "9092")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("kafka.port: '9092' (from default)")
                .hasMessageContaining("a port other than that of port");
    }

    @Test
    void anExternalClusterNeedsNoPortHere() {
        ServerConfig config =
                config(Map.of(TailraceSettings.PORT, "9092", TailraceSettings.KAFKA_BOOTSTRAP_SERVERS, "kafka:9092"));
        assertThat(config.api().address().getPort()).isEqualTo(9092);
    }

    @Test
    void anyFreePortMayBeTakenSeveralTimes() {
        config(Map.of(TailraceSettings.PORT, "0", TailraceSettings.ADMIN_PORT, "0", TailraceSettings.KAFKA_PORT, "0"));
    }

    @Test
    void replicatedNeedsKafka() {
        assertThatThrownBy(() -> config(
                        Map.of(TailraceSettings.KAFKA_ENABLED, "false", TailraceSettings.DURABILITY, "replicated")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("durability: 'replicated'");
    }

    @Test
    void theEmbeddedBrokerHasNoReplicas() {
        assertThatThrownBy(() -> config(Map.of(TailraceSettings.KAFKA_REPLICATION_FACTOR, "3")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("kafka.replication.factor: '3'");
    }

    @Test
    void theClientPropertiesMustBeReadable() {
        assertThatThrownBy(() -> config(Map.of(TailraceSettings.KAFKA_CLIENT_PROPERTIES, "/no/such/file")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("kafka.client.properties: '/no/such/file'");
    }

    @Test
    void allBodiesAreAtLeastOne() {
        assertThatThrownBy(() -> config(Map.of(TailraceSettings.HTTP_MAX_BUFFERED, "1mb")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("at least http.max.body, which is 17mb");
    }
}
