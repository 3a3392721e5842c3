package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.BOOLEAN;
import static io.tailrace.server.protocol.JsonType.INTEGER;
import static io.tailrace.server.protocol.JsonType.LONG;
import static io.tailrace.server.protocol.JsonType.PRESENCE;
import static io.tailrace.server.protocol.JsonType.STRING;
import static io.tailrace.server.protocol.JsonType.listOf;

import io.tailrace.engine.operation.AttributeDefinition;
import io.tailrace.engine.operation.CreateTableRequest;
import io.tailrace.engine.operation.DeleteGlobalSecondaryIndex;
import io.tailrace.engine.operation.DeleteTableRequest;
import io.tailrace.engine.operation.DescribeContinuousBackupsRequest;
import io.tailrace.engine.operation.DescribeTableRequest;
import io.tailrace.engine.operation.DescribeTimeToLiveRequest;
import io.tailrace.engine.operation.GlobalSecondaryIndex;
import io.tailrace.engine.operation.GlobalSecondaryIndexUpdate;
import io.tailrace.engine.operation.KeySchemaElement;
import io.tailrace.engine.operation.ListTablesRequest;
import io.tailrace.engine.operation.ListTagsOfResourceRequest;
import io.tailrace.engine.operation.LocalSecondaryIndex;
import io.tailrace.engine.operation.OnDemandThroughput;
import io.tailrace.engine.operation.ProjectionSpecification;
import io.tailrace.engine.operation.SseSpecification;
import io.tailrace.engine.operation.StreamSpecification;
import io.tailrace.engine.operation.Tag;
import io.tailrace.engine.operation.TagResourceRequest;
import io.tailrace.engine.operation.Throughput;
import io.tailrace.engine.operation.TimeToLiveSpecification;
import io.tailrace.engine.operation.UntagResourceRequest;
import io.tailrace.engine.operation.UpdateGlobalSecondaryIndex;
import io.tailrace.engine.operation.UpdateTableRequest;
import io.tailrace.engine.operation.UpdateTimeToLiveRequest;
import io.tailrace.engine.operation.WarmThroughput;
import java.util.List;

/** The requests of the operations on tables, member by member. (API Reference.) */
final class TableRequests {
    private static final Member<String> TABLE_NAME = new Member<>("TableName", STRING);
    private static final Member<String> ATTRIBUTE_NAME = new Member<>("AttributeName", STRING);
    private static final Member<Boolean> ENABLED = new Member<>("Enabled", BOOLEAN);

    private static final Member<String> ATTRIBUTE_TYPE = new Member<>("AttributeType", STRING);
    private static final Member<List<AttributeDefinition>> ATTRIBUTE_DEFINITIONS = new Member<>(
            "AttributeDefinitions",
            listOf(Structure.of(
                    "AttributeDefinition",
                    in -> new AttributeDefinition(in.get(ATTRIBUTE_NAME), in.get(ATTRIBUTE_TYPE)),
                    ATTRIBUTE_NAME,
                    ATTRIBUTE_TYPE)));

    private static final Member<String> KEY_TYPE = new Member<>("KeyType", STRING);
    private static final Member<List<KeySchemaElement>> KEY_SCHEMA = new Member<>(
            "KeySchema",
            listOf(Structure.of(
                    "KeySchemaElement",
                    in -> new KeySchemaElement(in.get(ATTRIBUTE_NAME), in.get(KEY_TYPE)),
                    ATTRIBUTE_NAME,
                    KEY_TYPE)));

    private static final Member<String> PROJECTION_TYPE = new Member<>("ProjectionType", STRING);
    private static final Member<List<String>> NON_KEY_ATTRIBUTES = new Member<>("NonKeyAttributes", listOf(STRING));
    private static final Member<ProjectionSpecification> PROJECTION = new Member<>(
            "Projection",
            Structure.of(
                    "Projection",
                    in -> new ProjectionSpecification(in.get(PROJECTION_TYPE), in.get(NON_KEY_ATTRIBUTES)),
                    PROJECTION_TYPE,
                    NON_KEY_ATTRIBUTES));

    private static final Member<Long> READ_UNITS = new Member<>("ReadCapacityUnits", LONG);
    private static final Member<Long> WRITE_UNITS = new Member<>("WriteCapacityUnits", LONG);
    private static final Member<Throughput> THROUGHPUT = new Member<>(
            "ProvisionedThroughput",
            Structure.of(
                    "ProvisionedThroughput",
                    in -> new Throughput(in.get(READ_UNITS), in.get(WRITE_UNITS)),
                    READ_UNITS,
                    WRITE_UNITS));

