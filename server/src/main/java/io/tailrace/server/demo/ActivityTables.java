package io.tailrace.server.demo;

import io.tailrace.server.demo.input.Activity;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The demo's tables, reached as any application would reach them: with the AWS SDK. Safe for several threads. */
final class ActivityTables implements AutoCloseable {
    static final String TABLE = "UserActivity";
    static final String TYPE_INDEX = "ActivityTypeIndex";
    /** What the activity processor writes its results back to. */
    static final String ANALYTICS_TABLE = "UserActivityAnalytics";
    /** DynamoDB's limit for one BatchWriteItem. */
    static final int MAX_BATCH = 25;

    private static final String EXPIRY = "ExpiresAt";
    private static final int MAX_ATTEMPTS = 30;

    private final DynamoDbClient client;

    ActivityTables(URI endpoint, String region) {
        client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("demo", "demo")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(60)))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MAX_ATTEMPTS)
                                .circuitBreakerEnabled(false)
                                .build())
                        .build())
                .build();
    }

    /** Creates what is not there yet; what is there stays as it is. */
    void createMissing() {
        create(CreateTableRequest.builder()
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("UserID"), attribute("Timestamp"), attribute("ActivityType"))
                .keySchema(key("UserID", KeyType.HASH), key("Timestamp", KeyType.RANGE))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(TYPE_INDEX)
                        .keySchema(key("ActivityType", KeyType.HASH), key("Timestamp", KeyType.RANGE))
                        .projection(projection -> projection.projectionType(ProjectionType.ALL))
                        .build())
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .build());
        create(CreateTableRequest.builder()
                .tableName(ANALYTICS_TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("Metric"), attribute("Bucket"))
                .keySchema(key("Metric", KeyType.HASH), key("Bucket", KeyType.RANGE))
                .build());
        TimeToLiveStatus expiry = client.describeTimeToLive(request -> request.tableName(TABLE))
                .timeToLiveDescription()
                .timeToLiveStatus();
        if (expiry == TimeToLiveStatus.DISABLED) {
            client.updateTimeToLive(request -> request.tableName(TABLE)
                    .timeToLiveSpecification(
                            specification -> specification.enabled(true).attributeName(EXPIRY)));
        }
    }

    /** Writes up to {@value #MAX_BATCH} activities; returns when every one of them is acknowledged. */
    void put(List<Activity> batch) {
        List<WriteRequest> requests = new ArrayList<>(batch.size());
        for (Activity activity : batch) {
            requests.add(WriteRequest.builder()
                    .putRequest(put -> put.item(item(activity)))
                    .build());
        }
        Map<String, List<WriteRequest>> unprocessed = Map.of(TABLE, requests);
        while (!unprocessed.isEmpty()) {
            Map<String, List<WriteRequest>> pending = unprocessed;
            unprocessed = client.batchWriteItem(request -> request.requestItems(pending))
                    .unprocessedItems();
        }
    }

    /** Whether the index shows the activity. */
    boolean isIndexed(Activity activity) {
        return client.query(QueryRequest.builder()
                                .tableName(TABLE)
                                .indexName(TYPE_INDEX)
                                .select(Select.COUNT)
                                .keyConditionExpression("ActivityType = :type AND #time = :time")
                                .expressionAttributeNames(Map.of("#time", "Timestamp"))
                                .expressionAttributeValues(Map.of(
                                        ":type", AttributeValue.fromS(activity.type()),
                                        ":time", AttributeValue.fromS(activity.timestamp())))
                                .build())
                        .count()
                > 0;
    }

    /** What the table holds, read item by item. */
    Tally tallyOfTable() {
        Tally tally = new Tally();
        scan(ScanRequest.builder().tableName(TABLE).consistentRead(true), tally);
        return tally;
    }

    /** What the index holds, read entry by entry. */
    Tally tallyOfIndex() {
        Tally tally = new Tally();
        scan(ScanRequest.builder().tableName(TABLE).indexName(TYPE_INDEX), tally);
        return tally;
    }

    /** The number of entries in the index, counted by the server. */
    long countIndex() {
        long count = 0;
        for (var page : client.scanPaginator(
                request -> request.tableName(TABLE).indexName(TYPE_INDEX).select(Select.COUNT))) {
            count += page.count();
        }
        return count;
    }

    /** One metric of the analytics table: how many actions each of its buckets has. */
    Map<String, Long> analyticsActions(String metric) {
        Map<String, Long> values = new HashMap<>();
        client.queryPaginator(request -> request.tableName(ANALYTICS_TABLE)
                        .consistentRead(true)
                        .keyConditionExpression("Metric = :metric")
                        .expressionAttributeValues(Map.of(":metric", AttributeValue.fromS(metric))))
                .items()
                .forEach(item -> values.put(
                        item.get("Bucket").s(),
                        Long.parseLong(item.get("Actions").n())));
        return values;
    }

    @Override
    public void close() {
        client.close();
    }

    private void scan(ScanRequest.Builder request, Tally tally) {
        client.scanPaginator(request.projectionExpression("ActivityType, Page, Bytes")
                        .build())
                .items()
                .forEach(item -> tally.add(
                        text(item, "ActivityType"),
                        text(item, "Page"),
                        item.containsKey("Bytes")
                                ? Long.parseLong(item.get("Bytes").n())
                                : 0));
    }

    private void create(CreateTableRequest request) {
        try {
            client.createTable(request);
        } catch (ResourceInUseException exists) {
            // A second run over the same data directory finds its tables.
        }
        client.waiter().waitUntilTableExists(describe -> describe.tableName(request.tableName()));
    }

    private static Map<String, AttributeValue> item(Activity activity) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("UserID", AttributeValue.fromS(activity.userId()));
        item.put("Timestamp", AttributeValue.fromS(activity.timestamp()));
        item.put("ActivityType", AttributeValue.fromS(activity.type()));
        item.put("Method", AttributeValue.fromS(activity.method()));
        item.put("Page", AttributeValue.fromS(activity.page()));
        item.put("Status", AttributeValue.fromN(Integer.toString(activity.status())));
        item.put("Bytes", AttributeValue.fromN(Long.toString(activity.bytes())));
        item.put(EXPIRY, AttributeValue.fromN(Long.toString(activity.expiresAt())));
        if (activity.referrer() != null) {
            item.put("Referrer", AttributeValue.fromS(activity.referrer()));
        }
        if (activity.userAgent() != null) {
            item.put("UserAgent", AttributeValue.fromS(activity.userAgent()));
        }
        return item;
    }

    /** Items that somebody else put into the table may lack what the demo's have. */
    private static String text(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? item.get(name).s() : "(none)";
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
