package io.tailrace.benchmarks.api;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Clients;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Scale;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.process.EchoMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Operations over HTTP, each connection's next request when the last one is answered. The client writes bytes that it has
 * prepared and hardly looks at the answers; it runs here, the servers are processes of their own, and their CPU counts.
 */
public final class ApiOperations implements Benchmark {
    private static final String LOCAL = "DynamoDB Local";
    private static final int ITEM_BYTES = 1_000;
    private static final List<Integer> CONNECTIONS = List.of(1, 16);
    private static final List<Integer> QUICK_CONNECTIONS = List.of(2);
    /** A multiple of any number of connections, so that each connection has partitions of its own. */
    private static final int PARTITIONS = 256;

    private static final int QUICK_PARTITIONS = 32;

    private static final int REQUESTS = 32;
    private static final double SHARE_OF_LOCAL = 1.0 / 8;

    private final String name;
    private final List<Operation> operations;

    private ApiOperations(String name, Operation... operations) {
        this.name = name;
        this.operations = List.of(operations);
    }

    public static ApiOperations reads() {
        return new ApiOperations("api-reads", Operation.GET_ITEM, Operation.QUERY_20);
    }

    public static ApiOperations writes() {
        return new ApiOperations(
                "api-writes",
                Operation.PUT_ITEM,
                Operation.UPDATE_ITEM,
                Operation.TRANSACT_WRITE_4,
                Operation.BATCH_WRITE_25);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return String.join(", ", operations.stream().map(ApiOperations::label).toList())
                + " over HTTP, beside a bare HTTP echo of the same bytes and DynamoDB Local.";
    }

    private static String label(Operation operation) {
        return switch (operation) {
            case QUERY_20 -> "Query of 20";
            case TRANSACT_WRITE_4 -> "TransactWriteItems of 4";
            case BATCH_WRITE_25 -> "BatchWriteItem of 25";
            case GET_ITEM, PUT_ITEM, UPDATE_ITEM -> operation.target();
        };
    }

    @Override
    public String operation() {
        return "one request, items of 1 KB";
    }

    @Override
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Operation operation : operations) {
            switch (operation) {
                case GET_ITEM -> targets.add(ofEcho(operation, 1.6));
                case PUT_ITEM -> targets.add(ofEcho(operation, 3.0));
                case QUERY_20 -> targets.add(ofEcho(operation, 4.0));
                case UPDATE_ITEM, TRANSACT_WRITE_4, BATCH_WRITE_25 -> {}
            }
        }
        targets.add(new Target(Figure.CPU, LOCAL, SHARE_OF_LOCAL));
        targets.add(new Target(Figure.P99, LOCAL, 1.0));
        return targets;
    }

    private static Target ofEcho(Operation operation, double bound) {
        return new Target(Figure.CPU, Side.REFERENCE, bound, label(operation));
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private final class Opened implements Contest {
        private final Items items;
        private final Duration unmeasured;
        private final Duration measured;
        private final int partitions;
        private final Map<String, Peers.Peer> peers = new LinkedHashMap<>();
        private final Map<Load, Operation> loads = new LinkedHashMap<>();

        Opened(Setup setup) throws Exception {
            items = new Items(setup.seed(), ITEM_BYTES);
            unmeasured = Duration.ofMillis(setup.scale().pick(500, 50));
            measured = Duration.ofMillis(setup.scale().pick(2_500, 250));
            partitions = setup.scale().pick(PARTITIONS, QUICK_PARTITIONS);
            List<Integer> connections = setup.scale() == Scale.FULL ? CONNECTIONS : QUICK_CONNECTIONS;
            for (Operation operation : operations) {
                connections.forEach(count -> loads.put(new Load(label(operation) + ", " + count, count), operation));
            }
            try {
                peers.put(Side.TAILRACE, Peers.tailrace(setup.workDir()));
                fill(peers.get(Side.TAILRACE).port());
                var echo = EchoMain.start(setup.workDir(), replies(setup.workDir()));
                peers.put(Side.REFERENCE, new Peers.Peer(echo, Integer.parseInt(echo.readyText())));
                if (Peers.hasDynamoDbLocal(setup.home())) {
                    peers.put(LOCAL, Peers.dynamoDbLocal(setup.home(), setup.workDir()));
                    fill(peers.get(LOCAL).port());
                }
            } catch (Exception failure) {
                close();
                throw failure;
            }
        }

        private void fill(int port) throws IOException {
            try (Connection connection = new Connection(port)) {
                connection.call(Connection.request(port, "CreateTable", Operation.CREATE_TABLE));
                int[] numbers = IntStream.range(0, Operation.PER_PARTITION).toArray();
                for (int partition = 0; partition < partitions; partition++) {
                    String body = Operation.batchWrite(items, partition, numbers);
                    connection.call(Connection.request(port, "BatchWriteItem", body));
                }
            }
        }

        /** What Tailrace answers, for the echo. */
        private Path replies(Path workDir) throws IOException {
            Path replies = Files.createDirectory(workDir.resolve("replies"));
            int port = peers.get(Side.TAILRACE).port();
            try (Connection connection = new Connection(port)) {
                for (Operation operation : operations) {
                    byte[] reply =
                            connection.call(Connection.request(port, operation.target(), operation.body(items, 0, 0)));
                    Files.write(replies.resolve(operation.target()), reply);
                }
            }
            return replies;
        }

        @Override
        public List<Load> loads() {
            return List.copyOf(loads.keySet());
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            peers.forEach((side, peer) -> sides.put(side, load -> call(peer, loads.get(load), (int) load.value())));
            return sides;
        }

        private Sample call(Peers.Peer peer, Operation operation, int connections) throws Exception {
            List<Connection> opened = new ArrayList<>();
            try {
                return Clients.run(
                        connections, unmeasured, measured, peer.process().cpu(), client -> {
                            Connection connection = new Connection(peer.port());
                            opened.add(connection);
                            byte[][] requests = requests(peer.port(), operation, client, connections);
                            return number -> connection.call(requests[(int) (number % requests.length)]);
                        });
            } finally {
                for (Connection connection : opened) {
                    connection.close();
                }
            }
        }

        private byte[][] requests(int port, Operation operation, int client, int connections) {
            byte[][] requests = new byte[REQUESTS][];
            for (int number = 0; number < REQUESTS; number++) {
                int partition = (number * connections + client) % partitions;
                requests[number] =
                        Connection.request(port, operation.target(), operation.body(items, partition, number));
            }
            return requests;
        }

        @Override
        public List<String> notes() {
            List<String> notes = new ArrayList<>(List.of("numbers in loads are connections; " + partitions
                    + " partitions of " + Operation.PER_PARTITION + " items of " + ITEM_BYTES
                    + " bytes; Tailrace with all that is on by default, Kafka included, durability process; "
                    + "the reference is the echo"));
            if (!peers.containsKey(LOCAL)) {
                notes.add(
                        "DynamoDB Local is not there to compare with: the build of conformance/dynamodb-local fetches it");
            }
            return notes;
        }

        @Override
        public void close() {
            peers.values().forEach(Peers.Peer::close);
        }
    }
}
