// Runs the operations of tables and items with the AWS SDK for JavaScript against the endpoint in the first argument.
// Prints "ok" at the end; anything unexpected throws.
import assert from "node:assert/strict";
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  ResourceNotFoundException,
  UpdateItemCommand,
  paginateQuery,
  paginateScan,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, GetCommand } from "@aws-sdk/lib-dynamodb";

const client = new DynamoDBClient({
  endpoint: process.argv[2],
  region: "us-east-1",
  credentials: { accessKeyId: "anyone", secretAccessKey: "anything" },
});
const TableName = "FromJavaScript";

await client.send(
  new CreateTableCommand({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "k", AttributeType: "S" },
      { AttributeName: "r", AttributeType: "N" },
    ],
    KeySchema: [
      { AttributeName: "k", KeyType: "HASH" },
      { AttributeName: "r", KeyType: "RANGE" },
    ],
  }),
);
await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });
const { Table } = await client.send(new DescribeTableCommand({ TableName }));
assert.equal(Table.TableStatus, "ACTIVE");
assert.ok(Math.abs(Table.CreationDateTime.getTime() - Date.now()) < 3600_000);
assert.deepEqual((await client.send(new ListTablesCommand({}))).TableNames, [TableName]);

const Item = {
  k: { S: "types" },
  r: { N: "1" },
  text: { S: "\u00e9\u4e16\u{1F600}" },
  number: { N: "3.14" },
  bytes: { B: new Uint8Array([0, 1, 255]) },
  yes: { BOOL: true },
  nothing: { NULL: true },
  list: { L: [{ S: "a" }, { M: { b: { N: "2" } } }] },
  strings: { SS: ["x", "y"] },
};
await client.send(new PutItemCommand({ TableName, Item }));
const Key = { k: Item.k, r: Item.r };
assert.deepEqual((await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item, Item);

const updated = await client.send(
  new UpdateItemCommand({
    TableName,
    Key,
    UpdateExpression: "SET #n = #n + :one REMOVE yes",
    ExpressionAttributeNames: { "#n": "number" },
    ExpressionAttributeValues: { ":one": { N: "1" } },
    ReturnValues: "UPDATED_NEW",
  }),
);
assert.deepEqual(updated.Attributes, { number: { N: "4.14" } });

await assert.rejects(
  client.send(
    new PutItemCommand({
      TableName,
      Item,
      ConditionExpression: "attribute_not_exists(k)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    }),
  ),
  (error) => error instanceof ConditionalCheckFailedException && error.Item.number.N === "4.14",
);
await assert.rejects(
  client.send(new DescribeTableCommand({ TableName: "Nowhere" })),
  (error) => error instanceof ResourceNotFoundException && error.$metadata.requestId.length === 52,
);

const puts = Array.from({ length: 20 }, (_, i) => ({
  PutRequest: { Item: { k: { S: "page" }, r: { N: String(i) } } },
}));
const written = await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
assert.deepEqual(written.UnprocessedItems, {});
const seen = [];
for await (const page of paginateQuery(
  { client, pageSize: 3 },
  {
    TableName,
    KeyConditionExpression: "k = :k",
    ExpressionAttributeValues: { ":k": { S: "page" } },
    ScanIndexForward: false,
  },
)) {
  seen.push(...page.Items.map((item) => Number(item.r.N)));
}
assert.deepEqual(seen, Array.from({ length: 20 }, (_, i) => 19 - i));
let scanned = 0;
for await (const page of paginateScan({ client, pageSize: 5 }, { TableName })) {
  scanned += page.Count;
}
assert.equal(scanned, 21);

const documents = DynamoDBDocumentClient.from(client);
await documents.send(new PutCommand({ TableName, Item: { k: "doc", r: 1, nested: { list: [1, true, null] } } }));
const found = await documents.send(new GetCommand({ TableName, Key: { k: "doc", r: 1 } }));
assert.deepEqual(found.Item.nested, { list: [1, true, null] });
const batch = await documents.send(
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [{ k: "doc", r: 1 }, { k: "none", r: 1 }] } } }),
);
assert.equal(batch.Responses[TableName].length, 1);

await client.send(new DeleteTableCommand({ TableName }));
console.log("ok");
