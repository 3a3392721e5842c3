package io.tailrace.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tools ask in passing of features that are not there is checked as the service does it and answered truthfully. */
final class AbsentFeaturesTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";
    private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";

    @TempDir
    private static Path folder;

    private static ApiFixture api;

    @BeforeAll
    static void start() throws IOException {
        api = new ApiFixture(folder);
        Response created = api.call(
                "CreateTable",
                "{\"TableName\":\"abc\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
                        + "{\"AttributeName\":\"k\",\"AttributeType\":\"S\"}],"
                        + "\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}],"
                        + "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"ByK\",\"KeySchema\":["
                        + "{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}],"
                        + "\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"KEYS_ONLY\"}}");
        assertThat(created.status()).as(created.text()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ListBackups; {}; {'BackupSummaries':[]}",
                "ListBackups; {'TableName':'nowhere','BackupType':'SYSTEM','Limit':100,'TimeRangeLowerBound':1.5,"
                        + "'TimeRangeUpperBound':1.5}; {'BackupSummaries':[]}",
                "ListExports; {}; {'ExportSummaries':[]}",
                "ListExports; {'TableArn':'@nowhere','MaxResults':25}; {'ExportSummaries':[]}",
                "ListImports; {'PageSize':1}; {'ImportSummaryList':[]}",
                "ListGlobalTables; {'Limit':1,'RegionName':'us-east-1'}; {'GlobalTables':[]}",
                "ListContributorInsights; {}; {'ContributorInsightsSummaries':[]}",
                "ListContributorInsights; {'TableName':'@abc','MaxResults':0}; {'ContributorInsightsSummaries':[]}",
                "DescribeContributorInsights; {'TableName':'@abc'}; "
                        + "{'TableName':'abc','ContributorInsightsStatus':'DISABLED'}",
                "DescribeContributorInsights; {'TableName':'abc','IndexName':'ByK'}; "
                        + "{'TableName':'abc','IndexName':'ByK','ContributorInsightsStatus':'DISABLED'}",
                "DescribeKinesisStreamingDestination; {'TableName':'abc'}; "
                        + "{'TableName':'abc','KinesisDataStreamDestinations':[]}",
                "DeleteResourcePolicy; {'ResourceArn':'@abc'}; {}",
            })
    void nothingIsThere(String operation, String request, String answer) throws IOException {
        Response response = api.call(operation, json(request));
        assertThat(response.text()).isEqualTo(json(answer));
        assertThat(response.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "CreateGlobalTable; {'GlobalTableName':'abc','ReplicationGroup':[{'RegionName':'b'}]}",
                "UpdateGlobalTable; {'GlobalTableName':'abc','ReplicaUpdates':[{'Create':{'RegionName':'b'}}]}",
            })
    void noGlobalTableOfTheFirstKindIsMade(String operation, String request) throws IOException {
        Response response = api.call(operation, json(request));
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .contains("#ValidationException")
                .contains("One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not "
                        + "supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version "
                        + "2017.11.29 (Legacy).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "DescribeBackup; {'BackupArn':'@abc/backup/01-2'}; BackupNotFoundException; "
                        + "Backup not found: @abc/backup/01-2",
                "DeleteBackup; {'BackupArn':'@abc/backup/01-2'}; BackupNotFoundException; "
                        + "Backup not found: @abc/backup/01-2",
                "DescribeExport; {'ExportArn':'@abc/export/1'}; ExportNotFoundException; "
                        + "Export not found: Export not found: @abc/export/1",
                "DescribeImport; {'ImportArn':'@abc/import/1'}; ImportNotFoundException; "
                        + "Import not found: Import not found: @abc/import/1",
                "DescribeGlobalTable; {'GlobalTableName':'abc'}; GlobalTableNotFoundException; "
                        + "Global table not found: Global table with name: 'abc' does not exist.",
                "DescribeGlobalTableSettings; {'GlobalTableName':'abc'}; GlobalTableNotFoundException; "
                        + "Global table with name: 'abc' does not exist.",
                "UpdateGlobalTable; {'GlobalTableName':'abc','ReplicaUpdates':[{'Delete':{'RegionName':'b'}}]}; "
                        + "GlobalTableNotFoundException; "
                        + "Global table not found: Global table with name: 'abc' does not exist.",
                "UpdateGlobalTableSettings; {'GlobalTableName':'abc','GlobalTableBillingMode':'PROVISIONED'}; "
                        + "GlobalTableNotFoundException; Global table with name: 'abc' does not exist.",
                "DescribeTableReplicaAutoScaling; {'TableName':'abc'}; ResourceNotFoundException; "
                        + "Global table with name: 'abc' does not exist.",
                "GetResourcePolicy; {'ResourceArn':'@abc'}; PolicyNotFoundException; "
                        + "Resource-based policy not found for the provided ResourceArn: @abc",
                "DeleteResourcePolicy; {'ResourceArn':'@abc','ExpectedRevisionId':'1'}; PolicyNotFoundException; "
                        + "Resource-based policy not found for the provided ResourceArn: @abc",
                "GetResourcePolicy; {'ResourceArn':'@nowhere'}; ResourceNotFoundException; "
                        + "Requested resource not found: Table: nowhere not found",
                "GetResourcePolicy; {'ResourceArn':'@abc/stream/2000-01-01T00:00:00.000'}; ResourceNotFoundException; "
                        + "Requested resource not found: Stream: 2000-01-01T00:00:00.000 not found for Table: abc",
                "DescribeContributorInsights; {'TableName':'nowhere'}; ResourceNotFoundException; "
                        + "Requested resource not found: Table: nowhere not found",
                "DescribeContributorInsights; {'TableName':'abc','IndexName':'nowhere'}; ResourceNotFoundException; "
                        + "Requested resource not found: Index: nowhere not found for Table: abc",
                "DescribeKinesisStreamingDestination; {'TableName':'nowhere'}; ResourceNotFoundException; "
                        + "Requested resource not found: Table: nowhere not found",
                "ListContributorInsights; {'TableName':'nowhere'}; ResourceNotFoundException; "
                        + "Requested resource not found: Table: nowhere not found",
            })
    void whatIsAskedForIsNotFound(String operation, String request, String type, String message) throws IOException {
        Response response = api.call(operation, json(request));
        assertThat(response.text())
                .isEqualTo(
                        "{\"__type\":\"" + DYNAMODB + type + "\",\"message\":\"" + message.replace("@", ARN) + "\"}");
        assertThat(response.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "ListBackups; {'Limit':101,'BackupType':'BOGUS','ExclusiveStartBackupArn':'short'}; "
                        + "3 validation errors detected: Value '101' at 'limit' failed to satisfy constraint: Member must "
                        + "have value less than or equal to 100",
                "ListBackups; {'TimeRangeLowerBound':2,'TimeRangeUpperBound':1}; "
                        + "Time range lower bound must be less than or equal to upper bound",
                "ListExports; {'NextToken':'abc'}; Invalid Request: Provided nextToken is invalid: abc",
                "ListExports; {'TableArn':'abc'}; Invalid Request: Table ARN is invalid.",
                "ListImports; {'NextToken':'abc'}; 2 validation errors detected: ",
                "ListImports; {'PageSize':26}; 1 validation error detected: Value '26' at 'pageSize' failed",
                "ListGlobalTables; {'Limit':0}; 1 validation error detected: Value '0' at 'limit' failed",
                "ListContributorInsights; {'NextToken':'x'}; Invalid NextToken",
                "ListContributorInsights; {'MaxResults':101}; 1 validation error detected: ",
                "DescribeBackup; {}; Value null at 'backupArn' failed to satisfy constraint: Member must not be null",
                "DescribeBackup; {'BackupArn':'@abc'}; Invalid Backup ARN",
                "DescribeExport; {'ExportArn':'@abc/backup/1'}; Invalid Export ARN",
                "DescribeImport; {'ImportArn':'@abc/export/1'}; Invalid Import ARN",
                "DescribeGlobalTable; {'GlobalTableName':'a!'}; 2 validation errors detected: ",
                "DescribeTableReplicaAutoScaling; {}; The parameter 'TableName' is required",
                "DescribeKinesisStreamingDestination; {}; The parameter 'TableName' is required",
                "DescribeContributorInsights; {'TableName':'ab'}; TableName must be at least 3 characters long",
                "GetResourcePolicy; {}; Value null at 'resourceArn' failed to satisfy constraint",
                "GetResourcePolicy; {'ResourceArn':'abc'}; ARNs must start with 'arn:': abc",
                "GetResourcePolicy; {'ResourceArn':'arn:aws:dynamodb:eu-west-1:000000000000:table/abc'}; "
                        + "Invalid resource Arn: arn:aws:dynamodb:eu-west-1",
                "GetResourcePolicy; {'ResourceArn':'@abc/index/ByK'}; only table or stream is accepted",
                "GetResourcePolicy; {'ResourceArn':'@abc/backup/1'}; Provided Arn is not a DynamoDB resource arn: @abc",
            })
    void badRequestsAreRefused(String operation, String request, String message) throws IOException {
        Response response = api.call(operation, json(request));
        assertThat(response.text())
                .startsWith("{\"__type\":\"com.amazon.coral.validate#ValidationException\"")
                .contains(message.replace("@", ARN));
    }

    @Test
    void aStreamHasNoPolicyEither() throws IOException {
        String described =
                api.call("DescribeTable", json("{'TableName':'abc'}")).text();
        String label = described.replaceAll(".*\"LatestStreamLabel\":\"([^\"]+)\".*", "$1");
        assertThat(api.call("GetResourcePolicy", json("{'ResourceArn':'@abc/stream/" + label + "'}"))
                        .text())
                .contains("#PolicyNotFoundException");
    }

    private static String json(String text) {
        return text.replace('\'', '"').replace("@", ARN);
    }
}
