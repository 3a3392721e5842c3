package io.tailrace.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.TestEngines;
import io.tailrace.engine.error.ErrorType;
import io.tailrace.engine.journal.MutableClock;
import io.tailrace.schemas.model.AttributeValue;
import io.tailrace.schemas.model.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction that comes again with its token has no second effect, for ten minutes and across restarts. */
class IdempotentTransactionTest {
    private static final String KEY = "'Key': {'p': {'S': 'a'}, 's': {'N': '1'}}";
    private static final String ADD = "{'Update': {'TableName': 'Music', " + KEY
            + ", 'UpdateExpression': 'ADD n :one', 'ExpressionAttributeValues': {':one': {'N': '1'}}}}";
    private static final String REQUEST =
            "{'ClientRequestToken': 'token-1', 'ReturnConsumedCapacity': 'TOTAL', " + "'TransactItems': [" + ADD + "]}";

    @TempDir
    Path dir;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-05-17T10:05:03Z"));
    private TableEngine engine;
    private Api api;

    @BeforeEach
    void open() {
        open(dir.resolve("data"));
        api.createTable(ItemOperationsKit.MUSIC);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theSecondTimeOnlyReads() {
        long before = engine.appliedSequence();
        ConsumedCapacity first =
                api.transactWriteItems(REQUEST).consumedCapacity().get(0);
        assertThat(first.capacityUnits()).isEqualTo(2);
        assertThat(first.writeCapacityUnits()).isEqualTo(2);
        ConsumedCapacity second =
                api.transactWriteItems(REQUEST).consumedCapacity().get(0);
        assertThat(second.capacityUnits()).isEqualTo(2);
        assertThat(second.readCapacityUnits()).isEqualTo(2);
        assertThat(second.writeCapacityUnits()).isNull();
        assertThat(count()).isEqualTo("1");
        assertThat(engine.appliedSequence()).isEqualTo(before + 1);
        api.transactWriteItems(REQUEST.replace("token-1", "token-2"));
        assertThat(count()).isEqualTo("2");
    }

    @Test
    void spellingAndOrderOfMembersDoNotMatter() {
        String put = "{'ClientRequestToken': 'x', 'TransactItems': [{'Put': {'TableName': 'Music', 'Item': {"
                + "'p': {'S': 'a'}, 's': {'N': '1'}, 'm': {'M': {'a': {'SS': ['x', 'y']}, 'b': {'N': '10'}}}}}}]}";
        api.transactWriteItems(put);
        api.transactWriteItems("{'TransactItems': [{'Put': {'Item': {'s': {'N': '1.0'}, 'm': {'M': {'b': {'N': '1e1'}, "
                + "'a': {'SS': ['y', 'x']}}}, 'p': {'S': 'a'}}, 'TableName': 'Music'}}], 'ClientRequestToken': 'x'}");
    }

    @Test
    void anotherRequestWithTheTokenIsRefused() {
        api.transactWriteItems(REQUEST);
        for (String other : List.of(
                REQUEST.replace("'S': 'a'", "'S': 'b'"),
                REQUEST.replace("{'N': '1'}}}}", "{'N': '2'}}}}"),
                REQUEST.replace("'TOTAL'", "'INDEXES'"),
                REQUEST.replace("ADD n", "ADD k"),
                REQUEST.replace(
                        "[{'Update'",
                        "[{'Delete': {'TableName': 'Music', " + KEY.replace("'a'", "'z'") + "}}, {'Update'"))) {
            assertThat(other).isNotEqualTo(REQUEST);
            Api.assertRefused(
                    ErrorType.IDEMPOTENT_PARAMETER_MISMATCH,
                    "DynamoDB rejected the request because you retried a request with a different payload but with an "
                            + "idempotent token that was already used.",
                    () -> api.transactWriteItems(other));
        }
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void afterItsLifetimeTheTokenIsNew() {
        api.transactWriteItems(REQUEST);
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        api.transactWriteItems(REQUEST);
        assertThat(count()).isEqualTo("1");
        clock.advance(Duration.ofMillis(1));
        api.transactWriteItems(REQUEST);
        assertThat(count()).isEqualTo("2");
    }

    @Test
    void aCancelledTransactionLeavesNoToken() {
        String conditional = REQUEST.replace(
                "'UpdateExpression'", "'ConditionExpression': 'attribute_exists(p)', 'UpdateExpression'");
        Api.refusal(ErrorType.TRANSACTION_CANCELED, () -> api.transactWriteItems(conditional));
        api.putItem("{'TableName': 'Music', 'Item': {'p': {'S': 'a'}, 's': {'N': '1'}, 'n': {'N': '5'}}}");
        api.transactWriteItems(conditional);
        assertThat(count()).isEqualTo("6");
    }

    @Test
    void aTransactionThatChangesNothingIsRememberedToo() {
        String check = "{'ClientRequestToken': 'c', 'TransactItems': [{'ConditionCheck': {'TableName': 'Music', " + KEY
                + ", 'ConditionExpression': 'attribute_not_exists(p)'}}]}";
        api.transactWriteItems(check);
        api.transactWriteItems(REQUEST);
        api.transactWriteItems(check);
    }

    @Test
    void requestsThatAreCommittedTogetherAreToldApart() {
        List<CompletableFuture<TransactWriteItemsResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(engine.write(
                    new TransactWriteItemsOperation(Requests.request(TransactWriteItemsRequest.class, REQUEST))));
        }
        answers.forEach(CompletableFuture::join);
        assertThat(count()).isEqualTo("1");
    }

    @Test
    void aRestartForgetsNothing() {
        api.transactWriteItems(REQUEST);
        // As after kill -9: the state's files are old, the journal is replayed.
        TestEngines.copy(dir.resolve("data"), dir.resolve("killed"));
        engine.close();
        open(dir.resolve("killed"));
        api.transactWriteItems(REQUEST);
        assertThat(count()).isEqualTo("1");
        engine.close();
        open(dir.resolve("data"));
        api.transactWriteItems(REQUEST);
        assertThat(count()).isEqualTo("1");
        Api.refusal(
                ErrorType.IDEMPOTENT_PARAMETER_MISMATCH,
                () -> api.transactWriteItems(REQUEST.replace("'TOTAL'", "'NONE'")));
    }

    private void open(Path data) {
        engine = TableEngine.open(
                TestEngines.config(data), new EngineDependencies(clock, new SimpleMeterRegistry(), UUID::randomUUID));
        api = new Api(engine);
    }

    private String count() {
        Item item = api.getItem("{'TableName': 'Music', 'ConsistentRead': true, " + KEY + "}")
                .item();
        return ((AttributeValue.N) item.get("n")).value().toString();
    }
}
