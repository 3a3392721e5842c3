package io.tailrace.server.protocol;

import io.tailrace.engine.operation.BatchGetItemResponse;
import io.tailrace.engine.operation.BatchWriteItemResponse;
import io.tailrace.engine.operation.Capacity;
import io.tailrace.engine.operation.ConsumedCapacity;
import io.tailrace.engine.operation.DeleteItemResponse;
import io.tailrace.engine.operation.DeleteRequest;
import io.tailrace.engine.operation.GetItemResponse;
import io.tailrace.engine.operation.ItemCollectionMetrics;
import io.tailrace.engine.operation.ItemResponse;
import io.tailrace.engine.operation.KeysAndAttributes;
import io.tailrace.engine.operation.PutItemResponse;
import io.tailrace.engine.operation.PutRequest;
import io.tailrace.engine.operation.QueryResponse;
import io.tailrace.engine.operation.ScanResponse;
import io.tailrace.engine.operation.TransactGetItemsResponse;
import io.tailrace.engine.operation.TransactWriteItemsResponse;
import io.tailrace.engine.operation.UpdateItemResponse;
import io.tailrace.engine.operation.WriteRequest;
import io.tailrace.schemas.model.Item;
import java.io.IOException;
import java.util.List;

/** The answers of the operations on items, member by member. (API Reference.) */
final class ItemResponses {
    private ItemResponses() {}

    static void getItem(JsonWriter out, GetItemResponse response) throws IOException {
        out.member("Item", response.item(), JsonWriter.ITEM);
        out.member("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void putItem(JsonWriter out, PutItemResponse response) throws IOException {
        written(out, response.attributes(), response.consumedCapacity(), response.itemCollectionMetrics());
    }

    static void updateItem(JsonWriter out, UpdateItemResponse response) throws IOException {
        written(out, response.attributes(), response.consumedCapacity(), response.itemCollectionMetrics());
    }

    static void deleteItem(JsonWriter out, DeleteItemResponse response) throws IOException {
        written(out, response.attributes(), response.consumedCapacity(), response.itemCollectionMetrics());
    }

    static void query(JsonWriter out, QueryResponse response) throws IOException {
        page(out, response.items(), response.count(), response.scannedCount(), response.lastEvaluatedKey());
        out.member("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void scan(JsonWriter out, ScanResponse response) throws IOException {
        page(out, response.items(), response.count(), response.scannedCount(), response.lastEvaluatedKey());
        out.member("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void batchGetItem(JsonWriter out, BatchGetItemResponse response) throws IOException {
        out.map("Responses", response.responses(), (json, items) -> json.array(items, JsonWriter.ITEM));
        out.map("UnprocessedKeys", response.unprocessedKeys(), ItemResponses::keysAndAttributes);
        out.list("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void batchWriteItem(JsonWriter out, BatchWriteItemResponse response) throws IOException {
        out.map(
                "UnprocessedItems",
                response.unprocessedItems(),
                (json, writes) -> json.array(writes, ItemResponses::writeRequest));
        out.map(
                "ItemCollectionMetrics",
                response.itemCollectionMetrics(),
                (json, metrics) -> json.array(metrics, ItemResponses::itemCollectionMetrics));
        out.list("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void transactGetItems(JsonWriter out, TransactGetItemsResponse response) throws IOException {
        out.list("Responses", response.responses(), ItemResponses::itemResponse);
        out.list("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    static void itemResponse(JsonWriter out, ItemResponse response) throws IOException {
        out.startObject();
        out.member("Item", response.item(), JsonWriter.ITEM);
        out.endObject();
    }

    static void transactWriteItems(JsonWriter out, TransactWriteItemsResponse response) throws IOException {
        out.map(
                "ItemCollectionMetrics",
                response.itemCollectionMetrics(),
                (json, metrics) -> json.array(metrics, ItemResponses::itemCollectionMetrics));
        out.list("ConsumedCapacity", response.consumedCapacity(), ItemResponses::consumedCapacity);
    }

    private static void written(
            JsonWriter out, Item attributes, ConsumedCapacity capacity, ItemCollectionMetrics metrics)
            throws IOException {
        out.member("Attributes", attributes, JsonWriter.ITEM);
        out.member("ConsumedCapacity", capacity, ItemResponses::consumedCapacity);
        out.member("ItemCollectionMetrics", metrics, ItemResponses::itemCollectionMetrics);
    }

    private static void page(JsonWriter out, List<Item> items, long count, long scannedCount, Item lastKey)
            throws IOException {
        out.list("Items", items, JsonWriter.ITEM);
        out.member("Count", count);
        out.member("ScannedCount", scannedCount);
        out.member("LastEvaluatedKey", lastKey, JsonWriter.ITEM);
    }

    static void consumedCapacity(JsonWriter out, ConsumedCapacity consumed) throws IOException {
        out.startObject();
        out.member("TableName", consumed.tableName());
        out.member("CapacityUnits", consumed.capacityUnits());
        out.member("ReadCapacityUnits", consumed.readCapacityUnits());
        out.member("WriteCapacityUnits", consumed.writeCapacityUnits());
        out.member("Table", consumed.table(), ItemResponses::capacity);
        out.map("LocalSecondaryIndexes", consumed.localSecondaryIndexes(), ItemResponses::capacity);
        out.map("GlobalSecondaryIndexes", consumed.globalSecondaryIndexes(), ItemResponses::capacity);
        out.endObject();
    }

    private static void capacity(JsonWriter out, Capacity capacity) throws IOException {
        out.startObject();
        out.member("CapacityUnits", capacity.capacityUnits());
        out.member("ReadCapacityUnits", capacity.readCapacityUnits());
        out.member("WriteCapacityUnits", capacity.writeCapacityUnits());
        out.endObject();
    }

    private static void itemCollectionMetrics(JsonWriter out, ItemCollectionMetrics metrics) throws IOException {
        out.startObject();
        out.member("ItemCollectionKey", metrics.itemCollectionKey(), JsonWriter.ITEM);
        out.numbers("SizeEstimateRangeGB", metrics.sizeEstimateRangeGb());
        out.endObject();
    }

    private static void keysAndAttributes(JsonWriter out, KeysAndAttributes keys) throws IOException {
        out.startObject();
        out.list("Keys", keys.keys(), JsonWriter.ITEM);
        out.member("ConsistentRead", keys.consistentRead());
        out.list("AttributesToGet", keys.attributesToGet(), JsonWriter.STRING);
        out.member("ProjectionExpression", keys.projectionExpression());
        out.map("ExpressionAttributeNames", keys.expressionAttributeNames(), JsonWriter.STRING);
        out.endObject();
    }

    private static void writeRequest(JsonWriter out, WriteRequest write) throws IOException {
        out.startObject();
        out.member("PutRequest", write.putRequest(), ItemResponses::putRequest);
        out.member("DeleteRequest", write.deleteRequest(), ItemResponses::deleteRequest);
        out.endObject();
    }

    private static void putRequest(JsonWriter out, PutRequest put) throws IOException {
        out.startObject();
        out.member("Item", put.item(), JsonWriter.ITEM);
        out.endObject();
    }

    private static void deleteRequest(JsonWriter out, DeleteRequest delete) throws IOException {
        out.startObject();
        out.member("Key", delete.key(), JsonWriter.ITEM);
        out.endObject();
    }
}
