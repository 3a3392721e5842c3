package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.runtime.ServerFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ReplicaStatus;
import software.amazon.awssdk.services.dynamodb.model.ReplicationGroupUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The table that the tests of global tables use, as a client of any region sees it. */
final class GlobalOrders {
    static final String TABLE = "Orders";
    static final String KEY = "k";
    static final String VALUE = "v";
    static final String GROUP = "g";
    private static final int BATCH = 25;
    private static final int GROUPS = 7;

    private GlobalOrders() {}

    static void create(DynamoDbClient client) {
        client.createTable(r -> r.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute(KEY))
                .keySchema(hash(KEY))
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement hash(String name) {
        return KeySchemaElement.builder()
                .attributeName(name)
                .keyType(KeyType.HASH)
                .build();
    }

    static void addReplica(DynamoDbClient client, String region) {
        client.updateTable(r -> r.tableName(TABLE)
                .replicaUpdates(ReplicationGroupUpdate.builder()
                        .create(c -> c.regionName(region))
                        .build()));
    }

    static void deleteReplica(DynamoDbClient client, String region) {
        client.updateTable(r -> r.tableName(TABLE)
                .replicaUpdates(ReplicationGroupUpdate.builder()
                        .delete(c -> c.regionName(region))
                        .build()));
    }

    static void addIndex(DynamoDbClient client, String name, String attribute) {
        client.updateTable(r -> r.tableName(TABLE)
                .attributeDefinitions(attribute(attribute))
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .create(c -> c.indexName(name)
                                .keySchema(hash(attribute))
                                .projection(p -> p.projectionType(ProjectionType.ALL)))
                        .build()));
    }

    static Map<String, AttributeValue> key(String key) {
        return Map.of(KEY, AttributeValue.fromS(key));
    }

    static Map<String, AttributeValue> item(String key, String value) {
        return Map.of(
                KEY, AttributeValue.fromS(key),
                VALUE, AttributeValue.fromS(value),
                GROUP, AttributeValue.fromS("group-" + Math.floorMod(key.hashCode(), GROUPS)));
    }

    static void put(DynamoDbClient client, String key, String value) {
        client.putItem(r -> r.tableName(TABLE).item(item(key, value)));
    }

    static void delete(DynamoDbClient client, String key) {
        client.deleteItem(r -> r.tableName(TABLE).key(key(key)));
    }

    /** Puts items with the keys {@code key-0} and so on. */
    static void fill(DynamoDbClient client, String value, int items) {
        List<WriteRequest> batch = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            Map<String, AttributeValue> item = item("key-" + i, value);
            batch.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
            if (batch.size() == BATCH || i == items - 1) {
                List<WriteRequest> requests = List.copyOf(batch);
                assertThat(client.batchWriteItem(r -> r.requestItems(Map.of(TABLE, requests)))
                                .unprocessedItems())
                        .isEmpty();
                batch.clear();
            }
        }
    }

    /** The values by their keys. */
    static Map<String, String> items(DynamoDbClient client) {
        Map<String, String> items = new TreeMap<>();
        client.scanPaginator(r -> r.tableName(TABLE).consistentRead(true))
                .items()
                .forEach(item -> items.put(item.get(KEY).s(), item.get(VALUE).s()));
        return items;
    }

    /** What the index holds of all that was acknowledged; each item is in it once. */
    private static Map<String, String> indexed(DynamoDbClient client, String index) {
        Map<String, String> items = new HashMap<>();
        client.scanPaginator(r -> r.tableName(TABLE)
                        .indexName(index)
                        .overrideConfiguration(o -> o.putHeader("x-tailrace-wait-for-indexes", "true")))
                .items()
                .forEach(item -> assertThat(
                                items.put(item.get(KEY).s(), item.get(VALUE).s()))
                        .as("another entry of %s", item)
                        .isNull());
        return items;
    }

    /**
     * The index has what the table has: at the first reading that is not refused, for nobody writes meanwhile and it waits for
     * what was written.
     */
    static void requireIndexed(DynamoDbClient client, String index) {
        Map<String, String> found = new HashMap<>();
        ServerFixture.await("the index " + index + " can be read", () -> {
            try {
                found.clear();
                found.putAll(indexed(client, index));
                return true;
            } catch (DynamoDbException refused) {
                assertThat(refused.statusCode()).as(refused.getMessage()).isGreaterThanOrEqualTo(500);
                return false;
            }
        });
        assertThat(found).isEqualTo(items(client));
    }

    static TableDescription table(DynamoDbClient client) {
        return client.describeTable(r -> r.tableName(TABLE)).table();
    }

    /** Waits until the table is there and like this. */
    static void await(String what, DynamoDbClient client, Predicate<TableDescription> condition) {
        ServerFixture.await(what, () -> {
            try {
                return condition.test(table(client));
            } catch (ResourceNotFoundException notYet) {
                return false;
            }
        });
    }

    /** Waits until the table and all others that it names are ACTIVE, as it shows them. */
    static void awaitReplicas(DynamoDbClient client, int others) {
        await(
                others + " other active replicas",
                client,
                table -> table.tableStatus() == TableStatus.ACTIVE
                        && table.replicas().size() >= others
                        && table.replicas().stream()
                                .allMatch(replica -> replica.replicaStatus() == ReplicaStatus.ACTIVE));
    }

    static void awaitIndex(DynamoDbClient client, String index) {
        await(
                "the index " + index + " is active",
                client,
                table -> table.globalSecondaryIndexes().stream()
                        .anyMatch(each -> each.indexName().equals(index) && each.indexStatus() == IndexStatus.ACTIVE));
    }

    static void awaitGone(DynamoDbClient client) {
        ServerFixture.await("the table goes", () -> {
            try {
                table(client);
                return false;
            } catch (ResourceNotFoundException gone) {
                return true;
            }
        });
    }

    static void awaitSame(DynamoDbClient one, DynamoDbClient other) {
        ServerFixture.await("equal items in both regions", () -> items(one).equals(items(other)));
    }
}