    private static final Member<Long> MAX_READ_UNITS = new Member<>("MaxReadRequestUnits", LONG);
    private static final Member<Long> MAX_WRITE_UNITS = new Member<>("MaxWriteRequestUnits", LONG);
    private static final Member<OnDemandThroughput> ON_DEMAND_THROUGHPUT = new Member<>(
            "OnDemandThroughput",
            Structure.of(
                    "OnDemandThroughput",
                    in -> new OnDemandThroughput(in.get(MAX_READ_UNITS), in.get(MAX_WRITE_UNITS)),
                    MAX_READ_UNITS,
                    MAX_WRITE_UNITS));

    private static final Member<Long> WARM_READS = new Member<>("ReadUnitsPerSecond", LONG);
    private static final Member<Long> WARM_WRITES = new Member<>("WriteUnitsPerSecond", LONG);
    private static final Member<WarmThroughput> WARM_THROUGHPUT = new Member<>(
            "WarmThroughput",
            Structure.of(
                    "WarmThroughput",
                    in -> new WarmThroughput(in.get(WARM_READS), in.get(WARM_WRITES)),
                    WARM_READS,
                    WARM_WRITES));

    private static final Member<String> INDEX_NAME = new Member<>("IndexName", STRING);
    private static final Member<List<LocalSecondaryIndex>> LOCAL_INDEXES = new Member<>(
            "LocalSecondaryIndexes",
            listOf(Structure.of(
                    "LocalSecondaryIndex",
                    in -> new LocalSecondaryIndex(in.get(INDEX_NAME), in.get(KEY_SCHEMA), in.get(PROJECTION)),
                    INDEX_NAME,
                    KEY_SCHEMA,
                    PROJECTION)));
    private static final Member<List<GlobalSecondaryIndex>> GLOBAL_INDEXES = new Member<>(
            "GlobalSecondaryIndexes",
            listOf(Structure.of(
                    "GlobalSecondaryIndex",
                    TableRequests::globalIndex,
                    INDEX_NAME,
                    KEY_SCHEMA,
                    PROJECTION,
                    THROUGHPUT,
                    ON_DEMAND_THROUGHPUT,
                    WARM_THROUGHPUT)));

    private static final Member<String> BILLING_MODE = new Member<>("BillingMode", STRING);

    private static final Member<Boolean> STREAM_ENABLED = new Member<>("StreamEnabled", BOOLEAN);
    private static final Member<String> STREAM_VIEW_TYPE = new Member<>("StreamViewType", STRING);
    private static final Member<StreamSpecification> STREAM = new Member<>(
            "StreamSpecification",
            Structure.of(
                    "StreamSpecification",
                    in -> new StreamSpecification(in.get(STREAM_ENABLED), in.get(STREAM_VIEW_TYPE)),
                    STREAM_ENABLED,
                    STREAM_VIEW_TYPE));

    private static final Member<String> SSE_TYPE = new Member<>("SSEType", STRING);
    private static final Member<String> KMS_KEY = new Member<>("KMSMasterKeyId", STRING);
    private static final Member<SseSpecification> SSE = new Member<>(
            "SSESpecification",
            Structure.of(
                    "SSESpecification",
                    in -> new SseSpecification(in.get(ENABLED), in.get(SSE_TYPE), in.get(KMS_KEY)),
                    ENABLED,
                    SSE_TYPE,
                    KMS_KEY));

    private static final Member<String> TAG_KEY = new Member<>("Key", STRING);
    private static final Member<String> TAG_VALUE = new Member<>("Value", STRING);
    private static final Member<List<Tag>> TAGS = new Member<>(
            "Tags", listOf(Structure.of("Tag", in -> new Tag(in.get(TAG_KEY), in.get(TAG_VALUE)), TAG_KEY, TAG_VALUE)));

    private static final Member<String> TABLE_CLASS = new Member<>("TableClass", STRING);
    private static final Member<Boolean> DELETION_PROTECTION = new Member<>("DeletionProtectionEnabled", BOOLEAN);
    private static final Member<String> RESOURCE_POLICY = new Member<>("ResourcePolicy", STRING);
    private static final Member<String> GLOBAL_SOURCE = new Member<>("GlobalTableSourceArn", STRING);
    private static final Member<String> GLOBAL_SETTINGS = new Member<>("GlobalTableSettingsReplicationMode", STRING);
    private static final Member<Boolean> VECTOR_INDEXES = new Member<>("VectorIndexes", PRESENCE);

