package io.tailrace.server.protocol;

import static io.tailrace.server.protocol.JsonType.INTEGER;
import static io.tailrace.server.protocol.JsonType.STRING;
import static io.tailrace.server.protocol.JsonType.TIMESTAMP;

import io.tailrace.engine.operation.AbsentList;
import io.tailrace.engine.operation.AbsentResource;
import io.tailrace.engine.operation.DescribeContributorInsightsOperation;
import io.tailrace.engine.operation.DescribeKinesisStreamingDestinationOperation;
import io.tailrace.engine.operation.ListBackupsRequest;
import io.tailrace.engine.operation.ResourcePolicyOperation;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The requests of the operations on features that Tailrace does not have, as far as they are answered, member by member:
 * each becomes its operation once all of it is read. (API Reference.)
 */
final class FeatureRequests {
    private static final Member<String> TABLE_NAME = new Member<>("TableName", STRING);
    private static final Member<String> TABLE_ARN = new Member<>("TableArn", STRING);
    private static final Member<String> NEXT_TOKEN = new Member<>("NextToken", STRING);
    private static final Member<Integer> LIMIT = new Member<>("Limit", INTEGER);
    private static final Member<Integer> MAX_RESULTS = new Member<>("MaxResults", INTEGER);
    private static final Member<Integer> PAGE_SIZE = new Member<>("PageSize", INTEGER);

    private static final Member<Double> LOWER_BOUND = new Member<>("TimeRangeLowerBound", TIMESTAMP);
    private static final Member<Double> UPPER_BOUND = new Member<>("TimeRangeUpperBound", TIMESTAMP);
    private static final Member<String> START_BACKUP = new Member<>("ExclusiveStartBackupArn", STRING);
    private static final Member<String> BACKUP_TYPE = new Member<>("BackupType", STRING);

    static final Structure<Supplier<AbsentList>> LIST_BACKUPS = Structure.of(
            "ListBackupsInput",
            in -> () -> AbsentList.backups(new ListBackupsRequest(
                    in.get(TABLE_NAME),
                    in.get(LIMIT),
                    in.get(LOWER_BOUND),
                    in.get(UPPER_BOUND),
                    in.get(START_BACKUP),
                    in.get(BACKUP_TYPE))),
            TABLE_NAME,
            LIMIT,
            LOWER_BOUND,
            UPPER_BOUND,
            START_BACKUP,
            BACKUP_TYPE);

    static final Structure<Supplier<AbsentList>> LIST_EXPORTS = Structure.of(
            "ListExportsInput",
            in -> () -> AbsentList.exports(in.get(TABLE_ARN), in.get(MAX_RESULTS), in.get(NEXT_TOKEN)),
            TABLE_ARN,
            MAX_RESULTS,
            NEXT_TOKEN);

    static final Structure<Supplier<AbsentList>> LIST_IMPORTS = Structure.of(
            "ListImportsInput",
            in -> () -> AbsentList.imports(in.get(TABLE_ARN), in.get(PAGE_SIZE), in.get(NEXT_TOKEN)),
            TABLE_ARN,
            PAGE_SIZE,
            NEXT_TOKEN);

    private static final Member<String> START_GLOBAL_TABLE = new Member<>("ExclusiveStartGlobalTableName", STRING);
    private static final Member<String> REGION_NAME = new Member<>("RegionName", STRING);

    static final Structure<Supplier<AbsentList>> LIST_GLOBAL_TABLES = Structure.of(
            "ListGlobalTablesInput",
            in -> () -> AbsentList.globalTables(in.get(START_GLOBAL_TABLE), in.get(LIMIT), in.get(REGION_NAME)),
            START_GLOBAL_TABLE,
            LIMIT,
            REGION_NAME);

    static final Structure<Supplier<AbsentList>> LIST_CONTRIBUTOR_INSIGHTS = Structure.of(
            "ListContributorInsightsInput",
            in -> () -> AbsentList.contributorInsights(in.get(TABLE_NAME), in.get(MAX_RESULTS), in.get(NEXT_TOKEN)),
            TABLE_NAME,
            MAX_RESULTS,
            NEXT_TOKEN);

    private static final Member<String> INDEX_NAME = new Member<>("IndexName", STRING);

    static final Structure<Supplier<DescribeContributorInsightsOperation>> DESCRIBE_CONTRIBUTOR_INSIGHTS = Structure.of(
            "DescribeContributorInsightsInput",
            in -> () -> new DescribeContributorInsightsOperation(in.get(TABLE_NAME), in.get(INDEX_NAME)),
            TABLE_NAME,
            INDEX_NAME);

    static final Structure<Supplier<DescribeKinesisStreamingDestinationOperation>>
            DESCRIBE_KINESIS_STREAMING_DESTINATION = one(
                    "DescribeKinesisStreamingDestinationInput",
                    TABLE_NAME,
                    DescribeKinesisStreamingDestinationOperation::new);

    static final Structure<Supplier<AbsentResource>> DESCRIBE_TABLE_REPLICA_AUTO_SCALING =
            one("DescribeTableReplicaAutoScalingInput", TABLE_NAME, AbsentResource::replicaAutoScaling);

    private static final Member<String> BACKUP_ARN = new Member<>("BackupArn", STRING);
    private static final Member<String> GLOBAL_TABLE_NAME = new Member<>("GlobalTableName", STRING);

    static final Structure<Supplier<AbsentResource>> DESCRIBE_BACKUP =
            one("DescribeBackupInput", BACKUP_ARN, AbsentResource::backup);
    static final Structure<Supplier<AbsentResource>> DELETE_BACKUP =
            one("DeleteBackupInput", BACKUP_ARN, AbsentResource::backup);
    static final Structure<Supplier<AbsentResource>> DESCRIBE_EXPORT =
            one("DescribeExportInput", new Member<>("ExportArn", STRING), AbsentResource::export);
    static final Structure<Supplier<AbsentResource>> DESCRIBE_IMPORT =
            one("DescribeImportInput", new Member<>("ImportArn", STRING), AbsentResource::importOf);
    static final Structure<Supplier<AbsentResource>> DESCRIBE_GLOBAL_TABLE =
            one("DescribeGlobalTableInput", GLOBAL_TABLE_NAME, AbsentResource::globalTable);
    static final Structure<Supplier<AbsentResource>> DESCRIBE_GLOBAL_TABLE_SETTINGS =
            one("DescribeGlobalTableSettingsInput", GLOBAL_TABLE_NAME, AbsentResource::globalTableSettings);

    private static final Member<String> RESOURCE_ARN = new Member<>("ResourceArn", STRING);
    private static final Member<String> EXPECTED_REVISION = new Member<>("ExpectedRevisionId", STRING);

    static final Structure<Supplier<ResourcePolicyOperation>> GET_RESOURCE_POLICY =
            one("GetResourcePolicyInput", RESOURCE_ARN, ResourcePolicyOperation::get);
    static final Structure<Supplier<ResourcePolicyOperation>> DELETE_RESOURCE_POLICY = Structure.of(
            "DeleteResourcePolicyInput",
            in -> () -> ResourcePolicyOperation.delete(in.get(RESOURCE_ARN), in.get(EXPECTED_REVISION)),
            RESOURCE_ARN,
            EXPECTED_REVISION);

    private FeatureRequests() {}

    /** A request of one member. */
    private static <T> Structure<Supplier<T>> one(String name, Member<String> member, Function<String, T> operation) {
        return Structure.of(name, in -> () -> operation.apply(in.get(member)), member);
    }
}
