package io.tailrace.server.protocol;

import io.tailrace.engine.operation.AttributeDefinition;
import io.tailrace.engine.operation.BillingModeSummary;
import io.tailrace.engine.operation.CreateTableResponse;
import io.tailrace.engine.operation.DeleteTableResponse;
import io.tailrace.engine.operation.DescribeContinuousBackupsResponse;
import io.tailrace.engine.operation.DescribeContributorInsightsResponse;
import io.tailrace.engine.operation.DescribeLimitsResponse;
import io.tailrace.engine.operation.DescribeTableResponse;
import io.tailrace.engine.operation.DescribeTimeToLiveResponse;
import io.tailrace.engine.operation.GlobalSecondaryIndexDescription;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.engine.operation.ListTablesResponse;
import io.tailrace.engine.operation.ListTagsOfResourceResponse;
import io.tailrace.engine.operation.LocalSecondaryIndexDescription;
import io.tailrace.engine.operation.OnDemandThroughput;
import io.tailrace.engine.operation.ProjectionSpecification;
import io.tailrace.engine.operation.SseDescription;
import io.tailrace.engine.operation.StreamSpecification;
import io.tailrace.engine.operation.TableClassSummary;
import io.tailrace.engine.operation.TableDescription;
import io.tailrace.engine.operation.Tag;
import io.tailrace.engine.operation.ThroughputDescription;
import io.tailrace.engine.operation.TimeToLiveSpecification;
import io.tailrace.engine.operation.UpdateTableResponse;
import io.tailrace.engine.operation.UpdateTimeToLiveResponse;
import io.tailrace.engine.operation.WarmThroughputDescription;
import java.io.IOException;
import java.util.List;

/** The answers of the operations on tables, member by member. (API Reference.) */
final class TableResponses {
    private static final long ENDPOINT_CACHE_MINUTES = 1440;

    private TableResponses() {}

    static void createTable(JsonWriter out, CreateTableResponse response) throws IOException {
        out.member("TableDescription", response.table(), TableResponses::table);
    }

    static void deleteTable(JsonWriter out, DeleteTableResponse response) throws IOException {
        out.member("TableDescription", response.table(), TableResponses::table);
    }

    static void updateTable(JsonWriter out, UpdateTableResponse response) throws IOException {
        out.member("TableDescription", response.tableDescription(), TableResponses::table);
    }

    static void listTagsOfResource(JsonWriter out, ListTagsOfResourceResponse response) throws IOException {
        out.list("Tags", response.tags(), TableResponses::tag);
    }

    static void describeTable(JsonWriter out, DescribeTableResponse response) throws IOException {
        out.member("Table", response.table(), TableResponses::table);
    }

    static void describeContinuousBackups(JsonWriter out, DescribeContinuousBackupsResponse response)
            throws IOException {
        out.member("ContinuousBackupsDescription", response, (json, description) -> {
            json.startObject();
            json.member("ContinuousBackupsStatus", description.continuousBackupsStatus());
            json.member(
                    "PointInTimeRecoveryDescription",
                    description.pointInTimeRecoveryStatus(),
                    TableResponses::pointInTimeRecovery);
            json.endObject();
        });
    }

    static void describeContributorInsights(JsonWriter out, DescribeContributorInsightsResponse response)
            throws IOException {
        out.member("TableName", response.tableName());
        out.member("IndexName", response.indexName());
        out.member("ContributorInsightsStatus", response.contributorInsightsStatus());
    }

    static void describeKinesisStreamingDestination(JsonWriter out, String tableName) throws IOException {
        out.member("TableName", tableName);
        out.list("KinesisDataStreamDestinations", List.<Void>of(), (json, none) -> {});
    }

    /** A list that never has elements. */
    static ApiOperation.Encoder<List<Void>> noneOf(String member) {
        return (out, nothing) -> out.list(member, nothing, (json, none) -> {});
    }

    private static void pointInTimeRecovery(JsonWriter out, String status) throws IOException {
        out.startObject();
        out.member("PointInTimeRecoveryStatus", status);
        out.endObject();
    }

