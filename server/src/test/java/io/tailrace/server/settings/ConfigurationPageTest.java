package io.tailrace.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md says what the registry says. To write it anew:
 * {@code mvn -pl server -am -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dtailrace.docs.write=true test}
 */
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageIsUpToDate() throws IOException {
        if (Boolean.getBoolean("tailrace.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ConfigurationPage.render());
        }
        assertThat(PAGE).exists();
        assertThat(Files.readString(PAGE)).isEqualTo(ConfigurationPage.render());
    }
}
