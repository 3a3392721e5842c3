package io.tailrace.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.engine.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Later sources win over earlier ones, and whatever is unknown or not allowed is refused with all that helps. */
final class SettingsLoaderTest {
    @TempDir
    private Path folder;

    private Path dataDir;
    private Path config;

    @BeforeEach
    void makeFiles() throws IOException {
        dataDir = Files.createDirectory(folder.resolve("data"));
        config = folder.resolve("my.properties");
    }

    @Test
    void everythingHasADefault() {
        Settings settings = SettingsLoader.load(Map.of(TailraceSettings.DATA_DIR, dataDir.toString()), null, Map.of());
        assertThat(settings.get(TailraceSettings.PORT)).isEqualTo(8000);
        assertThat(settings.get(TailraceSettings.ADMIN_PORT)).isEqualTo(8001);
        assertThat(settings.get(TailraceSettings.KAFKA_PORT)).isEqualTo(9092);
        assertThat(settings.get(TailraceSettings.DURABILITY)).isEqualTo(Durability.DISK);
        assertThat(settings.get(TailraceSettings.REGION_NAME)).isEqualTo("us-east-1");
        assertThat(settings.origin(TailraceSettings.PORT)).isEqualTo("default");
    }

    @Test
    void laterSourcesWin() throws IOException {
        Files.writeString(
                dataDir.resolve("tailrace.properties"),
                "port = 1\nadmin.port = 1\nkafka.port = 1\nhttp.worker.threads = 1\n");
        Files.writeString(config, "port = 2\nadmin.port = 2\nkafka.port = 2\n");
        Map<String, String> environment = Map.of("TAILRACE_PORT", "3", "TAILRACE_ADMIN_PORT", "3", "PATH", "/bin");

        Settings settings = SettingsLoader.load(
                Map.of(TailraceSettings.DATA_DIR, dataDir.toString(), TailraceSettings.PORT, "4"), config, environment);

        assertThat(settings.get(TailraceSettings.PORT)).isEqualTo(4);
        assertThat(settings.origin(TailraceSettings.PORT)).isEqualTo("flag --port");
        assertThat(settings.get(TailraceSettings.ADMIN_PORT)).isEqualTo(3);
        assertThat(settings.origin(TailraceSettings.ADMIN_PORT)).isEqualTo("environment variable TAILRACE_ADMIN_PORT");
        assertThat(settings.get(TailraceSettings.KAFKA_PORT)).isEqualTo(2);
        assertThat(settings.origin(TailraceSettings.KAFKA_PORT)).isEqualTo("file " + config);
        assertThat(settings.get(TailraceSettings.HTTP_WORKER_THREADS)).isEqualTo(1);
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        Files.writeString(config, "port = 7\ndata.dir = " + dataDir + "\n");
        Settings settings = SettingsLoader.load(Map.of(), null, Map.of("TAILRACE_CONFIG", config.toString()));
        assertThat(settings.get(TailraceSettings.PORT)).isEqualTo(7);
        assertThat(settings.get(TailraceSettings.DATA_DIR)).isEqualTo(dataDir);
    }

    @Test
    void aBadValueIsNamedWithItsOriginAndWhatIsAllowed() throws IOException {
        Files.writeString(config, "kafka.bootstrap.servers = nonsense\n");
        assertThatThrownBy(() -> SettingsLoader.load(
                        Map.of(TailraceSettings.PORT, "eighty"), config, Map.of("TAILRACE_DURABILITY", "gold")))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.problems())
                                .containsExactlyInAnyOrder(
                                        "setting port: 'eighty' (from flag --port) cannot be used; allowed: a whole number from 0 "
                                                + "to 65535",
                                        "setting durability: 'gold' (from environment variable TAILRACE_DURABILITY) cannot be "
                                                + "used; allowed: one of process, disk, replicated",
                                        "setting kafka.bootstrap.servers: 'nonsense' (from file " + config
                                                + ") cannot be used; allowed: host:port, several with commas; empty for none"));
    }

    @Test
    void unknownNamesAreRefusedWithANearOne() throws IOException {
        Files.writeString(config, "kafkaPort = 1\nno.such.thing = 2\n");
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), config, Map.of("TAILRACE_PROT", "3")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("kafkaPort")
                .hasMessageContaining("did you mean kafka.port?")
                .hasMessageContaining("no.such.thing: '2' (from file " + config + ")")
                .hasMessageContaining("TAILRACE_PROT: '3' (from environment)");
    }

    @Test
    void aFileGivesEachSettingOnce() throws IOException {
        Files.writeString(config, "port = 1\nport = 2\n");
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), config, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("setting port: '2' (from file " + config + ")")
                .hasMessageContaining("more than once");
    }

    @Test
    void aMissingFileIsRefused() {
        assertThatThrownBy(() -> SettingsLoader.load(Map.of(), config, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(config.toString())
                .hasMessageContaining("flag --config");
    }

    @Test
    void theDataDirectoryCannotMoveItself() throws IOException {
        Files.writeString(dataDir.resolve("tailrace.properties"), "data.dir = /elsewhere\n");
        assertThatThrownBy(() ->
                        SettingsLoader.load(Map.of(TailraceSettings.DATA_DIR, dataDir.toString()), null, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("data.dir: '/elsewhere'");
    }

    @Test
    void namesFlagsAndVariablesAreUnique() {
        Set<String> seen = new HashSet<>();
        for (Setting<?> setting : TailraceSettings.all()) {
            assertThat(seen.add(setting.name())).as(setting.name()).isTrue();
            assertThat(seen.add(setting.flag())).as(setting.flag()).isTrue();
            assertThat(seen.add(setting.environmentVariable()))
                    .as(setting.environmentVariable())
                    .isTrue();
        }
    }

    @Test
    void everyDefaultIsAllowed() {
        for (Setting<?> setting : TailraceSettings.all()) {
            assertThat(setting.type().parse(setting.defaultText()))
                    .as(setting.name())
                    .isEqualTo(setting.defaultValue());
        }
    }
}
