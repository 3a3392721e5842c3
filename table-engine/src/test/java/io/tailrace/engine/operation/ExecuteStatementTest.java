package io.tailrace.engine.operation;

import static io.tailrace.engine.operation.Requests.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.engine.error.DynamoException;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of PartiQL do what the other operations do, and are refused in DynamoDB's words. */
class ExecuteStatementTest {
    private static final String ALL_KEYS = "Where clause does not contain a mandatory equality on all key attributes";

    private InMemoryEngine engine;

    @BeforeEach
    void createTable() {
        engine = new InMemoryEngine("eu-west-1");
        new Api(engine)
                .createTable("{'TableName': 'Music', 'BillingMode': 'PAY_PER_REQUEST', 'AttributeDefinitions': ["
                        + "{'AttributeName': 'p', 'AttributeType': 'S'}, {'AttributeName': 's', 'AttributeType': 'N'},"
                        + "{'AttributeName': 'g', 'AttributeType': 'S'}, {'AttributeName': 'l', 'AttributeType': 'S'}],"
                        + "'KeySchema': [{'AttributeName': 'p', 'KeyType': 'HASH'},"
                        + "{'AttributeName': 's', 'KeyType': 'RANGE'}],"
                        + "'GlobalSecondaryIndexes': [{'IndexName': 'byG', 'KeySchema': ["
                        + "{'AttributeName': 'g', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'INCLUDE',"
                        + "'NonKeyAttributes': ['x']}}], 'LocalSecondaryIndexes': [{'IndexName': 'byL', 'KeySchema': ["
                        + "{'AttributeName': 'p', 'KeyType': 'HASH'}, {'AttributeName': 'l', 'KeyType': 'RANGE'}],"
                        + "'Projection': {'ProjectionType': 'KEYS_ONLY'}}]}");
        run("INSERT INTO \"Music\" VALUE {'p': 'a', 's': 1, 'x': 'one', 'm': {'k': [1, 2, {'z': true}]},"
                + " 'ss': <<'a', 'b'>>, 'nul': null, 'g': 'g1', 'l': 'l1'}");
        run("INSERT INTO Music VALUE {'p': 'a', 's': 2, 'x': 'it''s'}");
        run("INSERT INTO Music VALUE {'p': 'a', 's': 3}");
        run("INSERT INTO Music VALUE {'p': 'b', 's': 5}");
    }

    private ExecuteStatementResponse run(String statement, AttributeValue... parameters) {
        return execute(new ExecuteStatementRequest(
                statement,
                parameters.length == 0 ? null : Arrays.asList(parameters),
                null,
                null,
                null,
                null,
                null,
                List.of()));
    }

    private ExecuteStatementResponse page(String statement, Integer limit, String token) {
        return execute(new ExecuteStatementRequest(statement, null, true, token, limit, "TOTAL", null, List.of()));
    }

    private ExecuteStatementResponse execute(ExecuteStatementRequest request) {
        return Api.join(new ExecuteStatementOperation(request).execute(engine));
    }

    /** The sort keys of what a statement finds. */
    private List<String> found(String statement) {
        return run(statement).items().stream()
                .map(found -> ((AttributeValue.N) found.get("s")).value().toString())
                .toList();
    }

