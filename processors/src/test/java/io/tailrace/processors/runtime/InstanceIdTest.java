package io.tailrace.processors.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves that an instance keeps its identity over restarts, and gets one whatever is left of an earlier life. */
class InstanceIdTest {
    @TempDir
    Path directory;

    @Test
    void isMadeOnceForEachApplication() throws IOException {
        Path stateDir = directory.resolve("not/there/yet");
        String first = InstanceId.in(stateDir, "one", UUID::randomUUID);
        assertThat(InstanceId.in(stateDir, "one", UUID::randomUUID)).isEqualTo(first);
        assertThat(InstanceId.in(stateDir, "other", UUID::randomUUID)).isNotEqualTo(first);
    }

    @Test
    void anEmptyFileIsWrittenAnew() throws IOException {
        Files.writeString(directory.resolve("one.instance-id"), "\n");
        UUID id = new UUID(1, 2);
        assertThat(InstanceId.in(directory, "one", () -> id)).isEqualTo(id.toString());
    }
}
