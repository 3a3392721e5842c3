package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Statements of PartiQL work through the AWS SDK for Java: parameters, pages, batches and transactions. */
final class PartiqlSdkTest {
    @TempDir
    private static Path folder;

    @Test
    void statementsWorkThroughTheSdk() {
        try (ServerFixture server = ServerFixture.withoutKafka(folder);
                DynamoDbClient client = server.client()) {
            createTable(client);
            for (int i = 1; i <= 3; i++) {
                insert(client, i);
            }
            assertThatThrownBy(() -> insert(client, 1)).isInstanceOf(DuplicateItemException.class);
            assertThat(pages(client)).isEqualTo("321");
            batch(client);
            transaction(client);
        }
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(table -> table.tableName("Songs")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("k", ScalarAttributeType.S), attribute("r", ScalarAttributeType.N))
                .keySchema(key("k", KeyType.HASH), key("r", KeyType.RANGE)));
        client.waiter().waitUntilTableExists(request -> request.tableName("Songs"));
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void insert(DynamoDbClient client, int sort) {
        client.executeStatement(request -> request.statement("INSERT INTO \"Songs\" VALUE {'k': ?, 'r': ?}")
                .parameters(AttributeValue.fromS("a"), AttributeValue.fromN(Integer.toString(sort))));
    }

    /** The sort keys, page by page, from the last one. */
    private static String pages(DynamoDbClient client) {
        StringBuilder sorts = new StringBuilder();
        String token = null;
        do {
            String next = token;
            ExecuteStatementResponse page = client.executeStatement(
                    request -> request.statement("SELECT r FROM Songs WHERE k = 'a' ORDER BY r DESC")
                            .limit(1)
                            .nextToken(next));
            page.items().forEach(item -> sorts.append(item.get("r").n()));
            token = page.nextToken();
        } while (token != null);
        return sorts.toString();
    }

    private static void batch(DynamoDbClient client) {
        BatchExecuteStatementResponse batch = client.batchExecuteStatement(request -> request.statements(
                BatchStatementRequest.builder()
                        .statement("UPDATE Songs SET x = 'y' WHERE k = 'a' AND r = 1 RETURNING ALL NEW *")
                        .build(),
                BatchStatementRequest.builder()
                        .statement("UPDATE Songs SET x = 'y' WHERE k = 'a' AND r = 9")
                        .build()));
        assertThat(batch.responses().get(0).item())
                .isEqualTo(Map.of(
                        "k",
                        AttributeValue.fromS("a"),
                        "r",
                        AttributeValue.fromN("1"),
                        "x",
                        AttributeValue.fromS("y")));
        assertThat(batch.responses().get(1).error().code())
                .isEqualTo(BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED);
    }

    private static void transaction(DynamoDbClient client) {
        List<ParameterizedStatement> statements = List.of(
                statement("EXISTS(SELECT * FROM Songs WHERE k = 'a' AND r = 1 AND x = 'y')"),
                statement("DELETE FROM Songs WHERE k = 'a' AND r = 2"),
                statement("INSERT INTO Songs VALUE {'k': 'a', 'r': 4}"));
        client.executeTransaction(request -> request.transactStatements(statements));
        assertThat(pages(client)).isEqualTo("431");
        assertThatThrownBy(() -> client.executeTransaction(request -> request.transactStatements(statements)))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(cancelled.cancellationReasons().stream()
                                        .map(reason -> reason.code())
                                        .toList())
                                .containsExactly("None", "None", "DuplicateItem"));
    }

    private static ParameterizedStatement statement(String text) {
        return ParameterizedStatement.builder().statement(text).build();
    }
}
