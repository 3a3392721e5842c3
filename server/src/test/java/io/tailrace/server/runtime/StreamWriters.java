package io.tailrace.server.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Writes version after version of some items until it is stopped: each item by one thread, so that its order is known. */
final class StreamWriters implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int ITEMS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<CompletableFuture<Integer>> written = new ArrayList<>();
    private volatile boolean stopped;

    /** @param round makes the names of the items others than those of another round */
    StreamWriters(DynamoDbClient tables, String table, int round) {
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = round + "-" + thread + "-";
            written.add(CompletableFuture.supplyAsync(() -> write(tables, table, prefix), threads));
        }
    }

    private int write(DynamoDbClient tables, String table, String prefix) {
        int count = 0;
        while (!stopped) {
            String item = prefix + count % ITEMS;
            String version = Integer.toString(count / ITEMS);
            tables.putItem(r -> r.tableName(table).item(StreamReading.item(item, 0, version)));
            count++;
        }
        return count;
    }

    /** Stops, and says how many writes were acknowledged. */
    int stop() {
        stopped = true;
        return written.stream().mapToInt(CompletableFuture::join).sum();
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
    }
}