    private Item stored(String key) {
        return run("SELECT * FROM Music WHERE p = 'a' AND s = " + key).items().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    p = 'a'                                    | 1 2 3
                    p = 'a' ORDER BY s DESC                    | 3 2 1
                    p = 'a' AND s > 1                          | 2 3
                    p = 'a' AND s > 1 AND 3 > s                | 2
                    p = 'a' AND s BETWEEN 2 AND 9              | 2 3
                    p = 'a' AND s NOT BETWEEN 2 AND 9          | 1
                    p = 'a' AND s IN [1, 3]                    | 1 3
                    p = 'a' AND s NOT IN (1, 3)                | 2
                    p = 'a' AND (s = 1 OR s = 2)               | 1 2
                    p = 'a' AND NOT s = 2                      | 1 3
                    p = 'a' AND s <> 2                         | 1 3
                    p = 'a' AND p = 'b'                        | ``
                    p IN ['b', 'a'] ORDER BY p ASC             | 1 2 3 5
                    p IN ['a', 'b', 'a'] ORDER BY p DESC       | 5 1 2 3
                    p = 'a' AND x IS MISSING                   | 3
                    p = 'a' AND x IS NOT MISSING               | 1 2
                    p = 'a' AND nul IS NULL                    | 1
                    p = 'a' AND nul = null                     | 1
                    p = 'a' AND x IS STRING                    | 1 2
                    p = 'a' AND m IS STRUCT AND m.k IS LIST    | 1
                    p = 'a' AND begins_with(x, 'o')            | 1
                    p = 'a' AND CONTAINS("x", 't''')           | 2
                    p = 'a' AND attribute_type(x, 'S')         | 1 2
                    p = 'a' AND size(x) > 3                    | 2
                    p = 'a' AND m.k[0] = 1 AND m['k'][1] = 2e0 | 1
                    p = 'a' AND ss = <<'b', 'a'>>              | 1
                    p = 'a' AND m.k = [1, 2, {'z': true}]      | 1
                    p = 'a' AND 'one' = x                      | 1
                    p = 'a' AND s > -1 -- and no more          | 1 2 3
                    ((p = 'a')) AND ((s = 3));                 | 3
                    """)
    void findsWhatTheWhereClauseSays(String where, String sortKeys) {
        assertThat(String.join(" ", found("SELECT * FROM Music WHERE " + where)))
                .isEqualTo(sortKeys);
    }

    @Test
    void scansWithoutAPartitionKey() {
        assertThat(found("SELECT * FROM Music")).containsExactlyInAnyOrder("1", "2", "3", "5");
        assertThat(found("SELECT * FROM Music WHERE s > 2")).containsExactlyInAnyOrder("3", "5");
        assertThat(found("SELECT * FROM Music WHERE p = 'b' OR s = 3")).containsExactlyInAnyOrder("3", "5");
    }

    @Test
    void projectsByTheLastName() {
        assertThat(run("SELECT p, m.k[2].z, m.k[0], nope FROM Music WHERE p = 'a' AND s = 1")
                        .items())
                .containsExactly(item("{'p': {'S': 'a'}, 'z': {'BOOL': true}, 'k[0]': {'N': '1'}}"));
        assertThat(run("SELECT nope FROM Music WHERE p = 'b'").items()).containsExactly(Item.EMPTY);
    }

    @Test
    void readsIndexes() {
        assertThat(run("SELECT * FROM \"Music\".\"byG\" WHERE g = 'g1'").items())
                .containsExactly(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'g': {'S': 'g1'}, 'x': {'S': 'one'}}"));
        assertThat(run("SELECT * FROM Music.byL WHERE p = 'a' AND begins_with(l, 'l')")
                        .items())
                .containsExactly(item("{'p': {'S': 'a'}, 's': {'N': '1'}, 'l': {'S': 'l1'}}"));
        assertThat(run("SELECT x FROM Music.byL WHERE p = 'a'").items()).containsExactly(item("{'x': {'S': 'one'}}"));
        Api.assertInvalid(
                "One or more parameter values were invalid: Global secondary index byG does not project [m]",
                () -> run("SELECT m FROM Music.byG WHERE g = 'g1'"));
    }

    @Test
    void pagesThroughPartitionsByLimit() {
        String statement = "SELECT * FROM Music WHERE p IN ['a', 'b', 'c']";
        List<Item> all = new ArrayList<>();
        ExecuteStatementResponse page = page(statement, 2, null);
        int pages = 1;
        while (page.nextToken() != null) {
            all.addAll(page.items());
            page = page(statement, 2, page.nextToken());
            pages++;
        }
        all.addAll(page.items());
        assertThat(all).isEqualTo(run(statement).items()).hasSize(4);
        assertThat(pages).isEqualTo(3);
        assertThat(page(statement, 1, null).lastEvaluatedKey()).isEqualTo(item("{'p': {'S': 'a'}, 's': {'N': '1'}}"));
    }

    @Test
    void aPageThatEndsAtTheLimitHasAToken() {
        String statement = "SELECT * FROM Music WHERE p = 'a' AND s = 1";
        ExecuteStatementResponse page = page(statement, 1, null);
        assertThat(page.items()).hasSize(1);
        ExecuteStatementResponse next = page(statement, 1, page.nextToken());
        assertThat(next.items()).isEmpty();
        assertThat(next.nextToken()).isNull();
        assertThat(page(statement, null, null).nextToken()).isNull();
    }

    @Test
    void tokensFitTheirStatementOnly() {
        String token = page("SELECT * FROM Music", 1, null).nextToken();
        Api.assertInvalid("Invalid NextToken", () -> page("SELECT * FROM Music", 1, "abc"));
        Api.assertInvalid("Invalid NextToken", () -> page("SELECT * FROM Music", 1, "B" + token.substring(1)));
        Api.assertInvalid(
                "Invalid NextToken", () -> page("SELECT * FROM Music", 1, token.substring(0, token.length() - 4)));
        Api.assertInvalid("NextToken does not match request", () -> page("SELECT p FROM Music", 1, token));
    }

    @Test
    void reportsCapacity() {
        assertThat(page("SELECT * FROM Music WHERE p = 'zz' AND s = 1", null, null)
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1.0);
        assertThat(page("DELETE FROM Music WHERE p = 'b' AND s = 5", null, null)
                        .consumedCapacity()
                        .capacityUnits())
                .isEqualTo(1.0);
    }

    @Test
    void insertsOnce() {
        run(
                "INSERT INTO Music VALUE {'p': ?, 's': ?, 'l': ?, 'b': <<?>>}",
                AttributeValue.string("n"),
                AttributeValue.number(1),
                AttributeValue.string("l"),
                AttributeValue.binary((byte) 1));
        assertThat(run("SELECT * FROM Music WHERE p = 'n'").items())
                .containsExactly(item("{'p': {'S': 'n'}, 's': {'N': '1'}, 'l': {'S': 'l'}, 'b': {'BS': ['AQ==']}}"));
        Api.assertRefused(
                ErrorType.DUPLICATE_ITEM,
                "Duplicate primary key exists in table",
                () -> run("INSERT INTO Music VALUE {'p': 'n', 's': 1.0}"));
    }

    @Test
    void updatesMayNameTheItemFirst() {
        assertThat(run("FROM Music WHERE p = 'a' AND s = 1 AND attribute_exists(x) = true SET y = 'q' REMOVE nul"
                                + " RETURNING MODIFIED NEW *")
                        .items())
                .containsExactly(item("{'y': {'S': 'q'}}"));
        assertThat(stored("1").has("nul")).isFalse();
        Api.assertRefused(
                ErrorType.CONDITIONAL_CHECK_FAILED,
                "The conditional request failed",
                () -> run("FROM Music WHERE p = 'a' AND s = 1 AND attribute_exists(x) = false SET y = 1"));
    }

    @Test
    void updatesWhatIsThere() {
        assertThat(run("UPDATE Music SET c = s + 1 SET m.k = list_append(m.k, [7]), ss = set_add(ss, <<'q'>>)"
                                + " REMOVE nul WHERE p = 'a' AND s = 1 AND x = 'one' RETURNING MODIFIED NEW *")
                        .items())
                .containsExactly(
                        item(
                                "{'c': {'N': '2'}, 'ss': {'SS': ['a', 'b', 'q']},"
                                        + "'m': {'M': {'k': {'L': [{'N': '1'}, {'N': '2'}, {'M': {'z': {'BOOL': true}}}, {'N': '7'}]}}}}"));
        run(
                "UPDATE Music SET ss = set_delete(ss, ?) SET c = ? - c WHERE p = 'a' AND s = 1",
                item("{'v': {'SS': ['a', 'q']}}").get("v"),
                AttributeValue.number(10));
        assertThat(stored("1").get("ss")).isEqualTo(item("{'v': {'SS': ['b']}}").get("v"));
        assertThat(stored("1").get("c")).isEqualTo(AttributeValue.number(8));
        assertThat(run("UPDATE Music SET x = 'new' WHERE p = 'a' AND s = 2 RETURNING ALL OLD *")
                        .items())
                .containsExactly(item("{'p': {'S': 'a'}, 's': {'N': '2'}, 'x': {'S': \"it's\"}}"
                        .replace("\"it's\"", "'it\\u0027s'")));
        assertThat(run("UPDATE Music REMOVE x WHERE p = 'a' AND s = 2 RETURNING MODIFIED OLD *")
                        .items())
                .containsExactly(item("{'x': {'S': 'new'}}"));
        assertThat(run("UPDATE Music SET y = 1 WHERE p = 'a' AND s = 2 RETURNING ALL NEW *")
                        .items())
                .containsExactly(item("{'p': {'S': 'a'}, 's': {'N': '2'}, 'y': {'N': '1'}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE Music SET x = 'n' WHERE p = 'a' AND s = 99",
                "UPDATE Music SET x = 'n' WHERE p = 'a' AND s = 99 AND x IS MISSING",
                "UPDATE Music SET x = 'n' WHERE p = 'a' AND s = 1 AND x = 'two'",
                "DELETE FROM Music WHERE p = 'a' AND s = 1 AND x = 'two'"
            })
    void refusesWritesWhoseClauseDoesNotHold(String statement) {
        DynamoException refused = Api.refusal(
                ErrorType.CONDITIONAL_CHECK_FAILED,
                () -> execute(
                        new ExecuteStatementRequest(statement, null, null, null, null, null, "ALL_OLD", List.of())));
        assertThat(refused.item().isPresent()).isEqualTo(!statement.contains("99"));
    }

    @Test
    void deletes() {
        assertThat(run("DELETE FROM Music WHERE p = 'a' AND s = 3 RETURNING ALL OLD *")
                        .items())
                .containsExactly(item("{'p': {'S': 'a'}, 's': {'N': '3'}}"));
        assertThat(run("DELETE FROM Music WHERE p = 'a' AND s = 3 RETURNING ALL OLD *")
                        .items())
                .isEmpty();
        assertThat(run("DELETE FROM Music WHERE p = 'a' AND s = 3 AND x = 'q'").items())
                .isEmpty();
        assertThat(found("SELECT * FROM Music WHERE p = 'a'")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    UPDATE Music SET x = 1 WHERE p = 'a'                  | ALL_KEYS
                    UPDATE Music SET x = 1                                | ALL_KEYS
                    UPDATE Music SET x = 1 WHERE p = 'a' AND s = 1 OR p = 'b' | ALL_KEYS
                    DELETE FROM Music WHERE p = 'a' AND s > 1             | ALL_KEYS
                    UPDATE Music.byL SET x = 1 WHERE p = 'a' AND s = 1    | This operation is not supported on an index
                    UPDATE Music SET y = set_add(ss, <<'q'>>) WHERE p = 'a' AND s = 1 | The first argument to SET_ADD must equal the assignment value at 1:22:7
                    UPDATE Music SET ss = set_add(ss, 5) WHERE p = 'a' AND s = 1 | The second argument to SET_ADD must be a value with type SET at 1:31:2
                    UPDATE Music SET ss = set_delete(ss) WHERE p = 'a' AND s = 1 | SET_DELETE must have exactly two arguments at 1:23:10
                    UPDATE Music SET ss = set_add(ss, <<'x', 'x'>>) WHERE p = 'a' AND s = 1 | One or more parameter values were invalid: Input collection [x, x] contains duplicates.
                    INSERT INTO Music VALUE {'p': 'a', 's': 1, 'x': set_add(<<'a'>>, <<'b'>>)} | Unsupported data type: set_add under key root at 1:49:7
                    UPDATE Music SET p = 'q' WHERE p = 'a' AND s = 1      | One or more parameter values were invalid: Cannot update attribute p. This attribute is part of the key
                    UPDATE Music SET x = 1, x = 2 WHERE p = 'a' AND s = 1 | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [x], path two: [x]
                    UPDATE Music SET x = size(x) WHERE p = 'a' AND s = 1  | The function is not allowed in an update expression; function: size
                    DELETE FROM Music WHERE p = 'a' AND s = 1 RETURNING ALL NEW * | Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in DELETE statements.
                    DELETE FROM Music WHERE p = 1 AND s = 1               | Key attribute's data type should match its data type in table's schema: Key p
                    INSERT INTO Music VALUE {'p': 'c'}                    | Key attribute should be present in the item: Key s
                    INSERT INTO Music VALUE {'p': 1, 's': 1}              | Key attribute's data type should match its data type in table's schema: Key p
                    INSERT INTO Music VALUE 5                             | Unsupported format in item expression. Please use struct format {...} to express item values for insert statement.
                    INSERT INTO Music VALUE {'p': 'c', 's': 1} RETURNING ALL OLD * | RETURNING is not supported in INSERT
                    INSERT INTO Music VALUE {'p': 'c', 's': 1, 's': 2}    | Duplicate keys in tuple. Key: s
                    INSERT INTO Music VALUE {'p': 'c', 's': ?}            | Number of parameters in request and statement don't match.
                    SELECT * FROM Music WHERE p = 'a' ORDER BY x          | Variable reference x in ORDER BY clause must be part of the primary key
                    SELECT * FROM Music ORDER BY s                        | Must have WHERE clause in the statement when using ORDER BY clause.
                    SELECT * FROM Music WHERE s = 1 ORDER BY s            | Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.
                    SELECT p, p FROM Music                                | Duplicate identifiers in select clause: p
                    SELECT m, m.k FROM Music                              | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, k]
                    SELECT * FROM Music WHERE p = 'a' AND s > 'x'         | Key attribute's data type should match its data type in table's schema: Key s
                    SELECT * FROM Music WHERE p = ''                      | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p
                    SELECT * FROM Music WHERE x                           | WHERE clause must contain an expression that resolves to a boolean
                    SELECT * FROM Music WHERE s = 1 + 1                   | Unsupported operator in Condition Expression. Operator: +
                    SELECT * FROM Music WHERE foo(x)                      | Unrecognized function: foo at 1:27:3
                    SELECT * FROM Music WHERE EXISTS(x)                   | Unrecognized function: exists at 1:27:6
                    SELECT * FROM Music WHERE x = MISSING                 | MISSING must be compared using IS operator
                    SELECT * FROM Music WHERE s BETWEEN 2 AND 1           | The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}
                    SELECT * FROM M                                       | Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.
                    SELECT * FROM Music.nope                              | The table does not have the specified index
                    EXISTS(SELECT * FROM Music WHERE p = 'a' AND s = 1)   | EXISTS can only be used in ExecuteTransaction write requests.
                    """)
    void refuses(String statement, String message) {
        Api.assertInvalid(message.equals("ALL_KEYS") ? ALL_KEYS : message, () -> run(statement));
    }

