package io.tailrace.server.protocol;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests that are right, of each operation that is answered, with as many of their parameters as go together. */
final class RequestCorpus {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/Things";
    private static final String KEY = "'Key':{'k':{'S':'a'},'r':{'N':'1'}}";
    private static final String ITEM = "{'k':{'S':'a'},'r':{'N':'1'},'l':{'S':'x'},'n':{'N':'-1.5e3'},'b':{'B':'AAEC'},"
            + "'t':{'BOOL':true},'u':{'NULL':true},'ss':{'SS':['a','b']},'ns':{'NS':['1','2.5']},'bs':{'BS':['AA==']},"
            + "'m':{'M':{'x':{'L':[{'S':'y'},{'M':{}}]}}}}";
    private static final String ALL_RETURNS =
            ",'ReturnConsumedCapacity':'INDEXES','ReturnItemCollectionMetrics':'SIZE'";
    private static final String TABLE = "{'TableName':'%s','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
            + "{'AttributeName':'k','AttributeType':'S'},{'AttributeName':'r','AttributeType':'N'},"
            + "{'AttributeName':'l','AttributeType':'S'}],'KeySchema':[{'AttributeName':'k','KeyType':'HASH'},"
            + "{'AttributeName':'r','KeyType':'RANGE'}],'LocalSecondaryIndexes':[{'IndexName':'ByL','KeySchema':["
            + "{'AttributeName':'k','KeyType':'HASH'},{'AttributeName':'l','KeyType':'RANGE'}],"
            + "'Projection':{'ProjectionType':'INCLUDE','NonKeyAttributes':['n']}}],"
            + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_AND_OLD_IMAGES'},"
            + "'SSESpecification':{'Enabled':false},'TableClass':'STANDARD','DeletionProtectionEnabled':%s,"
            + "'Tags':[{'Key':'a','Value':'b'}]}";

    /** The tables that the requests are about. */
    static final List<String> TABLES =
            List.of(json(TABLE.formatted("Things", "true")), json(TABLE.formatted("Spare", "false")));

    static final Map<String, List<String>> REQUESTS = new TreeMap<>();

    static {
        tables();
        singleItems();
        reads();
        batchesAndTransactions();
        statements();
        absentFeatures();
    }

    private RequestCorpus() {}

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static void add(String operation, String... bodies) {
        REQUESTS.put(
                operation, List.of(bodies).stream().map(RequestCorpus::json).toList());
    }

    private static void tables() {
        add(
                "CreateTable",
                TABLE.formatted("Other", "false"),
                "{'TableName':'Little','ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1},"
                        + "'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'B'}],"
                        + "'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}]}");
        add("DeleteTable", "{'TableName':'Spare'}");
        add("DescribeTable", "{'TableName':'Things'}", "{'TableName':'" + ARN + "'}");
        add("DescribeContinuousBackups", "{'TableName':'Things'}");
        add("DescribeEndpoints", "{}");
        add("DescribeLimits", "{}");
        add("DescribeTimeToLive", "{'TableName':'Things'}");
        add("ListTables", "{'ExclusiveStartTableName':'Spare','Limit':10}", "{}");
        add("ListTagsOfResource", "{'ResourceArn':'" + ARN + "'}");
        add("TagResource", "{'ResourceArn':'" + ARN + "','Tags':[{'Key':'a','Value':'b'}]}");
        add("UntagResource", "{'ResourceArn':'" + ARN + "','TagKeys':['a']}");
        add(
                "UpdateTable",
                "{'TableName':'Spare','DeletionProtectionEnabled':false}",
                "{'TableName':'Spare','TableClass':'STANDARD_INFREQUENT_ACCESS'}");
        add("UpdateTimeToLive", "{'TableName':'Spare','TimeToLiveSpecification':{'AttributeName':'e','Enabled':true}}");
    }

