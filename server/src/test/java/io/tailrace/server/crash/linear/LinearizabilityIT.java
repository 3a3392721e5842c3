package io.tailrace.server.crash.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.server.crash.ServerLife;
import io.tailrace.server.crash.linear.ItemsModel.Call;
import io.tailrace.server.crash.linear.ItemsModel.ItemCall;
import io.tailrace.server.crash.linear.ItemsModel.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What several clients see through the API, with kill -9 in between, is as if their operations had come one after the other,
 * each between its request and its answer: single-item operations item by item, transactions on all items together.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LinearizabilityIT {
    private static final Logger LOG = LoggerFactory.getLogger(LinearizabilityIT.class);
    private static final int CLIENTS = 5;
    private static final int KEYS = 4;
    private static final int LIVES = 3;
    private static final int CALLS_PER_LIFE = 500;
    private static final String REGION = "linear-1";
    private static final long PAUSE_NANOS = 200_000;

    @TempDir
    private Path dir;

    private final Queue<Operation<Call, Result>> history = new ConcurrentLinkedQueue<>();

    /** What a client knows when its process is gone: nothing. */
    private record Open(String client, Call call, long began) {}

    @ParameterizedTest
    @ValueSource(strings = {"process", "disk"})
    void operationsOnSingleItems(String durability) throws IOException {
        long seed = seed();
        live(durability, seed, RandomCalls::single);
        for (int key = 0; key < KEYS; key++) {
            int wanted = key;
            List<Operation<Call, Result>> ofKey = history.stream()
                    .filter(operation -> operation.call().items().get(0).key() == wanted)
                    .map(LinearizabilityIT::ofFirstKey)
                    .toList();
            check(new ItemsModel(1), ofKey, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "disk"})
    void transactions(String durability) throws IOException {
        long seed = seed();
        live(durability, seed, RandomCalls::together);
        check(new ItemsModel(KEYS), List.copyOf(history), seed);
    }

    private static long seed() {
        long seed = Long.getLong("tailrace.test.seed", new Random().nextLong());
        LOG.info("random calls from seed {} (again with -Dtest.jvm.extra=-Dtailrace.test.seed={})", seed, seed);
        return seed;
    }

    private static void check(ItemsModel model, List<Operation<Call, Result>> operations, long seed) {
        LinearizabilityChecker<List<Long>, Call, Result> checker = new LinearizabilityChecker<>(model);
        long begin = System.nanoTime();
        boolean linearizable = checker.isLinearizable(operations);
        LOG.info("{} operations checked in {} ms", operations.size(), (System.nanoTime() - begin) / 1_000_000);
        if (!linearizable) {
            StringBuilder part = new StringBuilder();
            checker.minimize(operations).forEach(operation -> part.append('\n').append(operation));
            throw new AssertionError("seed " + seed + ": no order explains\n" + part);
        }
        assertThat(operations)
                .as("operations with an answer")
                .filteredOn(Operation::isCertain)
                .hasSizeGreaterThan(50);
    }

    /** The same with the key 0, for a model of one item. */
    private static Operation<Call, Result> ofFirstKey(Operation<Call, Result> operation) {
        ItemCall item = operation.call().items().get(0);
        ItemCall moved = new ItemCall(0, item.action(), item.value(), item.condition(), item.expected());
        return new Operation<>(
                operation.client(), new Call(List.of(moved)), operation.result(), operation.began(), operation.ended());
    }

    private void live(String durability, long seed, Function<RandomCalls, Call> next) throws IOException {
        Random random = new Random(seed);
        List<RandomCalls> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(new RandomCalls(random.nextLong(), KEYS, client));
        }
        for (int life = 0; life < LIVES; life++) {
            try (ServerLife server = ServerLife.start(settings(durability), Optional.empty())) {
                if (life == 0) {
                    try (ItemsClient setup = new ItemsClient(server.port(), REGION)) {
                        setup.createTable();
                    }
                }
                live(server, clients, next, CALLS_PER_LIFE / 2 + random.nextInt(CALLS_PER_LIFE / 2));
            }
        }
    }

    /** All clients call until there were so many answers; then the server is killed in the middle of it. */
    private void live(ServerLife server, List<RandomCalls> clients, Function<RandomCalls, Call> next, int calls) {
        AtomicInteger answers = new AtomicInteger();
        Queue<Open> open = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            String name = "client-" + i;
            RandomCalls random = clients.get(i);
            Thread thread = new Thread(() -> work(server.port(), name, random, next, answers, open), name);
            threads.add(thread);
            thread.start();
        }
        while (answers.get() < calls && threads.stream().anyMatch(Thread::isAlive)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        server.kill();
        long end = System.nanoTime();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while clients end", interrupt);
            }
        }
        // What the process had not done when it ended it never will.
        open.forEach(each -> history.add(
                new Operation<>(each.client(), each.call(), null, each.began(), Math.max(end, each.began()))));
    }

    private void work(
            int port,
            String name,
            RandomCalls random,
            Function<RandomCalls, Call> next,
            AtomicInteger answers,
            Queue<Open> open) {
        Call call = null;
        long began = 0;
        try (ItemsClient client = new ItemsClient(port, REGION)) {
            while (true) {
                call = next.apply(random);
                began = System.nanoTime();
                Optional<Result> result = client.call(call);
                long ended = System.nanoTime();
                if (result.isPresent()) {
                    history.add(new Operation<>(name, call, result.get(), began, ended));
                    random.saw(call, result.get());
                } else {
                    open.add(new Open(name, call, began));
                }
                answers.incrementAndGet();
            }
        } catch (IOException killed) {
            open.add(new Open(name, call, began));
        }
    }

    private Map<String, String> settings(String durability) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data.dir", dir.resolve("data").toString());
        settings.put("port", "0");
        settings.put("admin.port", "0");
        settings.put("region", REGION);
        settings.put("durability", durability);
        settings.put("kafka.enabled", "false");
        return settings;
    }
}
