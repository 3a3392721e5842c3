package io.tailrace.server.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A table with a stream, and the reading of it as applications do. */
final class StreamReading {
    private final DynamoDbClient tables;
    private final DynamoDbStreamsClient streams;

    StreamReading(DynamoDbClient tables, DynamoDbStreamsClient streams) {
        this.tables = tables;
        this.streams = streams;
    }

    /** Creates a table with partition key {@code k} and sort key {@code n}, and returns its stream's ARN. */
    String createTable(String table, StreamViewType view, Tag... tags) {
        return tables.createTable(r -> r.tableName(table)
                        .tags(tags)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                                AttributeDefinition.builder()
                                        .attributeName("k")
                                        .attributeType(ScalarAttributeType.S)
                                        .build(),
                                AttributeDefinition.builder()
                                        .attributeName("n")
                                        .attributeType(ScalarAttributeType.N)
                                        .build())
                        .keySchema(
                                KeySchemaElement.builder()
                                        .attributeName("k")
                                        .keyType(KeyType.HASH)
                                        .build(),
                                KeySchemaElement.builder()
                                        .attributeName("n")
                                        .keyType(KeyType.RANGE)
                                        .build())
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(view)))
                .tableDescription()
                .latestStreamArn();
    }

    static Map<String, AttributeValue> key(String k, int n) {
        return Map.of("k", AttributeValue.fromS(k), "n", AttributeValue.fromN(Integer.toString(n)));
    }

    static Map<String, AttributeValue> item(String k, int n, String value) {
        Map<String, AttributeValue> item = new HashMap<>(key(k, n));
        item.put("v", AttributeValue.fromS(value));
        return item;
    }

    void put(String table, String k, int n, String value) {
        tables.putItem(r -> r.tableName(table).item(item(k, n, value)));
    }

    List<Shard> shards(String arn) {
        return streams.describeStream(r -> r.streamArn(arn)).streamDescription().shards();
    }

    /** An iterator for each shard of the stream. */
    Map<String, String> iterators(String arn, ShardIteratorType type) {
        Map<String, String> iterators = new HashMap<>();
        for (Shard shard : shards(arn)) {
            iterators.put(
                    shard.shardId(),
                    streams.getShardIterator(r ->
                                    r.streamArn(arn).shardId(shard.shardId()).shardIteratorType(type))
                            .shardIterator());
        }
        return iterators;
    }

    /**
     * Reads on from all iterators, which are replaced by the next ones and vanish at a shard's end, until there are so many
     * records. The records are in the order of their sequence numbers.
     */
    List<Record> read(Map<String, String> iterators, int count) {
        List<Record> records = new ArrayList<>();
        ServerFixture.await(count + " records", () -> {
            for (String shard : List.copyOf(iterators.keySet())) {
                GetRecordsResponse page = streams.getRecords(r -> r.shardIterator(iterators.get(shard)));
                records.addAll(page.records());
                if (page.nextShardIterator() == null) {
                    iterators.remove(shard);
                } else {
                    iterators.put(shard, page.nextShardIterator());
                }
            }
            return records.size() >= count;
        });
        records.sort((a, b) -> number(a).compareTo(number(b)));
        return records;
    }

    /** All records of a stream that has ended. */
    List<Record> readToTheEnd(Map<String, String> iterators) {
        List<Record> records = new ArrayList<>();
        ServerFixture.await("the end of all shards", () -> {
            records.addAll(read(iterators, 0));
            return iterators.isEmpty();
        });
        records.sort((a, b) -> number(a).compareTo(number(b)));
        return records;
    }

    static String number(Record record) {
        return record.dynamodb().sequenceNumber();
    }
}
