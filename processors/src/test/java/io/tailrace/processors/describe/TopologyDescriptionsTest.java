package io.tailrace.processors.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processors.activity.ActivityTopology;
import io.tailrace.processors.gsi.GsiTopology;
import io.tailrace.processors.ttl.TtlTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proves that the topologies change only on purpose, and that the documentation shows them as they are. Run with {@code
 * -Dtailrace.docs.write=true} to write the files anew.
 */
class TopologyDescriptionsTest {
    private static final Path GOLDEN_FILES = Path.of("src/test/resources/topologies");
    private static final Path PAGE = Path.of("../docs/topologies.md");

    @ParameterizedTest
    @ValueSource(strings = {GsiTopology.NAME, TtlTopology.NAME, ActivityTopology.NAME})
    void theTopologyIsTheOneThatWasReviewed(String name) throws IOException {
        assertFile(
                GOLDEN_FILES.resolve(name + ".txt"),
                TopologyDescriptions.all("us-east-1").get(name).strip() + "\n");
    }

    @Test
    void theDocumentationIsUpToDate() throws IOException {
        assertFile(PAGE, TopologyDescriptions.markdown());
    }

    @ParameterizedTest
    @ValueSource(strings = {GsiTopology.NAME, TtlTopology.NAME, ActivityTopology.NAME})
    void noNameIsGenerated(String name) {
        assertThat(TopologyDescriptions.all("us-east-1").get(name))
                .doesNotContainPattern(Pattern.compile("(KSTREAM|KTABLE)-[A-Z-]+-\\d{10}"));
    }

    private static void assertFile(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("tailrace.docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }
}
