package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailrace.server.process.Programs.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI works unchanged with {@code --endpoint-url}. */
final class AwsCliIT {
    @TempDir
    private Path folder;

    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Programs.exists("aws"), "the AWS CLI is not installed here");
        server = ServerProcess.start(folder.resolve("data"), "--kafka-enabled", "false")
                .awaitReady();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private Outcome aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "dynamodb"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--endpoint-url", server.endpoint(), "--region", "us-east-1", "--output", "json"));
        return Programs.run(
                folder,
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "anyone",
                        "AWS_SECRET_ACCESS_KEY",
                        "anything",
                        "AWS_EC2_METADATA_DISABLED",
                        "true",
                        "AWS_CONFIG_FILE",
                        folder.resolve("no-config").toString(),
                        "AWS_PAGER",
                        ""),
                command);
    }

    private String ok(String... arguments) throws IOException, InterruptedException {
        Outcome outcome = aws(arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output().replaceAll("\\s", "");
    }

    @Test
    void tablesAndItems() throws Exception {
        ok(
                "create-table",
                "--table-name",
                "Things",
                "--billing-mode",
                "PAY_PER_REQUEST",
                "--attribute-definitions",
                "AttributeName=k,AttributeType=S",
                "--key-schema",
                "AttributeName=k,KeyType=HASH");
        ok("wait", "table-exists", "--table-name", "Things");
        assertThat(ok("list-tables")).isEqualTo("{\"TableNames\":[\"Things\"]}");
        ok("put-item", "--table-name", "Things", "--item", "{\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}");
        assertThat(ok("get-item", "--table-name", "Things", "--key", "{\"k\":{\"S\":\"a\"}}", "--consistent-read"))
                .isEqualTo("{\"Item\":{\"k\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}}");
        assertThat(ok(
                        "update-item",
                        "--table-name",
                        "Things",
                        "--key",
                        "{\"k\":{\"S\":\"a\"}}",
                        "--update-expression",
                        "SET n = n + :one",
                        "--expression-attribute-values",
                        "{\":one\":{\"N\":\"1\"}}",
                        "--return-values",
                        "UPDATED_NEW"))
                .isEqualTo("{\"Attributes\":{\"n\":{\"N\":\"2\"}}}");
        assertThat(ok("scan", "--table-name", "Things")).contains("\"Count\":1");

        Outcome refused = aws(
                "put-item",
                "--table-name",
                "Things",
                "--item",
                "{\"k\":{\"S\":\"a\"}}",
                "--condition-expression",
                "attribute_not_exists(k)");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output())
                .contains("An error occurred (ConditionalCheckFailedException) when calling the PutItem operation: "
                        + "The conditional request failed");
        ok("delete-table", "--table-name", "Things");
        ok("wait", "table-not-exists", "--table-name", "Things");
    }
}
