package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.server.process.Programs.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS SDK for JavaScript works unchanged; the script is src/test/e2e/sdk.mjs. */
final class NodeSdkIT {
    private static final Path SCRIPTS = Path.of("src", "test", "e2e");

    @TempDir
    private Path folder;

    @Test
    void theScriptSucceeds() throws Exception {
        assumeTrue(Programs.exists("node") && Programs.exists("npm"), "Node.js is not installed here");
        for (String file : List.of("package.json", "package-lock.json", "sdk.mjs")) {
            Files.copy(SCRIPTS.resolve(file), folder.resolve(file));
        }
        Outcome installed = Programs.run(
                folder,
                Map.of(),
                List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"));
        assumeTrue(installed.exitCode() == 0, "the SDK cannot be installed here: " + installed.output());
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), "--kafka-enabled", "false")
                .awaitReady()) {
            Outcome outcome = Programs.run(folder, Map.of(), List.of("node", "sdk.mjs", server.endpoint()));
            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            assertThat(outcome.output()).endsWith("ok\n");
        }
    }
}
