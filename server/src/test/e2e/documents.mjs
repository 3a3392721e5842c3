// Runs the document client of the AWS SDK for JavaScript v3 against the endpoint in the first argument: every command of
// lib-dynamodb, and what is beside them in client-dynamodb. Prints "ok" at the end; anything unexpected throws.
import assert from "node:assert/strict";
import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeLimitsCommand,
  DescribeTimeToLiveCommand,
  DynamoDB,
  GetResourcePolicyCommand,
  ListBackupsCommand,
  ListTagsOfResourceCommand,
  PolicyNotFoundException,
  TagResourceCommand,
  TransactionCanceledException,
  UntagResourceCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  paginateListTables,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
  BatchExecuteStatementCommand,
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocument,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
  paginateQuery,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";

const client = new DynamoDB({
  endpoint: process.argv[2],
  region: "us-east-1",
  credentials: { accessKeyId: "anyone", secretAccessKey: "anything" },
});
const documents = DynamoDBDocument.from(client, {
  marshallOptions: { removeUndefinedValues: true },
  unmarshallOptions: { wrapNumbers: false },
});
const TableName = "Documents";

const { TableDescription } = await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "k", AttributeType: "S" },
      { AttributeName: "r", AttributeType: "N" },
      { AttributeName: "l", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "k", KeyType: "HASH" },
      { AttributeName: "r", KeyType: "RANGE" },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: "ByL",
        KeySchema: [
          { AttributeName: "k", KeyType: "HASH" },
          { AttributeName: "l", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "ALL" },
      },
    ],
  }),
);
const ResourceArn = TableDescription.TableArn;
await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });

// Items of all types, by the table's name and by its ARN.
const item = {
  k: "a",
  r: 1,
  l: "x",
  text: "\u00e9\u4e16\u{1F600}",
  bytes: new Uint8Array([0, 1, 255]),
  yes: true,
  nothing: null,
  list: ["a", 2, { deep: [] }],
  strings: new Set(["x", "y"]),
  numbers: new Set([1, 2.5]),
};
await documents.send(new PutCommand({ TableName, Item: { ...item, left: undefined } }));
const Key = { k: "a", r: 1 };
assert.deepEqual((await documents.send(new GetCommand({ TableName: ResourceArn, Key }))).Item, item);
const long = "12345678901234567890123456789012345678";
await documents.put({ TableName, Item: { k: "n", r: 1, long: NumberValue.from(long) } });
assert.deepEqual((await client.getItem({ TableName, Key: { k: { S: "n" }, r: { N: "1" } } })).Item.long, { N: long });

const updated = await documents.send(
  new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: "SET #l[3] = :v, #c = if_not_exists(#c, :zero) + :one ADD strings :set REMOVE yes",
    ExpressionAttributeNames: { "#c": "counter", "#l": "list" },
    ExpressionAttributeValues: { ":v": "four", ":zero": 0, ":one": 1, ":set": new Set(["z"]) },
    ReturnValues: "ALL_NEW",
    ReturnConsumedCapacity: "INDEXES",
  }),
);
assert.equal(updated.Attributes.counter, 1);
assert.deepEqual(updated.Attributes.list, ["a", 2, { deep: [] }, "four"]);
assert.deepEqual(updated.Attributes.strings, new Set(["x", "y", "z"]));
assert.equal(updated.ConsumedCapacity.Table.CapacityUnits, 1);
const deleted = await documents.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }));
assert.equal(deleted.Attributes.counter, 1);
assert.equal((await documents.get({ TableName, Key })).Item, undefined);