    private static void singleItems() {
        String condition = "'ConditionExpression':'attribute_not_exists(#n) OR #n <> :v AND size(l) < :big',"
                + "'ExpressionAttributeNames':{'#n':'n'},'ExpressionAttributeValues':{':v':{'N':'1'},':big':{'N':'99'}},"
                + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'";
        String expected = "'Expected':{'n':{'Value':{'N':'9'},'Exists':true},'q':{'ComparisonOperator':'NULL'},"
                + "'l':{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'S':'a'},{'S':'z'}]}},"
                + "'ConditionalOperator':'OR'";
        add(
                "PutItem",
                "{'TableName':'Things','Item':" + ITEM + "}",
                "{'TableName':'" + ARN + "','Item':" + ITEM + "," + condition + ",'ReturnValues':'ALL_OLD'"
                        + ALL_RETURNS + "}",
                "{'TableName':'Things','Item':" + ITEM + "," + expected + "}");
        add(
                "DeleteItem",
                "{'TableName':'Things'," + KEY + ",'ReturnValues':'ALL_OLD'" + ALL_RETURNS + "}",
                "{'TableName':'Things'," + KEY + "," + condition + "}",
                "{'TableName':'Things'," + KEY + "," + expected + "}");
        add(
                "UpdateItem",
                "{'TableName':'Things'," + KEY
                        + ",'UpdateExpression':'SET n = if_not_exists(n, :v) + :one, m.x[1] = :v, "
                        + "li = list_append(:l, :l) REMOVE u, ss ADD c :one, ns :ns DELETE bs :bs',"
                        + "'ConditionExpression':'NOT contains(l, :s) OR attribute_type(n, :s)',"
                        + "'ExpressionAttributeValues':{':v':{'N':'1'},':one':{'N':'1'},':l':{'L':[{'S':'e'}]},"
                        + "':ns':{'NS':['7']},':bs':{'BS':['AQ==']},':s':{'S':'N'}},'ReturnValues':'UPDATED_NEW'"
                        + ALL_RETURNS + "}",
                "{'TableName':'Things'," + KEY + ",'AttributeUpdates':{'n':{'Action':'ADD','Value':{'N':'1'}},"
                        + "'u':{'Action':'DELETE'},'t':{'Action':'PUT','Value':{'BOOL':false}}},'ReturnValues':'ALL_NEW'}");
    }

    private static void reads() {
        String filter =
                ",'FilterExpression':'begins_with(l, :p) OR m.x[0] IN (:p, :q)','ProjectionExpression':'k, #m.x[0], ns',"
                        + "'ExpressionAttributeNames':{'#m':'m'}";
        String values = ",'ExpressionAttributeValues':{':k':{'S':'a'},':a':{'N':'0'},':b':{'N':'5'},':p':{'S':'x'},"
                + "':q':{'S':'y'}}";
        add(
                "GetItem",
                "{'TableName':'Things'," + KEY + ",'ConsistentRead':true,'ProjectionExpression':'#m.x[0].y, k',"
                        + "'ExpressionAttributeNames':{'#m':'m'},'ReturnConsumedCapacity':'TOTAL'}",
                "{'TableName':'Things'," + KEY + ",'AttributesToGet':['k','n']}");
        add(
                "Query",
                "{'TableName':'Things','KeyConditionExpression':'k = :k AND r BETWEEN :a AND :b'" + filter + values
                        + ",'Limit':10,'ScanIndexForward':false,'Select':'SPECIFIC_ATTRIBUTES',"
                        + "'ExclusiveStartKey':{'k':{'S':'a'},'r':{'N':'4'}},'ReturnConsumedCapacity':'INDEXES'}",
                "{'TableName':'Things','IndexName':'ByL','ConsistentRead':true,'KeyConditions':{'k':{"
                        + "'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]},'l':{'ComparisonOperator':"
                        + "'BEGINS_WITH','AttributeValueList':[{'S':'x'}]}},'QueryFilter':{'n':{'ComparisonOperator':'GE',"
                        + "'AttributeValueList':[{'N':'1'}]}},'Select':'COUNT'}");
        add(
                "Scan",
                "{'TableName':'Things','FilterExpression':'attribute_exists(k) AND NOT (n > :v)',"
                        + "'ExpressionAttributeValues':{':v':{'N':'1'}},'Segment':1,'TotalSegments':3,'Limit':5}",
                "{'TableName':'Things','IndexName':'ByL','ScanFilter':{'n':{'ComparisonOperator':'NOT_NULL'}},"
                        + "'AttributesToGet':['k'],'ReturnConsumedCapacity':'INDEXES'}");
    }