    static void describeLimits(JsonWriter out, DescribeLimitsResponse response) throws IOException {
        out.member("AccountMaxReadCapacityUnits", response.accountMaxReadCapacityUnits());
        out.member("AccountMaxWriteCapacityUnits", response.accountMaxWriteCapacityUnits());
        out.member("TableMaxReadCapacityUnits", response.tableMaxReadCapacityUnits());
        out.member("TableMaxWriteCapacityUnits", response.tableMaxWriteCapacityUnits());
    }

    /** The endpoint is the one that was asked; clients may keep the answer for a day, as the service's. */
    static void describeEndpoints(JsonWriter out, String host) throws IOException {
        out.list("Endpoints", List.of(host), (json, address) -> {
            json.startObject();
            json.member("Address", address);
            json.member("CachePeriodInMinutes", ENDPOINT_CACHE_MINUTES);
            json.endObject();
        });
    }

    static void listTables(JsonWriter out, ListTablesResponse response) throws IOException {
        out.list("TableNames", response.tableNames(), JsonWriter.STRING);
        out.member("LastEvaluatedTableName", response.lastEvaluatedTableName());
    }

    static void describeTimeToLive(JsonWriter out, DescribeTimeToLiveResponse response) throws IOException {
        out.member("TimeToLiveDescription", response, (json, description) -> {
            json.startObject();
            json.member("TimeToLiveStatus", description.timeToLiveStatus());
            json.member("AttributeName", description.attributeName());
            json.endObject();
        });
    }

    static void updateTimeToLive(JsonWriter out, UpdateTimeToLiveResponse response) throws IOException {
        out.member("TimeToLiveSpecification", response.timeToLiveSpecification(), TableResponses::timeToLive);
    }

    private static void tag(JsonWriter out, Tag tag) throws IOException {
        out.startObject();
        out.member("Key", tag.key());
        out.member("Value", tag.value());
        out.endObject();
    }

    private static void timeToLive(JsonWriter out, TimeToLiveSpecification specification) throws IOException {
        out.startObject();
        out.member("AttributeName", specification.attributeName());
        out.member("Enabled", specification.enabled());
        out.endObject();
    }

    private static void table(JsonWriter out, TableDescription table) throws IOException {
        out.startObject();
        out.list("AttributeDefinitions", table.attributeDefinitions(), TableResponses::attributeDefinition);
        out.member("TableName", table.tableName());
        out.list("KeySchema", table.keySchema(), TableResponses::keySchemaElement);
        out.member("TableStatus", table.tableStatus());
        out.member("CreationDateTime", table.creationDateTime());
        out.member("ProvisionedThroughput", table.provisionedThroughput(), TableResponses::throughput);
        out.member("TableSizeBytes", table.tableSizeBytes());
        out.member("ItemCount", table.itemCount());
        out.member("TableArn", table.tableArn());
        out.member("TableId", table.tableId());
        out.member("BillingModeSummary", table.billingModeSummary(), TableResponses::billingMode);
        out.list("LocalSecondaryIndexes", table.localSecondaryIndexes(), TableResponses::localIndex);
        out.list("GlobalSecondaryIndexes", table.globalSecondaryIndexes(), TableResponses::globalIndex);
        out.member("StreamSpecification", table.streamSpecification(), TableResponses::stream);
        out.member("LatestStreamLabel", table.latestStreamLabel());
        out.member("LatestStreamArn", table.latestStreamArn());
        out.member("SSEDescription", table.sseDescription(), TableResponses::encryption);
        out.member("TableClassSummary", table.tableClassSummary(), TableResponses::tableClass);
        out.member("DeletionProtectionEnabled", table.deletionProtectionEnabled());
        out.member("OnDemandThroughput", table.onDemandThroughput(), TableResponses::onDemandThroughput);
        out.member("WarmThroughput", table.warmThroughput(), TableResponses::warmThroughput);
        out.list("Replicas", table.replicas(), ReplicaResponses::replica);
        out.member("GlobalTableVersion", table.globalTableVersion());
        out.endObject();
    }

    private static void attributeDefinition(JsonWriter out, AttributeDefinition definition) throws IOException {
        out.startObject();
        out.member("AttributeName", definition.attributeName());
        out.member("AttributeType", definition.attributeType());
        out.endObject();
    }

