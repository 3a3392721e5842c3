package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.server.process.Programs.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI works unchanged with {@code --endpoint-url}; the script is src/test/e2e/cli.sh. */
final class AwsCliIT {
    private static final Path SCRIPT = Path.of("src", "test", "e2e", "cli.sh").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void theScriptSucceeds() throws Exception {
        assumeTrue(Programs.exists("aws") && Programs.exists("bash"), "the AWS CLI is not installed here");
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), "--kafka-enabled", "false")
                .awaitReady()) {
            Outcome outcome = Programs.run(
                    folder,
                    Map.of(
                            "AWS_ACCESS_KEY_ID",
                            "anyone",
                            "AWS_SECRET_ACCESS_KEY",
                            "anything",
                            "AWS_EC2_METADATA_DISABLED",
                            "true",
                            "AWS_CONFIG_FILE",
                            folder.resolve("no-config").toString()),
                    List.of("bash", SCRIPT.toString(), server.endpoint()));
            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
            assertThat(outcome.output()).endsWith("ok\n");
        }
    }
}
