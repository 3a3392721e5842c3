// Runs the AWS SDK for JavaScript v2, which many applications still use, against the endpoint in the first argument: its
// client, its DocumentClient and its waiters. Prints "ok" at the end; anything unexpected throws.
import assert from "node:assert/strict";

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = "1";
const { default: AWS } = await import("aws-sdk");

const dynamodb = new AWS.DynamoDB({
  endpoint: process.argv[2],
  region: "us-east-1",
  credentials: new AWS.Credentials("anyone", "anything"),
});
const documents = new AWS.DynamoDB.DocumentClient({ service: dynamodb, convertEmptyValues: false });
const TableName = "FromVersionTwo";

await dynamodb
  .createTable({
    TableName,
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    AttributeDefinitions: [
      { AttributeName: "k", AttributeType: "S" },
      { AttributeName: "r", AttributeType: "N" },
    ],
    KeySchema: [
      { AttributeName: "k", KeyType: "HASH" },
      { AttributeName: "r", KeyType: "RANGE" },
    ],
  })
  .promise();
const { Table } = await dynamodb.waitFor("tableExists", { TableName }).promise();
assert.equal(Table.ProvisionedThroughput.ReadCapacityUnits, 5);
assert.ok(Table.CreationDateTime instanceof Date);
assert.deepEqual((await dynamodb.listTables().promise()).TableNames, [TableName]);

const Item = {
  k: "a",
  r: 1.5,
  text: "\u00e9\u4e16\u{1F600}",
  empty: "",
  bytes: Buffer.from([0, 1, 255]),
  yes: true,
  nothing: null,
  list: ["a", 2, { deep: [] }],
};
const strings = documents.createSet(["x", "y"]);
await documents.put({ TableName, Item: { ...Item, strings } }).promise();
const Key = { k: "a", r: 1.5 };
const got = (await documents.get({ TableName, Key, ConsistentRead: true }).promise()).Item;
assert.deepEqual(got.strings.values, ["x", "y"]);
delete got.strings;
assert.deepEqual(got, Item);

// The parameters of before there were expressions, and expressions.
const legacy = await documents
  .update({
    TableName,
    Key,
    AttributeUpdates: { counter: { Action: "ADD", Value: 2 }, yes: { Action: "DELETE" } },
    Expected: { text: { ComparisonOperator: "BEGINS_WITH", AttributeValueList: ["\u00e9"] } },
    ReturnValues: "ALL_NEW",
  })
  .promise();
assert.equal(legacy.Attributes.counter, 2);
assert.equal(legacy.Attributes.yes, undefined);
const modern = await documents
  .update({
    TableName,
    Key,
    UpdateExpression: "SET #l = list_append(#l, :more)",
    ExpressionAttributeNames: { "#l": "list" },
    ExpressionAttributeValues: { ":more": [null, false] },
    ReturnValues: "UPDATED_NEW",
  })
  .promise();
assert.deepEqual(modern.Attributes, { list: ["a", 2, { deep: [] }, null, false] });

await assert.rejects(
  documents.put({ TableName, Item, ConditionExpression: "attribute_not_exists(k)" }).promise(),
  (error) => error.code === "ConditionalCheckFailedException" && error.statusCode === 400 && !error.retryable,
);
await assert.rejects(dynamodb.describeTable({ TableName: "Nowhere" }).promise(), { code: "ResourceNotFoundException" });

const PutRequests = Array.from({ length: 20 }, (_, r) => ({ PutRequest: { Item: { k: "p", r } } }));
const written = await documents.batchWrite({ RequestItems: { [TableName]: PutRequests } }).promise();
assert.deepEqual(written.UnprocessedItems, {});
const batch = await documents
  .batchGet({ RequestItems: { [TableName]: { Keys: [{ k: "p", r: 3 }, { k: "p", r: 33 }] } } })
  .promise();
assert.deepEqual(batch.Responses[TableName], [{ k: "p", r: 3 }]);

const seen = [];
let ExclusiveStartKey;
do {
  const page = await documents
    .query({
      TableName,
      KeyConditionExpression: "k = :k AND r > :r",
      ExpressionAttributeValues: { ":k": "p", ":r": 9 },
      Limit: 4,
      ExclusiveStartKey,
    })
    .promise();
  seen.push(...page.Items.map((item) => item.r));
  ExclusiveStartKey = page.LastEvaluatedKey;
} while (ExclusiveStartKey);
assert.deepEqual(seen, Array.from({ length: 10 }, (_, i) => i + 10));
const scanned = await documents
  .scan({ TableName, ScanFilter: { r: { ComparisonOperator: "GE", AttributeValueList: [18] } }, Select: "COUNT" })
  .promise();
assert.deepEqual([scanned.Count, scanned.ScannedCount], [2, 21]);

await documents
  .transactWrite({
    TransactItems: [
      { Put: { TableName, Item: { k: "t", r: 1 } } },
      { Delete: { TableName, Key: { k: "p", r: 0 } } },
    ],
  })
  .promise();
const both = await documents
  .transactGet({
    TransactItems: [{ Get: { TableName, Key: { k: "t", r: 1 } } }, { Get: { TableName, Key: { k: "p", r: 0 } } }],
  })
  .promise();
assert.deepEqual(both.Responses, [{ Item: { k: "t", r: 1 } }, {}]);
const selected = await dynamodb
  .executeStatement({ Statement: `SELECT r FROM "${TableName}" WHERE k = ?`, Parameters: [{ S: "t" }] })
  .promise();
assert.deepEqual(selected.Items, [{ r: { N: "1" } }]);

assert.deepEqual((await documents.delete({ TableName, Key, ReturnValues: "ALL_OLD" }).promise()).Attributes.counter, 2);
await dynamodb.deleteTable({ TableName }).promise();
await dynamodb.waitFor("tableNotExists", { TableName }).promise();
console.log("ok");