// Batches, queries and scans, page by page.
for (const start of [0, 25]) {
  const requests = Array.from({ length: 25 }, (_, i) => ({
    PutRequest: { Item: { k: "p", r: start + i, l: `l${(start + i) % 2}` } },
  }));
  const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
  assert.deepEqual(UnprocessedItems, {});
}
const { Responses } = await documents.send(
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ k: "p", r: 7 }, { k: "p", r: 70 }] } } }),
);
assert.deepEqual(Responses[TableName], [{ k: "p", r: 7, l: "l1" }]);
const byKey = { KeyConditionExpression: "k = :k", ExpressionAttributeValues: { ":k": "p" } };
const first = await documents.send(new QueryCommand({ TableName, Limit: 10, ScanIndexForward: false, ...byKey }));
assert.deepEqual(first.LastEvaluatedKey, { k: "p", r: 40 });
let count = 0;
for await (const page of paginateQuery({ client: documents, pageSize: 7 }, { TableName, IndexName: "ByL", ...byKey })) {
  count += page.Count;
}
assert.equal(count, 50);
count = 0;
for await (const page of paginateScan({ client: documents, pageSize: 20 }, { TableName })) {
  count += page.Items.length;
}
assert.equal(count, 51);
const filtered = await documents.send(
  new ScanCommand({ TableName, FilterExpression: "r >= :r", ExpressionAttributeValues: { ":r": 45 }, Select: "COUNT" }),
);
assert.deepEqual([filtered.Count, filtered.ScannedCount], [5, 51]);

// Transactions.
const missing = { ConditionExpression: "attribute_not_exists(k)" };
const TransactItems = [
  { Put: { TableName, Item: { k: "t", r: 1 }, ...missing } },
  { Delete: { TableName, Key: { k: "p", r: 0 } } },
  { ConditionCheck: { TableName, Key: { k: "p", r: 99 }, ...missing } },
];
await documents.send(new TransactWriteCommand({ TransactItems }));
await assert.rejects(
  documents.send(new TransactWriteCommand({ TransactItems })),
  (error) =>
    error instanceof TransactionCanceledException &&
    error.CancellationReasons.map((reason) => reason.Code).join() === "ConditionalCheckFailed,None,None",
);
const both = await documents.send(
  new TransactGetCommand({
    TransactItems: [{ Get: { TableName, Key: { k: "t", r: 1 } } }, { Get: { TableName, Key: { k: "p", r: 0 } } }],
  }),
);
assert.deepEqual(both.Responses, [{ Item: { k: "t", r: 1 } }, {}]);

// PartiQL.
await documents.send(
  new ExecuteStatementCommand({ Statement: `INSERT INTO "${TableName}" VALUE {'k': ?, 'r': ?}`, Parameters: ["q", 1] }),
);
const statements = await documents.send(
  new BatchExecuteStatementCommand({
    Statements: [
      { Statement: `SELECT * FROM "${TableName}" WHERE k = ? AND r = ?`, Parameters: ["q", 1] },
      { Statement: "SELECT nonsense" },
    ],
  }),
);
assert.deepEqual(statements.Responses[0].Item, { k: "q", r: 1 });
assert.equal(statements.Responses[1].Error.Code, "ValidationError");
await documents.send(
  new ExecuteTransactionCommand({
    TransactStatements: [{ Statement: `DELETE FROM "${TableName}" WHERE k = ? AND r = ?`, Parameters: ["q", 1] }],
  }),
);

// Tables.
const names = [];
for await (const page of paginateListTables({ client, pageSize: 1 }, {})) {
  names.push(...page.TableNames);
}
assert.deepEqual(names, [TableName]);
await client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: "a", Value: "b" }, { Key: "c", Value: "" }] }));
await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["a"] }));
assert.deepEqual((await client.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags, [{ Key: "c", Value: "" }]);
const TimeToLiveSpecification = { AttributeName: "e", Enabled: true };
await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
assert.equal(
  (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription.AttributeName,
  "e",
);
const protectedTable = await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
assert.equal(protectedTable.TableDescription.DeletionProtectionEnabled, true);
await assert.rejects(client.deleteTable({ TableName }), { name: "ValidationException" });
await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
assert.ok((await client.send(new DescribeLimitsCommand({}))).TableMaxReadCapacityUnits > 0);
assert.deepEqual((await client.send(new ListBackupsCommand({}))).BackupSummaries, []);
const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
assert.equal(
  backups.ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus,
  "DISABLED",
);
await assert.rejects(client.send(new GetResourcePolicyCommand({ ResourceArn })), PolicyNotFoundException);
await client.deleteTable({ TableName });
await waitUntilTableNotExists({ client, maxWaitTime: 60 }, { TableName });
console.log("ok");
