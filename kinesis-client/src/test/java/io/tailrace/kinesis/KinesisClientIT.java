package io.tailrace.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.kinesis.Received.Event;
import io.tailrace.kinesis.Received.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;

/**
 * The Kinesis Client Library, unmodified, reads a table's stream to its end, with its own tables in the same server: through a
 * restart of the worker, a second worker, shards that roll over, and kill -9 of the server. Nothing is missed and each item's
 * changes come in order.
 */
final class KinesisClientIT {
    private static final String APPLICATION = "orders-reader";
    private static final String SHARD_END = "SHARD_END";

    /** The adapter logs each look at the shards here. */
    private static final Logger ADAPTER = Logger.getLogger("com.amazonaws");

    @TempDir
    private Path folder;

    private final Received received = new Received();
    private TailraceProcess server;
    private OrdersTable orders;

    @BeforeAll
    static void quiet() {
        ADAPTER.setLevel(Level.SEVERE);
    }

    @Test
    void theStreamIsReadToItsEndWhateverHappens() throws Exception {
        try (TailraceProcess process = new TailraceProcess(folder)) {
            server = process;
            server.start();
            try (OrdersTable table = new OrdersTable(server.endpoint())) {
                orders = table;
                orders.create();
                orders.writeRound();
                aWorkerReadsAndIsRestarted();
            }
        }
    }

    private void aWorkerReadsAndIsRestarted() throws Exception {
        try (RunningWorker first = start("first")) {
            awaitAllRecords();
            assertThat(orders.tableNames())
                    .containsExactlyInAnyOrder(
                            OrdersTable.NAME,
                            APPLICATION,
                            APPLICATION + "-CoordinatorState",
                            APPLICATION + "-WorkerMetricStats");
            first.stop();
        }
        Map<String, String> checkpoints = checkpoints();
        assertThat(checkpoints).isEqualTo(lastNumbers());
        orders.writeRound();
        try (RunningWorker restarted = start("restarted")) {
            awaitAllRecords();
            assertThat(received.events(Kind.RECORD, "restarted"))
                    .allSatisfy(
                            event -> assertThat(event.sequenceNumber()).isGreaterThan(checkpoints.get(event.shard())));
            aSecondWorkerJoins(restarted);
        }
    }

    private void aSecondWorkerJoins(RunningWorker restarted) throws Exception {
        try (RunningWorker second = start("second")) {
            Waiting.until(
                    "both workers have leases",
                    () -> orders.leases(APPLICATION).values().stream()
                            .map(lease -> lease.get("leaseOwner"))
                            .collect(Collectors.toSet())
                            .equals(Set.of(
                                    AttributeValue.fromS(restarted.name()), AttributeValue.fromS(second.name()))));
            orders.writeRound();
            awaitAllRecords();
            Waiting.until(
                    "the second worker reads",
                    () -> !received.events(Kind.STARTED, second.name()).isEmpty());
            theShardsRollOver();
            theServerIsKilled();
            theStreamEnds();
        }
    }

    private void theShardsRollOver() throws Exception {
        orders.writeRound();
        List<String> parents = orders.shards().stream().map(Shard::shardId).toList();
        server.rollShards(OrdersTable.NAME);
        orders.writeRound();
        assertThat(orders.shards()).hasSize(2 * parents.size());
        awaitAllRecords();
        assertThat(received.endedShards()).containsExactlyInAnyOrderElementsOf(parents);
    }

    private void theServerIsKilled() throws Exception {
        orders.writeRound();
        server.kill();
        server.start();
        orders.writeRound();
        awaitAllRecords();
    }

    private void theStreamEnds() {
        orders.writeRound();
        orders.disableStream();
        List<String> shards = orders.shards().stream().map(Shard::shardId).toList();
        Waiting.until("all shards end", () -> received.endedShards().size() == shards.size());
        assertThat(received.endedShards()).containsExactlyInAnyOrderElementsOf(shards);
        Waiting.until(
                "the ends are marked", () -> checkpoints().values().stream().allMatch(SHARD_END::equals));
        assertThat(received.records().keySet()).containsExactlyInAnyOrderElementsOf(orders.sequenceNumbers());
        assertThat(received.records()).hasSize(OrdersTable.ITEMS * orders.rounds());
        inOrderPerItem();
        parentsBeforeChildren();
    }

    private RunningWorker start(String name) {
        return RunningWorker.start(server.endpoint(), orders.streamArn(), APPLICATION, name, received);
    }

    private void awaitAllRecords() {
        int expected = OrdersTable.ITEMS * orders.rounds();
        try {
            Waiting.until(expected + " records", () -> received.records().size() == expected);
        } catch (AssertionError late) {
            Set<String> missing = orders.sequenceNumbers();
            int inStream = missing.size();
            missing.removeAll(received.records().keySet());
            throw new AssertionError(
                    inStream + " in the stream, " + received.records().size() + " received, missing: " + missing
                            + ", leases: " + orders.leases(APPLICATION),
                    late);
        }
    }

    private Map<String, String> checkpoints() {
        Map<String, String> checkpoints = new TreeMap<>();
        orders.leases(APPLICATION)
                .forEach((shard, lease) ->
                        checkpoints.put(shard, lease.get("checkpoint").s()));
        return checkpoints;
    }

    /** Of the records received from each shard. */
    private Map<String, String> lastNumbers() {
        Map<String, String> numbers = new TreeMap<>();
        for (Event event : received.events()) {
            if (event.kind() == Kind.RECORD) {
                numbers.merge(event.shard(), event.sequenceNumber(), (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        return numbers;
    }

    private void inOrderPerItem() {
        Map<String, List<Integer>> rounds = received.records().values().stream()
                .map(Record::dynamodb)
                .collect(Collectors.groupingBy(
                        change -> change.keys().get("id").s(),
                        Collectors.mapping(
                                change -> Integer.valueOf(
                                        change.newImage().get("round").n()),
                                Collectors.toList())));
        assertThat(rounds).hasSize(OrdersTable.ITEMS);
        assertThat(rounds.values())
                .containsOnly(IntStream.range(0, orders.rounds()).boxed().toList());
    }

    private void parentsBeforeChildren() {
        List<Event> events = received.events();
        for (Shard shard : orders.shards()) {
            if (shard.parentShardId() != null) {
                assertThat(first(events, Kind.STARTED, shard.shardId()))
                        .isGreaterThan(first(events, Kind.ENDED, shard.parentShardId()));
            }
        }
    }

    private static int first(List<Event> events, Kind kind, String shard) {
        return IntStream.range(0, events.size())
                .filter(i ->
                        events.get(i).kind() == kind && events.get(i).shard().equals(shard))
                .findFirst()
                .orElseThrow();
    }
}
