package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.CancellationReason;
import io.tailrace.engine.error.ErrorType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements of a transaction are done all or not at all, and cancelled with a reason for each. */
class ExecuteTransactionTest {
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

    private ExecuteTransactionResponse run(String... statements) {
        return runOnce(null, statements);
    }

    private ExecuteTransactionResponse runOnce(String token, String... statements) {
        List<ParameterizedStatement> parameterized = Arrays.stream(statements)
                .map(statement -> new ParameterizedStatement(statement, null, "ALL_OLD"))
                .toList();
        return Api.join(
                new ExecuteTransactionOperation(new ExecuteTransactionRequest(parameterized, token, "TOTAL", List.of()))
                        .execute(engine));
    }

    @Test
    void readsItemsOfOneState() {
        ExecuteTransactionResponse response =
                run("SELECT x FROM Music WHERE p = 'a'", "SELECT * FROM Music WHERE p = 'none'");
        assertThat(response.responses())
                .containsExactly(new ItemResponse(item("{'x': {'N': '1'}}")), new ItemResponse(null));
        assertThat(response.consumedCapacity()).hasSize(1);
        assertThat(response.consumedCapacity().get(0).capacityUnits()).isEqualTo(4.0);
    }

    @Test
    void writesAllOrNothing() {
        List<CancellationReason> reasons = Api.refusal(
                        ErrorType.TRANSACTION_CANCELED,
                        () -> run(
                                "UPDATE Music SET x = 7 WHERE p = 'a'",
                                "INSERT INTO Music VALUE {'p': 'b'}",
                                "EXISTS(SELECT * FROM Music WHERE p = 'c' AND x = 1)",
                                "DELETE FROM Music WHERE p = 'none'"))
                .cancellationReasons();
        assertThat(reasons)
                .containsExactly(
                        CancellationReason.NONE,
                        new CancellationReason("DuplicateItem", "Duplicate primary key exists in table", null),
                        CancellationReason.conditionalCheckFailed(null),
                        CancellationReason.NONE);
        ExecuteTransactionResponse done = run(
                "UPDATE Music SET x = x + 1 WHERE p = 'a' AND x = 1",
                "INSERT INTO Music VALUE {'p': 'c'}",
                "EXISTS(SELECT * FROM Music WHERE p = 'b' AND x = 2)");
        assertThat(done.responses()).isEmpty();
        assertThat(run("SELECT * FROM Music WHERE p = 'a'", "SELECT * FROM Music WHERE p = 'c'")
                        .responses())
                .containsExactly(
                        new ItemResponse(item("{'p': {'S': 'a'}, 'x': {'N': '2'}}")),
                        new ItemResponse(item("{'p': {'S': 'c'}}")));
    }

    @Test
    void aTokenHasOneEffect() {
        runOnce("token", "UPDATE Music SET x = x + 1 WHERE p = 'a'");
        runOnce("token", "UPDATE Music SET x = x + 1 WHERE p = 'a'");
        assertThat(run("SELECT x FROM Music WHERE p = 'a'").responses())
                .containsExactly(new ItemResponse(item("{'x': {'N': '2'}}")));
        Api.refusal(
                ErrorType.IDEMPOTENT_PARAMETER_MISMATCH,
                () -> runOnce("token", "UPDATE Music SET x = x + 2 WHERE p = 'a'"));
    }

    @Test
    void refusesStatementsThatNoTransactionHas() {
        Api.assertInvalid(
                "ExecuteTransaction API does not support both read and write operations in the same request.",
                () -> run("SELECT * FROM Music WHERE p = 'a'", "DELETE FROM Music WHERE p = 'b'"));
        Api.assertInvalid(
                "Validation failed in TransactStatements[1]: Select statements within ExecuteTransaction must specify the"
                        + " primary key in the where clause.",
                () -> run("SELECT * FROM Music WHERE p = 'a'", "SELECT * FROM Music WHERE p = 'b' AND x = 1"));
        Api.assertInvalid(
                "Validation failed in TransactStatements[0]: EXISTS() must contain a single item read with additional"
                        + " condition",
                () -> run("EXISTS(SELECT * FROM Music WHERE p = 'a')"));
        Api.assertInvalid(
                "Validation failed in TransactStatements[0]: RETURNING clause is not supported in ExecuteTransaction.",
                () -> run("UPDATE Music SET x = 1 WHERE p = 'a' RETURNING ALL OLD *"));
        Api.assertInvalid(
                "Validation failed in TransactStatements[0]: Where clause does not contain a mandatory equality on all key"
                        + " attributes",
                () -> run("DELETE FROM Music WHERE x = 1"));
        Api.assertInvalid(
                "Transaction request cannot include multiple operations on one item",
                () -> run("UPDATE Music SET x = 1 WHERE p = 'a'", "DELETE FROM Music WHERE p = 'a'"));
    }

    @Test
    void saysWhichStatementIsWrong() {
        Api.assertInvalid(
                "Validation failed in TransactStatements[1]: Unrecognized function: foo at 1:37:3",
                () -> run("DELETE FROM Music WHERE p = 'b'", "DELETE FROM Music WHERE p = 'a' AND foo(x)"));
        Api.assertInvalid(
                "Validation failed in TransactStatements[0]: Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL"
                        + " OLD * is allowed in DELETE statements.",
                () -> run("DELETE FROM Music WHERE p = 'a' RETURNING ALL NEW *"));
        Api.assertInvalid(
                "Validation failed in TransactStatements[0]: EXISTS() must contain a single item read with additional"
                        + " condition",
                () -> run("EXISTS(SELECT * FROM Music WHERE x = 1)"));
        Api.assertInvalid(
                "Statement wasn't well formed, can't be processed: Expected SELECT",
                () -> run("DELETE FROM Music WHERE p = 'b'", "EXISTS(DELETE FROM Music)"));
    }

    @Test
    void statementsAreParsedAndSortedBeforeAnyIsLookedAt() {
        Api.assertInvalid(
                "ExecuteTransaction API does not support both read and write operations in the same request.",
                () -> run("DELETE FROM Music WHERE foo(x)", "SELECT * FROM Music WHERE p = 'a'"));
    }
}