    static final Structure<CreateTableRequest> CREATE_TABLE = Structure.of(
            "CreateTableInput",
            in -> new CreateTableRequest(
                    in.get(TABLE_NAME),
                    in.get(ATTRIBUTE_DEFINITIONS),
                    in.get(KEY_SCHEMA),
                    in.get(LOCAL_INDEXES),
                    in.get(GLOBAL_INDEXES),
                    in.get(BILLING_MODE),
                    in.get(THROUGHPUT),
                    in.get(STREAM),
                    in.get(SSE),
                    in.get(TAGS),
                    in.get(TABLE_CLASS),
                    in.get(DELETION_PROTECTION),
                    in.get(WARM_THROUGHPUT),
                    in.get(ON_DEMAND_THROUGHPUT),
                    in.get(RESOURCE_POLICY),
                    in.get(GLOBAL_SOURCE),
                    in.get(GLOBAL_SETTINGS),
                    in.has(VECTOR_INDEXES)),
            TABLE_NAME,
            ATTRIBUTE_DEFINITIONS,
            KEY_SCHEMA,
            LOCAL_INDEXES,
            GLOBAL_INDEXES,
            BILLING_MODE,
            THROUGHPUT,
            STREAM,
            SSE,
            TAGS,
            TABLE_CLASS,
            DELETION_PROTECTION,
            WARM_THROUGHPUT,
            ON_DEMAND_THROUGHPUT,
            RESOURCE_POLICY,
            GLOBAL_SOURCE,
            GLOBAL_SETTINGS,
            VECTOR_INDEXES);

    private static final Member<UpdateGlobalSecondaryIndex> UPDATE_INDEX = new Member<>(
            "Update",
            Structure.of(
                    "UpdateGlobalSecondaryIndexAction",
                    in -> new UpdateGlobalSecondaryIndex(
                            in.get(INDEX_NAME),
                            in.get(THROUGHPUT),
                            in.get(ON_DEMAND_THROUGHPUT),
                            in.get(WARM_THROUGHPUT)),
                    INDEX_NAME,
                    THROUGHPUT,
                    ON_DEMAND_THROUGHPUT,
                    WARM_THROUGHPUT));
    private static final Member<GlobalSecondaryIndex> CREATE_INDEX = new Member<>(
            "Create",
            Structure.of(
                    "CreateGlobalSecondaryIndexAction",
                    TableRequests::globalIndex,
                    INDEX_NAME,
                    KEY_SCHEMA,
                    PROJECTION,
                    THROUGHPUT,
                    ON_DEMAND_THROUGHPUT,
                    WARM_THROUGHPUT));
    private static final Member<DeleteGlobalSecondaryIndex> DELETE_INDEX = new Member<>(
            "Delete",
            Structure.of(
                    "DeleteGlobalSecondaryIndexAction",
                    in -> new DeleteGlobalSecondaryIndex(in.get(INDEX_NAME)),
                    INDEX_NAME));
    private static final Member<List<GlobalSecondaryIndexUpdate>> INDEX_UPDATES = new Member<>(
            "GlobalSecondaryIndexUpdates",
            listOf(Structure.of(
                    "GlobalSecondaryIndexUpdate",
                    in -> new GlobalSecondaryIndexUpdate(
                            in.get(UPDATE_INDEX), in.get(CREATE_INDEX), in.get(DELETE_INDEX)),
                    UPDATE_INDEX,
                    CREATE_INDEX,
                    DELETE_INDEX)));

    private static final Member<String> MULTI_REGION_CONSISTENCY = new Member<>("MultiRegionConsistency", STRING);
    private static final Member<Boolean> DISASSOCIATION_PROTECTION =
            new Member<>("DisassociationProtectionEnabled", BOOLEAN);
    private static final Member<Boolean> WITNESS_UPDATES = new Member<>("GlobalTableWitnessUpdates", PRESENCE);
    private static final Member<Boolean> VECTOR_INDEX_UPDATES = new Member<>("VectorIndexUpdates", PRESENCE);

    static final Structure<UpdateTableRequest> UPDATE_TABLE = Structure.of(
            "UpdateTableInput",
            in -> new UpdateTableRequest(
                    in.get(TABLE_NAME),
                    in.get(ATTRIBUTE_DEFINITIONS),
                    in.get(BILLING_MODE),
                    in.get(THROUGHPUT),
                    in.get(INDEX_UPDATES),
                    in.get(STREAM),
                    in.get(SSE),
                    in.get(TABLE_CLASS),
                    in.get(DELETION_PROTECTION),
                    in.get(ON_DEMAND_THROUGHPUT),
                    in.get(WARM_THROUGHPUT),
                    in.get(MULTI_REGION_CONSISTENCY),
                    in.get(GLOBAL_SETTINGS),
                    in.get(DISASSOCIATION_PROTECTION),
                    in.get(ReplicaRequests.REPLICA_UPDATES),
                    in.has(WITNESS_UPDATES),
                    in.has(VECTOR_INDEX_UPDATES)),
            TABLE_NAME,
            ATTRIBUTE_DEFINITIONS,
            BILLING_MODE,
            THROUGHPUT,
            INDEX_UPDATES,
            STREAM,
            SSE,
            TABLE_CLASS,
            DELETION_PROTECTION,
            ON_DEMAND_THROUGHPUT,
            WARM_THROUGHPUT,
            MULTI_REGION_CONSISTENCY,
            GLOBAL_SETTINGS,
            DISASSOCIATION_PROTECTION,
            ReplicaRequests.REPLICA_UPDATES,
            WITNESS_UPDATES,
            VECTOR_INDEX_UPDATES);

