package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** LZ4's native library leaves no file behind, however the process ends. */
class CompressionLibraryTest {
    @Test
    void theFileIsGoneOnceItIsLoaded() throws Exception {
        assumeThat(Path.of("/proc/self/maps")).exists();
        CompressionLibrary.load();
        assertThat(Files.readString(Path.of("/proc/self/maps")))
                .containsPattern("/liblz4-java-[^/]+\\.so \\(deleted\\)");
        assertThat(CompressionLibrary.unpacked()).isEmpty();
        CompressionLibrary.load();
    }
}
