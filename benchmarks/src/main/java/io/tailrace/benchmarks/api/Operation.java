package io.tailrace.benchmarks.api;

import io.tailrace.benchmarks.data.Items;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is asked of a table with a partition key and a sort key, whose partitions have twenty items each, and more later. */
public enum Operation {
    GET_ITEM("GetItem") {
        @Override
        public String body(Items items, int partition, int number) {
            return "{\"TableName\":\"" + TABLE + "\",\"Key\":{" + key(partition, number % PER_PARTITION) + "}}";
        }
    },
    QUERY_20("Query") {
        @Override
        public String body(Items items, int partition, int number) {
            return "{\"TableName\":\"" + TABLE + "\",\"KeyConditionExpression\":\"pk = :p\",\"Limit\":" + PER_PARTITION
                    + ",\"ExpressionAttributeValues\":{\":p\":{\"S\":\"" + partitionKey(partition) + "\"}}}";
        }
    },
    PUT_ITEM("PutItem") {
        @Override
        public String body(Items items, int partition, int number) {
            return "{\"TableName\":\"" + TABLE + "\",\"Item\":" + item(items, partition, number) + "}";
        }
    },
    /** Puts an item that is not there yet. */
    INSERT("PutItem") {
        @Override
        public String body(Items items, int partition, int number) {
            return "{\"TableName\":\"" + TABLE + "\",\"Item\":{" + insertedKey(partition, number)
                    + ",\"text\":{\"S\":\"" + items.text(number) + "\"}}}";
        }
    },
    /** Gets the item that was inserted last. */
    GET_LATEST("GetItem") {
        @Override
        public String body(Items items, int partition, int number) {
            return "{\"TableName\":\"" + TABLE + "\",\"Key\":{" + insertedKey(partition, number - number % INSERT_EVERY)
                    + "}}";
        }
    },
    UPDATE_ITEM("UpdateItem") {
        @Override
        public String body(Items items, int partition, int number) {
            return "{\"TableName\":\"" + TABLE + "\",\"Key\":{" + key(partition, number % PER_PARTITION)
                    + "},\"UpdateExpression\":\"SET #t = :t ADD visits :one\","
                    + "\"ConditionExpression\":\"attribute_exists(pk) AND size(#t) > :none\","
                    + "\"ExpressionAttributeNames\":{\"#t\":\"text\"},\"ExpressionAttributeValues\":{\":t\":{\"S\":\""
                    + items.text(number) + "\"},\":one\":{\"N\":\"1\"},\":none\":{\"N\":\"0\"}}}";
        }
    },
    TRANSACT_WRITE_4("TransactWriteItems") {
        @Override
        public String body(Items items, int partition, int number) {
            return "{\"TransactItems\":["
                    + IntStream.range(0, 4)
                            .mapToObj(i -> "{\"Put\":{\"TableName\":\"" + TABLE + "\",\"Item\":"
                                    + item(items, partition, number + i) + "}}")
                            .collect(Collectors.joining(","))
                    + "]}";
        }
    },
    BATCH_WRITE_25("BatchWriteItem") {
        @Override
        public String body(Items items, int partition, int number) {
            return batchWrite(
                    items, partition, IntStream.range(number, number + 25).toArray());
        }
    };

    static final String TABLE = "Bench";
    static final int PER_PARTITION = 20;
    /** A partition has more places than twenty for batches; those behind the twentieth come with the first batch. */
    private static final int PLACES = 50;

    /** A number that is larger by this means the same items with another text. */
    static final int NUMBERS_PER_VERSION = 100;

    /** Every so many requests of {@link #INSERT} and {@link #GET_LATEST} begin with the former. */
    static final int INSERT_EVERY = 20;

    /** Makes the table. */
    public static final String CREATE_TABLE = "{\"TableName\":\"" + TABLE + "\",\"BillingMode\":\"PAY_PER_REQUEST\","
            + "\"AttributeDefinitions\":[{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
            + "{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"}],"
            + "\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
            + "{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}]}";

    private final String target;

    Operation(String target) {
        this.target = target;
    }

    /** As DynamoDB calls it. */
    public String target() {
        return target;
    }

    /** Whether requests differ with every number, so that they can't be prepared. */
    boolean isFresh() {
        return this == INSERT || this == GET_LATEST;
    }

    /** The body of a request that nobody else's requests in other partitions get in the way of. */
    public abstract String body(Items items, int partition, int number);

    /** A BatchWriteItem of the items with these numbers. */
    static String batchWrite(Items items, int partition, int... numbers) {
        return "{\"RequestItems\":{\"" + TABLE + "\":["
                + IntStream.of(numbers)
                        .mapToObj(number -> "{\"PutRequest\":{\"Item\":" + item(items, partition, number) + "}}")
                        .collect(Collectors.joining(","))
                + "]}}";
    }

    private static String item(Items items, int partition, int number) {
        return "{" + key(partition, number % PLACES) + ",\"text\":{\"S\":\"" + items.text(number) + "\"}}";
    }

    private static String key(int partition, int place) {
        return "\"pk\":{\"S\":\"" + partitionKey(partition) + "\"},\"sk\":{\"S\":\"sort-" + (100 + place) + "\"}";
    }

    private static String insertedKey(int partition, int number) {
        return "\"pk\":{\"S\":\"" + partitionKey(partition) + "\"},\"sk\":{\"S\":\"new-" + number + "\"}";
    }

    private static String partitionKey(int partition) {
        return "partition-" + (10_000 + partition);
    }
}
