package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.server.process.Programs.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The AWS SDKs for JavaScript, versions 3 and 2, work unchanged; the scripts are in src/test/e2e. */
final class NodeSdkIT {
    private static final Path SCRIPTS = Path.of("src", "test", "e2e");

    @TempDir
    private static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Programs.exists("node") && Programs.exists("npm"), "Node.js is not installed here");
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(SCRIPTS.resolve(file), folder.resolve(file));
        }
        Outcome installed = Programs.run(
                folder,
                Map.of(),
                List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"));
        assumeTrue(installed.exitCode() == 0, "the SDKs cannot be installed here: " + installed.output());
        server = ServerProcess.start(folder.resolve("data"), "--kafka-enabled", "false")
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Each begins without tables, and leaves none. */
    @ParameterizedTest
    @ValueSource(strings = {"sdk.mjs", "documents.mjs", "sdk-v2.mjs"})
    void theScriptSucceeds(String script) throws IOException, InterruptedException {
        Files.copy(SCRIPTS.resolve(script), folder.resolve(script));
        Outcome outcome = Programs.run(folder, Map.of(), List.of("node", script, server.endpoint()));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).endsWith("ok\n");
    }
}
