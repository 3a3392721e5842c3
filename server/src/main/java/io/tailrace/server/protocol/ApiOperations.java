package io.tailrace.server.protocol;

import io.tailrace.engine.operation.BatchExecuteStatementOperation;
import io.tailrace.engine.operation.BatchGetItemOperation;
import io.tailrace.engine.operation.BatchWriteItemOperation;
import io.tailrace.engine.operation.CreateTableOperation;
import io.tailrace.engine.operation.DeleteItemOperation;
import io.tailrace.engine.operation.DeleteTableOperation;
import io.tailrace.engine.operation.DescribeContinuousBackupsOperation;
import io.tailrace.engine.operation.DescribeLimitsOperation;
import io.tailrace.engine.operation.DescribeTableOperation;
import io.tailrace.engine.operation.DescribeTimeToLiveOperation;
import io.tailrace.engine.operation.ExecuteStatementOperation;
import io.tailrace.engine.operation.ExecuteTransactionOperation;
import io.tailrace.engine.operation.GetItemOperation;
import io.tailrace.engine.operation.ListTablesOperation;
import io.tailrace.engine.operation.ListTagsOfResourceOperation;
import io.tailrace.engine.operation.PutItemOperation;
import io.tailrace.engine.operation.QueryOperation;
import io.tailrace.engine.operation.ScanOperation;
import io.tailrace.engine.operation.TagResourceOperation;
import io.tailrace.engine.operation.TransactGetItemsOperation;
import io.tailrace.engine.operation.TransactWriteItemsOperation;
import io.tailrace.engine.operation.UntagResourceOperation;
import io.tailrace.engine.operation.UpdateItemOperation;
import io.tailrace.engine.operation.UpdateTableOperation;
import io.tailrace.engine.operation.UpdateTimeToLiveOperation;
import io.tailrace.engine.read.ReadOperation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which operations there are: those that work, those that say truly that there is nothing, and those that come later. */
final class ApiOperations {
    /** Operations of DynamoDB that Tailrace does not have yet. (API Reference, Actions.) */
    static final Set<String> LATER = Set.of(
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

    /** What is answered of features that Tailrace does not have, because there is a true answer: none. */
    private static final List<ApiOperation<?, ?>> ABSENT = List.of(
            feature("CreateGlobalTable", FormerGlobalTableRequests.CREATE, ApiOperation.nothing()),
            feature("DeleteBackup", FeatureRequests.DELETE_BACKUP, ApiOperation.nothing()),
            feature("DeleteResourcePolicy", FeatureRequests.DELETE_RESOURCE_POLICY, ApiOperation.nothing()),
            feature("DescribeBackup", FeatureRequests.DESCRIBE_BACKUP, ApiOperation.nothing()),
            feature(
                    "DescribeContributorInsights",
                    FeatureRequests.DESCRIBE_CONTRIBUTOR_INSIGHTS,
                    TableResponses::describeContributorInsights),
            feature("DescribeExport", FeatureRequests.DESCRIBE_EXPORT, ApiOperation.nothing()),
            feature("DescribeGlobalTable", FeatureRequests.DESCRIBE_GLOBAL_TABLE, ApiOperation.nothing()),
            feature(
                    "DescribeGlobalTableSettings",
                    FeatureRequests.DESCRIBE_GLOBAL_TABLE_SETTINGS,
                    ApiOperation.nothing()),
            feature("DescribeImport", FeatureRequests.DESCRIBE_IMPORT, ApiOperation.nothing()),
            feature(
                    "DescribeKinesisStreamingDestination",
                    FeatureRequests.DESCRIBE_KINESIS_STREAMING_DESTINATION,
                    TableResponses::describeKinesisStreamingDestination),
            feature(
                    "DescribeTableReplicaAutoScaling",
                    FeatureRequests.DESCRIBE_TABLE_REPLICA_AUTO_SCALING,
                    ApiOperation.nothing()),
            feature("GetResourcePolicy", FeatureRequests.GET_RESOURCE_POLICY, ApiOperation.nothing()),
            feature("ListBackups", FeatureRequests.LIST_BACKUPS, TableResponses.noneOf("BackupSummaries")),
            feature(
                    "ListContributorInsights",
                    FeatureRequests.LIST_CONTRIBUTOR_INSIGHTS,
                    TableResponses.noneOf("ContributorInsightsSummaries")),
            feature("ListExports", FeatureRequests.LIST_EXPORTS, TableResponses.noneOf("ExportSummaries")),
            feature("ListGlobalTables", FeatureRequests.LIST_GLOBAL_TABLES, TableResponses.noneOf("GlobalTables")),
            feature("ListImports", FeatureRequests.LIST_IMPORTS, TableResponses.noneOf("ImportSummaryList")),
            feature("UpdateGlobalTable", FormerGlobalTableRequests.UPDATE, ApiOperation.nothing()),
            feature("UpdateGlobalTableSettings", FormerGlobalTableRequests.UPDATE_SETTINGS, ApiOperation.nothing()));

    private static final List<ApiOperation<?, ?>> PRESENT = List.of(
            new ApiOperation<>(
                    "BatchExecuteStatement",
                    StatementRequests.BATCH_EXECUTE_STATEMENT,
                    (region, in, workers) -> new BatchExecuteStatementOperation(in).execute(region.engine()),
                    StatementResponses::batchExecuteStatement),
            ApiOperation.read(
                    "BatchGetItem",
                    ItemRequests.BATCH_GET_ITEM,
                    BatchGetItemOperation::new,
                    ItemResponses::batchGetItem),
            new ApiOperation<>(
                    "BatchWriteItem",
                    ItemRequests.BATCH_WRITE_ITEM,
                    (region, in, workers) -> new BatchWriteItemOperation(in).execute(region.engine()),
                    ItemResponses::batchWriteItem),
            ApiOperation.write(
                    "CreateTable", TableRequests.CREATE_TABLE, CreateTableOperation::new, TableResponses::createTable),
            ApiOperation.quickWrite(
                    "DeleteItem", ItemRequests.DELETE_ITEM, DeleteItemOperation::new, ItemResponses::deleteItem),
            ApiOperation.write(
                    "DeleteTable", TableRequests.DELETE_TABLE, DeleteTableOperation::new, TableResponses::deleteTable),
            ApiOperation.read(
                    "DescribeContinuousBackups",
                    TableRequests.DESCRIBE_CONTINUOUS_BACKUPS,
                    DescribeContinuousBackupsOperation::new,
                    TableResponses::describeContinuousBackups),
            new ApiOperation<>(
                    "DescribeEndpoints",
                    TableRequests.DESCRIBE_ENDPOINTS,
                    (region, host, workers) -> CompletableFuture.completedFuture(host),
                    TableResponses::describeEndpoints),
            ApiOperation.read(
                    "DescribeLimits",
                    TableRequests.DESCRIBE_LIMITS,
                    in -> new DescribeLimitsOperation(),
                    TableResponses::describeLimits),
            ApiOperation.read(
                    "DescribeTable",
                    TableRequests.DESCRIBE_TABLE,
                    DescribeTableOperation::new,
                    TableResponses::describeTable),
            ApiOperation.read(
                    "DescribeTimeToLive",
                    TableRequests.DESCRIBE_TIME_TO_LIVE,
                    DescribeTimeToLiveOperation::new,
                    TableResponses::describeTimeToLive),
            new ApiOperation<>(
                    "ExecuteStatement",
                    StatementRequests.EXECUTE_STATEMENT,
                    (region, in, workers) -> new ExecuteStatementOperation(in).execute(region.engine()),
                    StatementResponses::executeStatement),
            new ApiOperation<>(
                    "ExecuteTransaction",
                    StatementRequests.EXECUTE_TRANSACTION,
                    (region, in, workers) -> new ExecuteTransactionOperation(in).execute(region.engine()),
                    StatementResponses::executeTransaction),
            ApiOperation.quickRead("GetItem", ItemRequests.GET_ITEM, GetItemOperation::new, ItemResponses::getItem),
            ApiOperation.read(
                    "ListTables", TableRequests.LIST_TABLES, ListTablesOperation::new, TableResponses::listTables),
            ApiOperation.read(
                    "ListTagsOfResource",
                    TableRequests.LIST_TAGS_OF_RESOURCE,
                    ListTagsOfResourceOperation::new,
                    TableResponses::listTagsOfResource),
            ApiOperation.quickWrite("PutItem", ItemRequests.PUT_ITEM, PutItemOperation::new, ItemResponses::putItem),
            ApiOperation.read("Query", ItemRequests.QUERY, QueryOperation::new, ItemResponses::query),
            ApiOperation.read("Scan", ItemRequests.SCAN, ScanOperation::new, ItemResponses::scan),
            ApiOperation.write(
                    "TagResource", TableRequests.TAG_RESOURCE, TagResourceOperation::new, ApiOperation.noOutput()),
            ApiOperation.read(
                    "TransactGetItems",
                    TransactRequests.TRANSACT_GET_ITEMS,
                    TransactGetItemsOperation::new,
                    ItemResponses::transactGetItems),
            ApiOperation.write(
                    "TransactWriteItems",
                    TransactRequests.TRANSACT_WRITE_ITEMS,
                    TransactWriteItemsOperation::new,
                    ItemResponses::transactWriteItems),
            ApiOperation.write(
                    "UntagResource",
                    TableRequests.UNTAG_RESOURCE,
                    UntagResourceOperation::new,
                    ApiOperation.noOutput()),
            ApiOperation.quickWrite(
                    "UpdateItem", ItemRequests.UPDATE_ITEM, UpdateItemOperation::new, ItemResponses::updateItem),
            new ApiOperation<>(
                    "UpdateTable",
                    TableRequests.UPDATE_TABLE,
                    (region, in, workers) ->
                            new UpdateTableOperation(in).execute(region.engine(), new ReplicaPlaces(region.replicas())),
                    TableResponses::updateTable),
            ApiOperation.write(
                    "UpdateTimeToLive",
                    TableRequests.UPDATE_TIME_TO_LIVE,
                    UpdateTimeToLiveOperation::new,
                    TableResponses::updateTimeToLive));

    private static final Map<String, ApiOperation<?, ?>> BY_NAME = Stream.concat(PRESENT.stream(), ABSENT.stream())
            .collect(Collectors.toUnmodifiableMap(ApiOperation::name, Function.identity()));

    private ApiOperations() {}

    private static <O extends ReadOperation<R>, R> ApiOperation<?, ?> feature(
            String name, Structure<Supplier<O>> request, ApiOperation.Encoder<R> encoder) {
        return ApiOperation.read(name, request, Supplier::get, encoder);
    }

    /** The operation, or null when there is none of this name. */
    static ApiOperation<?, ?> byName(String name) {
        return BY_NAME.get(name);
    }

    /** Whether there is such an operation and a connection's own thread may carry it out. */
    static boolean isQuick(String name) {
        ApiOperation<?, ?> operation = BY_NAME.get(name);
        return operation != null && operation.quick();
    }

    /** The names of the operations that are answered. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** Whether all that the operation says is that there is nothing of its kind. */
    static boolean findsNothing(String name) {
        return ABSENT.stream().anyMatch(operation -> operation.name().equals(name));
    }
}
