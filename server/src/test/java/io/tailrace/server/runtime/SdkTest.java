package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The AWS SDK for Java, synchronous and asynchronous, works unchanged with each operation. */
final class SdkTest {
    @TempDir
    private static Path folder;

    private static ServerFixture server;
    private static DynamoDbClient client;
    private static DynamoDbAsyncClient async;

    @BeforeAll
    static void start() {
        server = ServerFixture.withoutKafka(folder);
        client = server.client();
        async = server.asyncClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        async.close();
        server.close();
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static Map<String, AttributeValue> item(String partition, long sort) {
        return Map.of("k", s(partition), "r", n(sort), "v", s("value " + sort));
    }

    private static Map<String, AttributeValue> key(String partition, long sort) {
        return Map.of("k", s(partition), "r", n(sort));
    }

    private static CreateTableRequest table(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName("k")
                                .attributeType(ScalarAttributeType.S)
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName("r")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName("k")
                                .keyType(KeyType.HASH)
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName("r")
                                .keyType(KeyType.RANGE)
                                .build())
                .build();
    }

    private static String newTable() {
        String name = "t-" + UUID.randomUUID();
        client.createTable(table(name));
        client.waiter().waitUntilTableExists(r -> r.tableName(name));
        return name;
    }

    @Test
    void tablesAreCreatedListedDescribedAndDeleted() {
        String name = newTable();
        assertThat(client.describeTable(r -> r.tableName(name)).table().tableStatus())
                .isEqualTo(TableStatus.ACTIVE);
        assertThat(client.listTablesPaginator(r -> r.limit(1)).tableNames()).contains(name);
        assertThatThrownBy(() -> client.createTable(table(name))).isInstanceOf(ResourceInUseException.class);
        client.deleteTable(r -> r.tableName(name));
        client.waiter().waitUntilTableNotExists(r -> r.tableName(name));
        assertThatThrownBy(() -> client.describeTable(r -> r.tableName(name)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Requested resource not found: Table: " + name + " not found");
    }

    @Test
    void allTypesComeBackEqual() {
        String name = newTable();
        Map<String, AttributeValue> item = Map.ofEntries(
                Map.entry("k", s("all")),
                Map.entry("r", AttributeValue.fromN("-1.5")),
                Map.entry("string", s("\u00e9\u4e16\ud83d\ude00\u0000\"\\")),
                Map.entry("empty", s("")),
                Map.entry("number", AttributeValue.fromN("12345678901234567890123456789012345678")),
                Map.entry("binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, 1, -1}))),
                Map.entry("yes", AttributeValue.fromBool(true)),
                Map.entry("nothing", AttributeValue.fromNul(true)),
                Map.entry("list", AttributeValue.fromL(List.of(s("x"), n(1), AttributeValue.fromL(List.of())))),
                Map.entry("map", AttributeValue.fromM(Map.of("in", AttributeValue.fromM(Map.of("a", n(2)))))),
                Map.entry("ss", AttributeValue.fromSs(List.of("a", "b"))),
                Map.entry("ns", AttributeValue.fromNs(List.of("1", "2.5"))),
                Map.entry("bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("z")))));
        client.putItem(r -> r.tableName(name).item(item));
        assertThat(client.getItem(r -> r.tableName(name)
                                .key(Map.of("k", s("all"), "r", AttributeValue.fromN("-1.50")))
                                .consistentRead(true))
                        .item())
                .isEqualTo(item);
    }

    @Test
    void itemsAreUpdatedAndDeletedUnderConditions() {
        String name = newTable();
        assertThat(client.getItem(r -> r.tableName(name).key(key("u", 1))).hasItem())
                .isFalse();
        client.updateItem(r -> r.tableName(name)
                .key(key("u", 1))
                .updateExpression("SET #c = if_not_exists(#c, :zero) + :one")
                .expressionAttributeNames(Map.of("#c", "count"))
                .expressionAttributeValues(Map.of(":zero", n(0), ":one", n(1))));
        assertThat(client.updateItem(r -> r.tableName(name)
                                .key(key("u", 1))
                                .updateExpression("ADD #c :five")
                                .expressionAttributeNames(Map.of("#c", "count"))
                                .expressionAttributeValues(Map.of(":five", n(5)))
                                .returnValues(ReturnValue.UPDATED_NEW))
                        .attributes())
                .isEqualTo(Map.of("count", n(6)));
        assertThatThrownBy(() -> client.deleteItem(r -> r.tableName(name)
                        .key(key("u", 1))
                        .conditionExpression("#c < :limit")
                        .expressionAttributeNames(Map.of("#c", "count"))
                        .expressionAttributeValues(Map.of(":limit", n(6)))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failed -> {
                    assertThat(failed.item()).containsEntry("count", n(6));
                    assertThat(failed.requestId()).hasSize(52);
                    assertThat(failed.awsErrorDetails().errorMessage()).isEqualTo("The conditional request failed");
                });
        assertThat(client.deleteItem(r -> r.tableName(name).key(key("u", 1)).returnValues(ReturnValue.ALL_OLD))
                        .attributes())
                .containsEntry("count", n(6));
    }

    @Test
    void pagesAreWalked() {
        String name = newTable();
        for (int i = 0; i < 25; i++) {
            int sort = i;
            client.putItem(r -> r.tableName(name).item(item(sort % 2 == 0 ? "even" : "odd", sort)));
        }
        assertThat(client
                        .queryPaginator(r -> r.tableName(name)
                                .limit(3)
                                .scanIndexForward(false)
                                .keyConditionExpression("k = :k AND r BETWEEN :a AND :b")
                                .expressionAttributeValues(Map.of(":k", s("even"), ":a", n(3), ":b", n(20))))
                        .items()
                        .stream()
                        .map(found -> Integer.parseInt(found.get("r").n()))
                        .toList())
                .containsExactly(20, 18, 16, 14, 12, 10, 8, 6, 4);
        Set<Map<String, AttributeValue>> scanned = new HashSet<>();
        for (int segment = 0; segment < 4; segment++) {
            int part = segment;
            client.scanPaginator(r ->
                            r.tableName(name).segment(part).totalSegments(4).limit(2))
                    .items()
                    .forEach(found -> assertThat(scanned.add(found)).isTrue());
        }
        assertThat(scanned).hasSize(25);
        assertThat(client.scan(r -> r.tableName(name)
                                .filterExpression("r >= :r")
                                .expressionAttributeValues(Map.of(":r", n(20)))
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                        .count())
                .isEqualTo(5);
    }

    @Test
    void batchesWriteAndRead() {
        String name = newTable();
        List<WriteRequest> puts = IntStream.range(0, 25)
                .mapToObj(i -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(item("b", i)).build())
                        .build())
                .toList();
        assertThat(client.batchWriteItem(r -> r.requestItems(Map.of(name, puts)))
                        .unprocessedItems())
                .isEmpty();
        List<Map<String, AttributeValue>> keys =
                IntStream.range(20, 30).mapToObj(i -> key("b", i)).toList();
        assertThat(client.batchGetItem(r -> r.requestItems(Map.of(
                                name, KeysAndAttributes.builder().keys(keys).build())))
                        .responses()
                        .get(name))
                .hasSize(5);
    }

    @Test
    void timeToLiveIsSwitchedOn() {
        String name = newTable();
        client.updateTimeToLive(r -> r.tableName(name)
                .timeToLiveSpecification(t -> t.attributeName("e").enabled(true)));
        assertThat(client.describeTimeToLive(r -> r.tableName(name))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("e");
    }

    @Test
    void refusalsHaveTheirTypes() {
        String name = newTable();
        assertThatThrownBy(() -> client.putItem(r -> r.tableName(name).item(Map.of("k", s("no sort key")))))
                .isInstanceOfSatisfying(DynamoDbException.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
                    assertThat(refused.statusCode()).isEqualTo(400);
                });
        assertThatThrownBy(() -> client.createBackup(r -> r.tableName(name).backupName("abc")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Tailrace does not support the operation CreateBackup yet.");
    }

    @Test
    void manyAsynchronousCallsAtOnceAllSucceed() {
        String name = newTable();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int sort = i;
            calls.add(async.putItem(r -> r.tableName(name).item(item("async", sort))));
        }
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
        assertThat(async.query(r -> r.tableName(name)
                                .keyConditionExpression("k = :k")
                                .expressionAttributeValues(Map.of(":k", s("async")))
                                .consistentRead(true))
                        .join()
                        .count())
                .isEqualTo(500);
        assertThat(async.describeTable(r -> r.tableName(name)).join().table().tableName())
                .isEqualTo(name);
        assertThatThrownBy(() -> async.getItem(r -> r.tableName("no-such-table").key(key("x", 1)))
                        .join())
                .hasCauseInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void theEnhancedClientWorks() {
        String name = newTable();
        var documents = DynamoDbEnhancedClient.builder()
                .dynamoDbClient(client)
                .build()
                .table(
                        name,
                        TableSchema.documentSchemaBuilder()
                                .addIndexPartitionKey(TableMetadata.primaryIndexName(), "k", AttributeValueType.S)
                                .addIndexSortKey(TableMetadata.primaryIndexName(), "r", AttributeValueType.N)
                                .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
                                .build());
        documents.putItem(EnhancedDocument.fromJson("{\"k\":\"doc\",\"r\":7,\"nested\":{\"list\":[1,true,null]}}"));
        EnhancedDocument found = documents.getItem(
                Key.builder().partitionValue("doc").sortValue(7).build());
        assertThat(found.toJson()).contains("\"nested\":{\"list\":[1,true,null]}");
    }

    @Test
    void largeItemsTravel() {
        String name = newTable();
        Map<String, AttributeValue> large = Map.of("k", s("large"), "r", n(1), "v", s("x".repeat(399 * 1024)));
        client.putItem(r -> r.tableName(name).item(large));
        assertThat(client.getItem(r -> r.tableName(name).key(key("large", 1))).item())
                .isEqualTo(large);
    }
}