    private static void batchesAndTransactions() {
        add(
                "BatchGetItem",
                "{'RequestItems':{'Things':{'Keys':[{'k':{'S':'a'},'r':{'N':'1'}},{'k':{'S':'b'},'r':{'N':'1'}}],"
                        + "'ConsistentRead':true,'ProjectionExpression':'k,#n','ExpressionAttributeNames':{'#n':'n'}}},"
                        + "'ReturnConsumedCapacity':'TOTAL'}");
        add(
                "BatchWriteItem",
                "{'RequestItems':{'Things':[{'PutRequest':{'Item':" + ITEM
                        + "}},{'DeleteRequest':{'Key':{'k':{'S':'b'},"
                        + "'r':{'N':'2'}}}}],'Spare':[{'PutRequest':{'Item':" + ITEM + "}}]}" + ALL_RETURNS + "}");
        add(
                "TransactGetItems",
                "{'TransactItems':[{'Get':{'TableName':'Things'," + KEY + ",'ProjectionExpression':'n'}},"
                        + "{'Get':{'TableName':'Spare'," + KEY + "}}],'ReturnConsumedCapacity':'TOTAL'}");
        add(
                "TransactWriteItems",
                "{'TransactItems':[{'Put':{'TableName':'Spare','Item':" + ITEM + "}},"
                        + "{'Update':{'TableName':'Things'," + KEY + ",'UpdateExpression':'SET n = :v',"
                        + "'ExpressionAttributeValues':{':v':{'N':'1'}}}},"
                        + "{'Delete':{'TableName':'Things','Key':{'k':{'S':'z'},'r':{'N':'1'}}}},"
                        + "{'ConditionCheck':{'TableName':'Things','Key':{'k':{'S':'y'},'r':{'N':'1'}},"
                        + "'ConditionExpression':'attribute_not_exists(k)',"
                        + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'}}]" + ALL_RETURNS + "}");
    }

    private static void statements() {
        String select = "SELECT k, m.x[0] FROM \\'Things\\' WHERE k = ? AND r BETWEEN 0 AND ? AND NOT n IS MISSING";
        String selectByIndex = "SELECT * FROM \\'Things\\'.\\'ByL\\' WHERE k = ? ORDER BY l DESC";
        String update = "UPDATE \\'Things\\' SET n = 5 SET ss = <<'a','b'>> REMOVE u WHERE k = 'a' AND r = 1 "
                + "RETURNING ALL NEW *";
        String insert = "INSERT INTO Spare VALUE {'k':?,'r':?}";
        String delete = "DELETE FROM Spare WHERE k = ? AND r = 9";
        String strings = ",'Parameters':[{'S':'a'},{'N':'7'}]";
        REQUESTS.put(
                "ExecuteStatement",
                List.of(
                        statement(
                                select, strings + ",'Limit':3,'ConsistentRead':true,'ReturnConsumedCapacity':'TOTAL'"),
                        statement(selectByIndex, ",'Parameters':[{'S':'a'}]"),
                        statement(update, "")));
        REQUESTS.put(
                "BatchExecuteStatement",
                List.of(json("{'Statements':[") + statement(insert, strings) + ","
                        + statement(delete, ",'Parameters':[{'S':'a'}]")
                        + json("],'ReturnConsumedCapacity':'INDEXES'}")));
        REQUESTS.put(
                "ExecuteTransaction",
                List.of(json("{'TransactStatements':[") + statement(update.replace(" RETURNING ALL NEW *", ""), "")
                        + ","
                        + statement(delete, ",'Parameters':[{'S':'a'}],'ReturnValuesOnConditionCheckFailure':'ALL_OLD'")
                        + json("]}")));
    }

    /** PartiQL has quotes of its own: {@code \'} stands for the double ones. */
    private static String statement(String text, String more) {
        return "{\"Statement\":\"" + text.replace("\\'", "\\\"") + "\"" + json(more) + "}";
    }

    private static void absentFeatures() {
        add("DeleteBackup", "{'BackupArn':'" + ARN + "/backup/01'}");
        add("DeleteResourcePolicy", "{'ResourceArn':'" + ARN + "','ExpectedRevisionId':'1'}");
        add("DescribeBackup", "{'BackupArn':'" + ARN + "/backup/01'}");
        add("DescribeContributorInsights", "{'TableName':'Things','IndexName':'ByG'}");
        add("DescribeExport", "{'ExportArn':'" + ARN + "/export/01'}");
        add("DescribeGlobalTable", "{'GlobalTableName':'Things'}");
        add("DescribeGlobalTableSettings", "{'GlobalTableName':'Things'}");
        add("CreateGlobalTable", "{'GlobalTableName':'Things','ReplicationGroup':[{'RegionName':'eu-west-1'}]}");
        add(
                "UpdateGlobalTable",
                "{'GlobalTableName':'Things','ReplicaUpdates':[{'Delete':{'RegionName':'eu-west-1'}}]}");
        add("UpdateGlobalTableSettings", "{'GlobalTableName':'Things','GlobalTableBillingMode':'PROVISIONED'}");
        add(
                "UpdateTable",
                "{'TableName':'Things','ReplicaUpdates':[{'Update':{'RegionName':'eu-west-1',"
                        + "'ProvisionedThroughputOverride':{'ReadCapacityUnits':5},'OnDemandThroughputOverride':"
                        + "{'MaxReadRequestUnits':7},'GlobalSecondaryIndexes':[{'IndexName':'ByK',"
                        + "'ProvisionedThroughputOverride':{'ReadCapacityUnits':5}}],'TableClassOverride':'STANDARD'}}]}");
        add("DescribeImport", "{'ImportArn':'" + ARN + "/import/01'}");
        add("DescribeKinesisStreamingDestination", "{'TableName':'Things'}");
        add("DescribeTableReplicaAutoScaling", "{'TableName':'Things'}");
        add("GetResourcePolicy", "{'ResourceArn':'" + ARN + "'}");
        add("ListBackups", "{'TableName':'Things','Limit':5,'TimeRangeLowerBound':1.5,'BackupType':'ALL'}");
        add("ListContributorInsights", "{'TableName':'Things','MaxResults':5}");
        add("ListExports", "{'TableArn':'" + ARN + "','MaxResults':5}");
        add("ListGlobalTables", "{'Limit':5,'RegionName':'us-east-1'}");
        add("ListImports", "{'TableArn':'" + ARN + "','PageSize':5}");
    }
}