    @Test
    void parametersStandForWholeValuesOnly() {
        AttributeValue one = AttributeValue.number(1);
        Api.assertInvalid(
                "Unsupported format in item expression. Please use struct format {...} to express item values for insert"
                        + " statement.",
                () -> run(
                        "INSERT INTO Music VALUE ?",
                        new AttributeValue.M(Map.of("p", AttributeValue.string("c"), "s", one))));
        Api.assertInvalid(
                "Unsupported data type: Parameter under key root.k",
                () -> run("INSERT INTO Music VALUE {'p': 'c', 's': 1, 'm': {'k': ?}}", one));
        Api.assertInvalid(
                "Unsupported data type: Parameter under key root.1.k",
                () -> run("UPDATE Music SET x = [1, {'k': ?}] WHERE p = 'a' AND s = 1", one));
        Api.assertInvalid(
                "Unsupported data type: Parameter under key root.0",
                () -> run("SELECT * FROM Music WHERE x IN [1, [?]]", one));
    }

    @Test
    void refusesWhatIsMissing() {
        Api.assertRefused(
                ErrorType.RESOURCE_NOT_FOUND, "Requested resource not found", () -> run("SELECT * FROM Nope"));
        Api.assertInvalid(
                "1 validation error detected: Value null at 'statement' failed to satisfy constraint: Member must not be"
                        + " null",
                () -> run(null));
    }
}
