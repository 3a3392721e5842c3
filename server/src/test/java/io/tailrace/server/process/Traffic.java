package io.tailrace.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Writes one region's items, and items that all regions write, one after the other until the region does not answer; and knows
 * what may be there in the end. Each value names its region and a number that grows.
 */
final class Traffic {
    private static final int OWN_KEYS = 8;
    private static final int SHARED_KEYS = 4;

    private final String region;
    private final Random random;
    /** By key, in the order in which they were sent. */
    private final Map<String, List<Write>> writes = new HashMap<>();

    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean stopped;
    private Thread thread;
    private int number;

    /** One write; what it left is unknown until it is acknowledged. */
    private static final class Write {
        /** Null when it deletes. */
        private final String value;

        private boolean acknowledged;

        Write(String value) {
            this.value = value;
        }
    }

    Traffic(String region, long seed) {
        this.region = region;
        this.random = new Random(seed);
    }

    /** Begins to write. */
    void start(DynamoDbClient client) {
        stopped = false;
        thread = new Thread(() -> run(client), "traffic of " + region);
        thread.start();
    }

    boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    /** How many writes were acknowledged up to now. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Ends, or waits for the end after the region was killed. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private void run(DynamoDbClient client) {
        try {
            while (!stopped) {
                write(client);
            }
        } catch (SdkException killed) {
            stopped = true;
        }
    }

    private void write(DynamoDbClient client) {
        String key = random.nextInt(3) == 0
                ? "shared-" + random.nextInt(SHARED_KEYS)
                : region + "-" + random.nextInt(OWN_KEYS);
        Write write = new Write(random.nextInt(6) == 0 ? null : region + " " + ++number);
        writes.computeIfAbsent(key, each -> new ArrayList<>()).add(write);
        if (write.value == null) {
            GlobalOrders.delete(client, key);
        } else {
            GlobalOrders.put(client, key, write.value);
        }
        write.acknowledged = true;
        acknowledged.incrementAndGet();
    }

    /**
     * The items hold nothing else than what may have won: for each key a write behind which its region has no other one that
     * was acknowledged.
     */
    static void requireWinners(List<Traffic> all, Map<String, String> items) {
        Map<String, List<String>> possible = new HashMap<>();
        for (Traffic traffic : all) {
            traffic.writes.forEach((key, writes) -> {
                List<String> values = possible.computeIfAbsent(key, each -> new ArrayList<>());
                boolean sure = false;
                for (int i = writes.size() - 1; i >= 0 && !sure; i--) {
                    values.add(writes.get(i).value);
                    sure = writes.get(i).acknowledged;
                }
                if (!sure) {
                    values.add(null);
                }
            });
        }
        possible.forEach(
                (key, values) -> assertThat(values).as("what may be at %s", key).contains(items.get(key)));
    }
}
