package io.tailrace.kinesis;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A table with a stream, what is in that without any library, and the library's own table of leases. */
final class OrdersTable implements AutoCloseable {
    static final String NAME = "Orders";
    /** Items that each round of writes changes once. */
    static final int ITEMS = 25;

    private final DynamoDbClient tables;
    private final DynamoDbStreamsClient streams;
    private String streamArn;
    private int rounds;

    OrdersTable(URI endpoint) {
        tables = StreamWorker.local(DynamoDbClient.builder(), endpoint).build();
        streams = StreamWorker.local(DynamoDbStreamsClient.builder(), endpoint).build();
    }

    void create() {
        streamArn = tables.createTable(r -> r.tableName(NAME)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType(KeyType.HASH)
                                .build())
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
    }

    String streamArn() {
        return streamArn;
    }

    /** Rounds of writes so far: each item has seen the numbers from 0 up to it. */
    int rounds() {
        return rounds;
    }

    void writeRound() {
        int round = rounds++;
        for (int i = 0; i < ITEMS; i++) {
            String id = "order-" + i;
            tables.putItem(r -> r.tableName(NAME)
                    .item(Map.of(
                            "id", AttributeValue.fromS(id), "round", AttributeValue.fromN(Integer.toString(round)))));
        }
    }

    void disableStream() {
        tables.updateTable(r -> r.tableName(NAME).streamSpecification(s -> s.streamEnabled(false)));
    }

    List<Shard> shards() {
        return streams.describeStream(r -> r.streamArn(streamArn))
                .streamDescription()
                .shards();
    }

    /** Of all records in all shards, closed ones included. */
    Set<String> sequenceNumbers() {
        Set<String> numbers = new TreeSet<>();
        for (Shard shard : shards()) {
            String iterator = streams.getShardIterator(r -> r.streamArn(streamArn)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            GetRecordsResponse page;
            do {
                String next = iterator;
                page = streams.getRecords(r -> r.shardIterator(next));
                page.records().forEach(record -> numbers.add(record.dynamodb().sequenceNumber()));
                iterator = page.nextShardIterator();
            } while (iterator != null && !page.records().isEmpty());
        }
        return numbers;
    }

    /** The library's leases, by shard. */
    Map<String, Map<String, AttributeValue>> leases(String application) {
        return new ArrayList<>(tables.scan(r -> r.tableName(application).consistentRead(true))
                        .items())
                .stream()
                        .collect(Collectors.toMap(lease -> lease.get("leaseKey").s(), Function.identity()));
    }

    List<String> tableNames() {
        return tables.listTables().tableNames();
    }

    @Override
    public void close() {
        tables.close();
        streams.close();
    }
}
