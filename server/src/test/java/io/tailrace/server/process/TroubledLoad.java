package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Writes and reads without end, and knows what was acknowledged. */
final class TroubledLoad implements AutoCloseable {
    static final String TABLE = "Things";
    private static final long LIMIT_SECONDS = 100;
    /** Reads go round among so many. */
    private static final int NEWEST = 500;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final DynamoDbClient client;
    private final DynamoDbClient readingClient;
    private final SdkBytes content;
    private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final List<DynamoDbException> refused = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempted = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final Thread writer = new Thread(this::write, "writes of the test");
    private final Thread reader = new Thread(this::read, "reads of the test");
    private volatile boolean stopping;

    /** @param client that does not send anything again by itself */
    private TroubledLoad(DynamoDbClient client, DynamoDbClient readingClient, int itemBytes) {
        this.client = client;
        this.readingClient = readingClient;
        this.content = SdkBytes.fromByteArray(new byte[itemBytes]);
    }

    /** Creates the table and begins. No read may fail. */
    static TroubledLoad start(ServerProcess server, int itemBytes) {
        return start(new TroubledLoad(server.impatientClient(), server.impatientClient(), itemBytes));
    }

    /** As {@link #start}, with reads that may have to be sent again, as clients do. */
    static TroubledLoad startPatientReads(ServerProcess server, int itemBytes) {
        return start(new TroubledLoad(server.impatientClient(), server.client(), itemBytes));
    }

    private static TroubledLoad start(TroubledLoad load) {
        createTable(load.client, TABLE);
        load.writer.start();
        load.reader.start();
        return load;
    }

    /** One with a number as its key, and a stream. */
    static void createTable(DynamoDbClient client, String name) {
        client.createTable(r -> r.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("k")
                        .attributeType(ScalarAttributeType.N)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("k")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(s -> s.streamEnabled(true).streamViewType("KEYS_ONLY")));
    }

    private void write() {
        while (!stopping) {
            int number = attempted.incrementAndGet();
            try {
                client.putItem(r -> r.tableName(TABLE)
                        .item(Map.of(
                                "k", AttributeValue.fromN(Integer.toString(number)),
                                "content", AttributeValue.fromB(content))));
                acknowledged.add(number);
            } catch (DynamoDbException failure) {
                refused.add(failure);
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (SdkClientException noConnection) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void read() {
        while (!stopping) {
            int count = acknowledged.size();
            if (count > 0) {
                int number = acknowledged.get(count - 1 - reads.get() % Math.min(count, NEWEST));
                try {
                    boolean found = readingClient
                            .getItem(r -> r.tableName(TABLE)
                                    .key(Map.of("k", AttributeValue.fromN(Integer.toString(number))))
                                    .consistentRead(true))
                            .hasItem();
                    reads.incrementAndGet();
                    if (!found) {
                        wrong.add("item " + number + " was acknowledged and is not found");
                    }
                } catch (DynamoDbException failure) {
                    wrong.add("a read fails: " + failure.getMessage());
                } catch (SdkClientException noConnection) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    /** Waits until so many more writes were acknowledged. */
    void awaitWrites(int more) {
        int before = acknowledged.size();
        await("writes go on", () -> acknowledged.size() >= before + more);
        refused.clear(); // of a trouble that is over
    }

    /** Waits until so many more reads were made. */
    void awaitReads(int more) {
        int before = reads.get();
        await("reads go on", () -> reads.get() >= before + more);
    }

    /** Waits until writes are refused, with an error that clients retry, and this text in it, while reads go on. */
    void awaitRefusals(String text) {
        await(
                "a refusal",
                () -> !refused.isEmpty()
                        && refused.get(refused.size() - 1).getMessage().contains(text));
        awaitReads(50);
        assertThat(refused).allSatisfy(failure -> {
            assertThat(failure.statusCode()).isEqualTo(500);
            assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("InternalServerError");
        });
        assertThat(wrong).isEmpty();
        refused.clear();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Stops, and compares the table with what was acknowledged. */
    void stopAndCompare(ServerProcess server) throws InterruptedException {
        stop();
        compare(server);
        assertThat(wrong).isEmpty();
    }

    /** Everything that was acknowledged is there, and nothing that was not written. */
    void compare(ServerProcess server) {
        try (DynamoDbClient reading = server.client()) {
            Set<Integer> found = new HashSet<>();
            reading.scanPaginator(r -> r.tableName(TABLE).projectionExpression("k"))
                    .items()
                    .forEach(item -> found.add(Integer.valueOf(item.get("k").n())));
            assertThat(found).containsAll(acknowledged);
            assertThat(found).allMatch(number -> number >= 1 && number <= attempted.get());
        }
    }

    void stop() throws InterruptedException {
        stopping = true;
        writer.join();
        reader.join();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        client.close();
        readingClient.close();
    }
}
