package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.ErrorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements of a batch are done each on its own, and refused each in its place. */
class BatchExecuteStatementTest {
    private InMemoryEngine engine;

    @BeforeEach
    void createTable() {
        engine = new InMemoryEngine("eu-west-1");
        new Api(engine)
                .createTable("{'TableName': 'Music', 'BillingMode': 'PAY_PER_REQUEST', 'AttributeDefinitions': ["
                        + "{'AttributeName': 'p', 'AttributeType': 'S'}],"
                        + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'}]}");
        run("INSERT INTO Music VALUE {'p': 'a', 'x': 1}", "INSERT INTO Music VALUE {'p': 'b', 'x': 2}");
    }

    private BatchExecuteStatementResponse run(String... statements) {
        List<BatchStatementRequest> requests = Arrays.stream(statements)
                .map(statement -> new BatchStatementRequest(statement, null, null, "ALL_OLD", List.of()))
                .toList();
        return Api.join(
                new BatchExecuteStatementOperation(new BatchExecuteStatementRequest(requests, "TOTAL", List.of()))
                        .execute(engine));
    }

    private static BatchStatementResponse error(String table, String code, String message) {
        return new BatchStatementResponse(new BatchStatementError(code, message, null), table, null);
    }

    @Test
    void reads() {
        BatchExecuteStatementResponse response = run(
                "SELECT x FROM Music WHERE p = 'a'",
                "SELECT x FROM Music WHERE p = 'none'",
                "SELECT x FROM Music WHERE x = 1",
                "SELECT x FROM Nope WHERE p = 'a'",
                "EXISTS(SELECT * FROM Music WHERE p = 'a')",
                "SELECT x FROM Music WHERE p = 'b' AND x = 2");
        assertThat(response.responses())
                .containsExactly(
                        new BatchStatementResponse(null, "Music", item("{'x': {'N': '1'}}")),
                        new BatchStatementResponse(null, "Music", null),
                        error(
                                "Music",
                                "ValidationError",
                                "Select statements within BatchExecuteStatement must specify the primary key in the where"
                                        + " clause."),
                        error("Nope", "ResourceNotFound", "Requested resource not found"),
                        error(null, "ValidationError", "EXISTS can only be used in ExecuteTransaction write requests."),
                        new BatchStatementResponse(null, "Music", item("{'x': {'N': '2'}}")));
        assertThat(response.consumedCapacity()).hasSize(3).allMatch(capacity -> capacity.capacityUnits() == 0.5);
    }

    @Test
    void writes() {
        assertThat(run(
                                "INSERT INTO Music VALUE {'p': 'a'}",
                                "INSERT INTO Music VALUE {'p': 'c'}",
                                "UPDATE Music SET x = 3 WHERE p = 'b' AND x = 7",
                                "DELETE FROM Music WHERE x = 1")
                        .responses())
                .containsExactly(
                        error("Music", "DuplicateItem", "Duplicate primary key exists in table"),
                        new BatchStatementResponse(null, "Music", null),
                        new BatchStatementResponse(
                                new BatchStatementError(
                                        "ConditionalCheckFailed",
                                        "The conditional request failed",
                                        item("{'p': {'S': 'b'}, 'x': {'N': '2'}}")),
                                "Music",
                                null),
                        error(
                                "Music",
                                "ValidationError",
                                "Where clause does not contain a mandatory equality on all key attributes"));
        assertThat(run("UPDATE Music SET x = 4 WHERE p = 'b' RETURNING ALL OLD *")
                        .responses())
                .containsExactly(new BatchStatementResponse(null, "Music", item("{'p': {'S': 'b'}, 'x': {'N': '2'}}")));
    }

    @Test
    void refusesTheWholeBatch() {
        Api.assertInvalid(
                "Read and write requests together in the same batch is not supported.",
                () -> run("SELECT * FROM Music WHERE p = 'a'", "DELETE FROM Music WHERE p = 'a'"));
        Api.assertInvalid(
                "Read and write requests together in the same batch is not supported.",
                () -> run("SELECT * FROM Music WHERE p = 'a'", "DELETE FROM Music WHERE p = 'b' RETURNING ALL NEW *"));
        Api.assertInvalid(
                "Provided list of item keys contains duplicates",
                () -> run("UPDATE Music SET x = 1 WHERE p = 'a'", "DELETE FROM Music WHERE p = 'a'"));
        Api.assertInvalid(
                "1 validation error detected: Value '[]' at 'statements' failed to satisfy constraint: Member must have"
                        + " length greater than or equal to 1",
                () -> run());
        String read = "SELECT * FROM Music WHERE p = 'a'";
        Api.assertInvalid("Provided list of item keys contains duplicates", () -> run(read, read));
        assertThat(run(reads(25)).responses()).hasSize(25);
        assertThat(Api.refusal(ErrorType.VALIDATION, () -> run(reads(26))))
                .hasMessageContaining("Member must have length less than or equal to 25");
    }

    private static String[] reads(int count) {
        return IntStream.range(0, count)
                .mapToObj(key -> "SELECT * FROM Music WHERE p = '" + key + "'")
                .toArray(String[]::new);
    }

    @Test
    void statementsThatAllFailConsumeNothing() {
        assertThat(run("SELECT x FROM Music WHERE x = 1").consumedCapacity()).isNull();
    }
}
