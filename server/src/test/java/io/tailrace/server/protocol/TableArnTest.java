package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a request names a table that exists, the table's ARN does as well, and that of another region does not. */
final class TableArnTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/Things";
    private static final String ELSEWHERE = "arn:aws:dynamodb:eu-west-1:000000000000:table/Things";
    /** Make tables, list those of a name, or are about a name and not a table. */
    private static final Set<String> NOT_OF_A_TABLE = Set.of(
            "CreateGlobalTable",
            "CreateTable",
            "DescribeGlobalTable",
            "DescribeGlobalTableSettings",
            "ListBackups",
            "ListTables",
            "UpdateGlobalTable",
            "UpdateGlobalTableSettings");

    @TempDir
    private Path folder;

    @Test
    void everyOperationTakesArns() throws IOException {
        Set<String> tried = new TreeSet<>();
        try (ApiFixture api = new ApiFixture(folder)) {
            for (String table : RequestCorpus.TABLES) {
                assertThat(api.call("CreateTable", table).status()).isEqualTo(200);
            }
            for (var requests : RequestCorpus.REQUESTS.entrySet()) {
                if (!NOT_OF_A_TABLE.contains(requests.getKey())) {
                    tryAll(api, requests.getKey(), requests.getValue(), tried);
                }
            }
        }
        assertThat(tried)
                .contains("BatchGetItem", "DescribeTable", "ExecuteStatement", "Query", "Scan", "TransactWriteItems");
    }

    private static void tryAll(ApiFixture api, String operation, List<String> bodies, Set<String> tried)
            throws IOException {
        for (String body : bodies) {
            String byArn = withName(body, ARN);
            if (byArn.equals(body)) {
                continue;
            }
            tried.add(operation);
            String plain = outcome(api.call(operation, body));
            assertThat(outcome(api.call(operation, byArn)))
                    .as("%s %s", operation, byArn)
                    .isEqualTo(plain);
            assertThat(api.call(operation, withName(body, ELSEWHERE)).text())
                    .as("%s in another region", operation)
                    .containsAnyOf("ResourceNotFound", "TableNotFound", "Global table with name");
        }
    }

    /** In members, in the keys of maps, and in statements. */
    private static String withName(String body, String name) {
        return body.replace("\"Things\"", '"' + name + '"').replace("\\\"Things\\\"", "\\\"" + name + "\\\"");
    }

    /** Whether it was done, or else the error's type. */
    private static String outcome(Response response) {
        return response.status() == 200 ? "ok" : response.text().replaceAll("^\\{\"__type\":\"([^\"]*)\".*", "$1");
    }
}