    static void keySchemaElement(JsonWriter out, KeySchemaElement element) throws IOException {
        out.startObject();
        out.member("AttributeName", element.attributeName());
        out.member("KeyType", element.keyType());
        out.endObject();
    }

    private static void throughput(JsonWriter out, ThroughputDescription throughput) throws IOException {
        out.startObject();
        out.member("LastIncreaseDateTime", throughput.lastIncreaseDateTime());
        out.member("LastDecreaseDateTime", throughput.lastDecreaseDateTime());
        out.member("NumberOfDecreasesToday", throughput.numberOfDecreasesToday());
        out.member("ReadCapacityUnits", throughput.readCapacityUnits());
        out.member("WriteCapacityUnits", throughput.writeCapacityUnits());
        out.endObject();
    }

    private static void billingMode(JsonWriter out, BillingModeSummary billing) throws IOException {
        out.startObject();
        out.member("BillingMode", billing.billingMode());
        out.member("LastUpdateToPayPerRequestDateTime", billing.lastUpdateToPayPerRequestDateTime());
        out.endObject();
    }

    private static void localIndex(JsonWriter out, LocalSecondaryIndexDescription index) throws IOException {
        out.startObject();
        out.member("IndexName", index.indexName());
        out.list("KeySchema", index.keySchema(), TableResponses::keySchemaElement);
        out.member("Projection", index.projection(), TableResponses::projection);
        out.member("IndexSizeBytes", index.indexSizeBytes());
        out.member("ItemCount", index.itemCount());
        out.member("IndexArn", index.indexArn());
        out.endObject();
    }

    private static void globalIndex(JsonWriter out, GlobalSecondaryIndexDescription index) throws IOException {
        out.startObject();
        out.member("IndexName", index.indexName());
        out.list("KeySchema", index.keySchema(), TableResponses::keySchemaElement);
        out.member("Projection", index.projection(), TableResponses::projection);
        out.member("IndexStatus", index.indexStatus());
        out.member("Backfilling", index.backfilling());
        out.member("ProvisionedThroughput", index.provisionedThroughput(), TableResponses::throughput);
        out.member("IndexSizeBytes", index.indexSizeBytes());
        out.member("ItemCount", index.itemCount());
        out.member("IndexArn", index.indexArn());
        out.member("OnDemandThroughput", index.onDemandThroughput(), TableResponses::onDemandThroughput);
        out.member("WarmThroughput", index.warmThroughput(), TableResponses::warmThroughput);
        out.endObject();
    }

    private static void projection(JsonWriter out, ProjectionSpecification projection) throws IOException {
        out.startObject();
        out.member("ProjectionType", projection.projectionType());
        out.list("NonKeyAttributes", projection.nonKeyAttributes(), JsonWriter.STRING);
        out.endObject();
    }

    private static void stream(JsonWriter out, StreamSpecification stream) throws IOException {
        out.startObject();
        out.member("StreamEnabled", stream.streamEnabled());
        out.member("StreamViewType", stream.streamViewType());
        out.endObject();
    }

    private static void encryption(JsonWriter out, SseDescription encryption) throws IOException {
        out.startObject();
        out.member("Status", encryption.status());
        out.member("SSEType", encryption.sseType());
        out.member("KMSMasterKeyArn", encryption.kmsMasterKeyArn());
        out.endObject();
    }

    static void tableClass(JsonWriter out, TableClassSummary summary) throws IOException {
        out.startObject();
        out.member("TableClass", summary.tableClass());
        out.member("LastUpdateDateTime", summary.lastUpdateDateTime());
        out.endObject();
    }

    private static void onDemandThroughput(JsonWriter out, OnDemandThroughput throughput) throws IOException {
        out.startObject();
        out.member("MaxReadRequestUnits", throughput.maxReadRequestUnits());
        out.member("MaxWriteRequestUnits", throughput.maxWriteRequestUnits());
        out.endObject();
    }

    private static void warmThroughput(JsonWriter out, WarmThroughputDescription throughput) throws IOException {
        out.startObject();
        out.member("ReadUnitsPerSecond", throughput.readUnitsPerSecond());
        out.member("WriteUnitsPerSecond", throughput.writeUnitsPerSecond());
        out.member("Status", throughput.status());
        out.endObject();
    }
}