    static final Structure<DescribeTableRequest> DESCRIBE_TABLE =
            Structure.of("DescribeTableInput", in -> new DescribeTableRequest(in.get(TABLE_NAME)), TABLE_NAME);

    static final Structure<DescribeContinuousBackupsRequest> DESCRIBE_CONTINUOUS_BACKUPS = Structure.of(
            "DescribeContinuousBackupsInput",
            in -> new DescribeContinuousBackupsRequest(in.get(TABLE_NAME)),
            TABLE_NAME);

    /** The request has no members: what matters is where it went. */
    static final Structure<String> DESCRIBE_ENDPOINTS =
            Structure.of("DescribeEndpointsRequest", Structure.Values::host);

    /** The request has no members. */
    static final Structure<Boolean> DESCRIBE_LIMITS = Structure.of("DescribeLimitsInput", in -> true);

    static final Structure<DeleteTableRequest> DELETE_TABLE =
            Structure.of("DeleteTableInput", in -> new DeleteTableRequest(in.get(TABLE_NAME)), TABLE_NAME);

    private static final Member<String> START_TABLE = new Member<>("ExclusiveStartTableName", STRING);
    private static final Member<Integer> LIMIT = new Member<>("Limit", INTEGER);

    static final Structure<ListTablesRequest> LIST_TABLES = Structure.of(
            "ListTablesInput", in -> new ListTablesRequest(in.get(START_TABLE), in.get(LIMIT)), START_TABLE, LIMIT);

    static final Structure<DescribeTimeToLiveRequest> DESCRIBE_TIME_TO_LIVE = Structure.of(
            "DescribeTimeToLiveInput", in -> new DescribeTimeToLiveRequest(in.get(TABLE_NAME)), TABLE_NAME);

    private static final Member<TimeToLiveSpecification> TIME_TO_LIVE = new Member<>(
            "TimeToLiveSpecification",
            Structure.of(
                    "TimeToLiveSpecification",
                    in -> new TimeToLiveSpecification(in.get(ATTRIBUTE_NAME), in.get(ENABLED)),
                    ATTRIBUTE_NAME,
                    ENABLED));

    static final Structure<UpdateTimeToLiveRequest> UPDATE_TIME_TO_LIVE = Structure.of(
            "UpdateTimeToLiveInput",
            in -> new UpdateTimeToLiveRequest(in.get(TABLE_NAME), in.get(TIME_TO_LIVE)),
            TABLE_NAME,
            TIME_TO_LIVE);

    private static final Member<String> RESOURCE_ARN = new Member<>("ResourceArn", STRING);
    private static final Member<List<String>> TAG_KEYS = new Member<>("TagKeys", listOf(STRING));
    private static final Member<String> NEXT_TOKEN = new Member<>("NextToken", STRING);

    static final Structure<TagResourceRequest> TAG_RESOURCE = Structure.of(
            "TagResourceInput", in -> new TagResourceRequest(in.get(RESOURCE_ARN), in.get(TAGS)), RESOURCE_ARN, TAGS);

    static final Structure<UntagResourceRequest> UNTAG_RESOURCE = Structure.of(
            "UntagResourceInput",
            in -> new UntagResourceRequest(in.get(RESOURCE_ARN), in.get(TAG_KEYS)),
            RESOURCE_ARN,
            TAG_KEYS);

    static final Structure<ListTagsOfResourceRequest> LIST_TAGS_OF_RESOURCE = Structure.of(
            "ListTagsOfResourceInput",
            in -> new ListTagsOfResourceRequest(in.get(RESOURCE_ARN), in.get(NEXT_TOKEN)),
            RESOURCE_ARN,
            NEXT_TOKEN);

    private TableRequests() {}

    private static GlobalSecondaryIndex globalIndex(Structure.Values in) {
        return new GlobalSecondaryIndex(
                in.get(INDEX_NAME),
                in.get(KEY_SCHEMA),
                in.get(PROJECTION),
                in.get(THROUGHPUT),
                in.get(ON_DEMAND_THROUGHPUT),
                in.get(WARM_THROUGHPUT));
    }
}
