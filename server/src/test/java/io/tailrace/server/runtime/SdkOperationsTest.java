package io.tailrace.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BackupNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContributorInsightsStatus;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.GlobalTableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ImportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PolicyNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Every operation that is answered, once with the synchronous and once with the asynchronous client of the AWS SDK. */
@SuppressWarnings("unchecked") // the SDK's methods take any number of generic consumers
final class SdkOperationsTest {
    /** What says that it is not there yet. */
    private static final Set<String> REFUSED = Set.of(
            "CreateBackup",
            "DisableKinesisStreamingDestination",
            "EnableKinesisStreamingDestination",
            "ExportTableToPointInTime",
            "ImportTable",
            "PutResourcePolicy",
            "RestoreTableFromBackup",
            "RestoreTableToPointInTime",
            "SearchVectors",
            "UpdateContinuousBackups",
            "UpdateContributorInsights",
            "UpdateKinesisStreamingDestination",
            "UpdateTableReplicaAutoScaling");

    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";

    @TempDir
    private static Path folder;

    private static ServerFixture server;

    private final Calls calls = new Calls();

    /** Which operations were called. */
    private static final class Calls implements ExecutionInterceptor {
        private final Set<String> names = new ConcurrentSkipListSet<>();

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            names.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        }
    }

    @BeforeAll
    static void start() {
        server = ServerFixture.withoutKafka(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void synchronously() {
        try (DynamoDbClient client = server.client(calls)) {
            everything(client, "Sync");
        }
        assertThat(calls.names).isEqualTo(answered());
    }

    @Test
    void asynchronously() {
        try (DynamoDbAsyncClient client = server.asyncClient(calls)) {
            everything(BlockingView.of(client), "Async");
        }
        assertThat(calls.names).isEqualTo(answered());
    }

    private static Set<String> answered() {
        Set<String> names = new TreeSet<>();
        for (Method method : DynamoDbClient.class.getMethods()) {
            if (method.getParameterCount() == 1
                    && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                    && !method.getName().endsWith("Paginator")) {
                names.add(method.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                        + method.getName().substring(1));
            }
        }
        names.removeAll(REFUSED);
        return names;
    }

    private static void everything(DynamoDbClient client, String table) {
        createTable(client, table);
        singleItems(client, table);
        reads(client, table);
        batches(client, table);
        transactions(client, table);
        statements(client, table);
        tableSettings(client, table);
        absentFeatures(client, table);
        client.deleteTable(r -> r.tableName(table));
        DynamoDbWaiter.builder().client(client).build().waitUntilTableNotExists(r -> r.tableName(table));
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue n(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }

    private static Map<String, AttributeValue> key(int sort) {
        return Map.of("k", s("a"), "r", n(sort));
    }

    private static Map<String, AttributeValue> item(int sort) {
        return Map.of("k", s("a"), "r", n(sort), "l", s("l" + sort % 3));
    }

    private static KeySchemaElement part(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static void createTable(DynamoDbClient client, String table) {
        client.createTable(r -> r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("k", ScalarAttributeType.S),
                        attribute("r", ScalarAttributeType.N),
                        attribute("l", ScalarAttributeType.S))
                .keySchema(part("k", KeyType.HASH), part("r", KeyType.RANGE))
                .localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("ByL")
                        .keySchema(part("k", KeyType.HASH), part("l", KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.ALL))
                        .build())
                .tags(Tag.builder().key("team").value("a").build()));
        DynamoDbWaiter.builder().client(client).build().waitUntilTableExists(r -> r.tableName(table));
        assertThat(client.listTablesPaginator(r -> r.limit(1)).tableNames()).contains(table);
        assertThat(client.describeTable(r -> r.tableName(ARN + table)).table().tableArn())
                .isEqualTo(ARN + table);
    }

    private static void singleItems(DynamoDbClient client, String table) {
        for (int i = 0; i < 10; i++) {
            int sort = i;
            assertThat(client.putItem(r -> r.tableName(table)
                                    .item(item(sort))
                                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                                    .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE))
                            .itemCollectionMetrics()
                            .itemCollectionKey())
                    .isEqualTo(Map.of("k", s("a")));
        }
        client.updateItem(r -> r.tableName(ARN + table)
                .key(key(3))
                .updateExpression("SET n = :v")
                .expressionAttributeValues(Map.of(":v", n(7))));
        assertThat(client.getItem(r -> r.tableName(table).key(key(3)).attributesToGet("n"))
                        .item())
                .isEqualTo(Map.of("n", n(7)));
        client.deleteItem(r -> r.tableName(table).key(key(9)));
    }

    private static void reads(DynamoDbClient client, String table) {
        assertThat(client.queryPaginator(r -> r.tableName(table)
                                .indexName("ByL")
                                .limit(2)
                                .consistentRead(true)
                                .keyConditionExpression("k = :k AND l = :l")
                                .expressionAttributeValues(Map.of(":k", s("a"), ":l", s("l0"))))
                        .items())
                .hasSize(3);
        assertThat(client.scan(r -> r.tableName(table).select(Select.COUNT)).count())
                .isEqualTo(9);
        assertThat(client.scanPaginator(r -> r.tableName(table).indexName("ByL").limit(4))
                        .items())
                .hasSize(9);
    }

    private static void batches(DynamoDbClient client, String table) {
        assertThat(client.batchWriteItem(r -> r.requestItems(Map.of(
                                table,
                                List.of(
                                        WriteRequest.builder()
                                                .putRequest(p -> p.item(item(20)))
                                                .build(),
                                        WriteRequest.builder()
                                                .deleteRequest(d -> d.key(key(0)))
                                                .build()))))
                        .hasUnprocessedItems())
                .isTrue();
        var keys = KeysAndAttributes.builder().keys(key(0), key(1), key(20)).build();
        assertThat(client.batchGetItemPaginator(r -> r.requestItems(Map.of(table, keys))).stream()
                        .mapToInt(page -> page.responses().get(table).size())
                        .sum())
                .isEqualTo(2);
    }

    private static void transactions(DynamoDbClient client, String table) {
        String token = "token-" + table;
        for (int times = 0; times < 2; times++) {
            client.transactWriteItems(r -> r.clientRequestToken(token)
                    .transactItems(
                            i -> i.update(u -> u.tableName(table)
                                    .key(key(1))
                                    .updateExpression("ADD c :one")
                                    .expressionAttributeValues(Map.of(":one", n(1)))),
                            i -> i.put(p -> p.tableName(table).item(item(21))),
                            i -> i.delete(d -> d.tableName(table).key(key(20))),
                            i -> i.conditionCheck(c ->
                                    c.tableName(table).key(key(99)).conditionExpression("attribute_not_exists(k)"))));
        }
        assertThatThrownBy(() -> client.transactWriteItems(r -> r.clientRequestToken(token)
                        .transactItems(i -> i.put(p -> p.tableName(table).item(item(22))))))
                .isInstanceOf(IdempotentParameterMismatchException.class);
        assertThat(client.transactGetItems(r -> r.transactItems(
                                i -> i.get(g -> g.tableName(table).key(key(1)).projectionExpression("c")),
                                i -> i.get(g -> g.tableName(table).key(key(20)))))
                        .responses()
                        .get(0)
                        .item())
                .as("the second call with the same token had no effect")
                .isEqualTo(Map.of("c", n(1)));
        assertThatThrownBy(() -> client.transactWriteItems(r -> r.transactItems(i -> i.put(p -> p.tableName(table)
                        .item(item(1))
                        .conditionExpression("attribute_not_exists(k)")
                        .returnValuesOnConditionCheckFailure("ALL_OLD")))))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class,
                        cancelled -> assertThat(
                                        cancelled.cancellationReasons().get(0).item())
                                .containsEntry("c", n(1)));
    }

    private static void statements(DynamoDbClient client, String table) {
        assertThat(client.executeStatement(r -> r.statement("SELECT c FROM " + table + " WHERE k = ? AND r = ?")
                                .parameters(s("a"), n(1)))
                        .items())
                .containsExactly(Map.of("c", n(1)));
        assertThat(client.batchExecuteStatement(r ->
                                r.statements(b -> b.statement("SELECT * FROM " + table + " WHERE k = 'a' AND r = 21")))
                        .responses()
                        .get(0)
                        .item())
                .isEqualTo(item(21));
        client.executeTransaction(
                r -> r.transactStatements(t -> t.statement("DELETE FROM " + table + " WHERE k = 'a' AND r = 21")));
    }

    private static void tableSettings(DynamoDbClient client, String table) {
        client.updateTable(r -> r.tableName(table).deletionProtectionEnabled(true));
        assertThatThrownBy(() -> client.deleteTable(r -> r.tableName(table))).isInstanceOf(DynamoDbException.class);
        client.updateTable(r -> r.tableName(table).deletionProtectionEnabled(false));
        client.updateTimeToLive(r -> r.tableName(table)
                .timeToLiveSpecification(t -> t.attributeName("e").enabled(true)));
        assertThat(client.describeTimeToLive(r -> r.tableName(table))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("e");
        client.tagResource(r -> r.resourceArn(ARN + table)
                .tags(Tag.builder().key("cost").value("b").build()));
        client.untagResource(r -> r.resourceArn(ARN + table).tagKeys("team"));
        assertThat(client.listTagsOfResource(r -> r.resourceArn(ARN + table)).tags())
                .containsExactly(Tag.builder().key("cost").value("b").build());
        assertThat(client.describeLimits(r -> {}).tableMaxReadCapacityUnits()).isPositive();
        assertThat(client.describeEndpoints(r -> {}).endpoints()).hasSize(1);
        assertThat(client.describeContinuousBackups(r -> r.tableName(table))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .pointInTimeRecoveryStatus())
                .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
    }

    private static void absentFeatures(DynamoDbClient client, String table) {
        assertThat(client.listBackups(r -> r.tableName(table)).backupSummaries())
                .isEmpty();
        assertThat(client.listContributorInsightsPaginator(r -> {}).stream()).hasSize(1);
        assertThat(client.listExportsPaginator(r -> {}).stream()).hasSize(1);
        assertThat(client.listImportsPaginator(r -> {}).stream()).hasSize(1);
        assertThat(client.listGlobalTables(r -> {}).globalTables()).isEmpty();
        assertThat(client.describeContributorInsights(r -> r.tableName(table)).contributorInsightsStatus())
                .isEqualTo(ContributorInsightsStatus.DISABLED);
        assertThat(client.describeKinesisStreamingDestination(r -> r.tableName(table))
                        .kinesisDataStreamDestinations())
                .isEmpty();
        assertThat(client.deleteResourcePolicy(r -> r.resourceArn(ARN + table)).revisionId())
                .isNull();
        assertThatThrownBy(() -> client.getResourcePolicy(r -> r.resourceArn(ARN + table)))
                .isInstanceOf(PolicyNotFoundException.class);
        assertThatThrownBy(() -> client.describeBackup(r -> r.backupArn(ARN + table + "/backup/1")))
                .isInstanceOf(BackupNotFoundException.class);
        assertThatThrownBy(() -> client.deleteBackup(r -> r.backupArn(ARN + table + "/backup/1")))
                .isInstanceOf(BackupNotFoundException.class);
        assertThatThrownBy(() -> client.describeExport(r -> r.exportArn(ARN + table + "/export/1")))
                .isInstanceOf(ExportNotFoundException.class);
        assertThatThrownBy(() -> client.describeImport(r -> r.importArn(ARN + table + "/import/1")))
                .isInstanceOf(ImportNotFoundException.class);
        assertThatThrownBy(() -> client.describeGlobalTable(r -> r.globalTableName(table)))
                .isInstanceOf(GlobalTableNotFoundException.class);
        assertThatThrownBy(() -> client.describeGlobalTableSettings(r -> r.globalTableName(table)))
                .isInstanceOf(GlobalTableNotFoundException.class);
        assertThatThrownBy(() -> client.updateGlobalTableSettings(r -> r.globalTableName(table)))
                .isInstanceOf(GlobalTableNotFoundException.class);
        assertThatThrownBy(() -> client.updateGlobalTable(
                        r -> r.globalTableName(table).replicaUpdates(u -> u.delete(d -> d.regionName("eu-west-1")))))
                .isInstanceOf(GlobalTableNotFoundException.class);
        assertThatThrownBy(() -> client.createGlobalTable(
                        r -> r.globalTableName(table).replicationGroup(g -> g.regionName("eu-west-1"))))
                .hasMessageContaining("version 2017.11.29 is not supported");
        assertThatThrownBy(() -> client.describeTableReplicaAutoScaling(r -> r.tableName(table)))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
