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
import io.tailrace.benchmarks.process.DynamoDbLocal;
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
import java.util.stream.Stream;

/**
 * Operations over HTTP, each connection's next request when the last one is answered. The client writes bytes that it has
 * prepared and hardly looks at the answers; it runs here, the servers are processes of their own, and their CPU counts.
 */
public final class ApiOperations implements Benchmark {
    private static final String LOCAL = "DynamoDB Local";
    private static final String LOCAL_ON_DISK = "DynamoDB Local on disk";
    private static final String DYNALITE = "dynalite";
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
    private static final List<Integer> QUICK_CONNECTIONS = List.of(2);
    /** A multiple of any number of connections, so that each connection has partitions of its own. */
    private static final int PARTITIONS = 256;

    private static final int QUICK_PARTITIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int WARM_UP_CONNECTIONS = 16;
    /** What all items together may take, about. */
    private static final int MAX_TABLE_BYTES = 128_000_000;

    /** Requests that a connection has prepared of each operation, of other items each. */
    private static final int REQUESTS = 32;
    /** Of each request: a write that found what it writes would not be one. */
    private static final int VERSIONS = 2;
    /** More than a connection sends in a round, and a multiple of any cycle. */
    private static final int NUMBERS_PER_ROUND = 6_000_000;

    private static final int SMALL_BYTES = 100;
    private static final int MEDIUM_BYTES = 1_000;
    private static final int LARGE_BYTES = 100_000;
    private static final double SHARE_OF_LOCAL = 1.0 / 8;
    private static final double SHARE_OF_DYNALITE = 1.0 / 4;

    private final String name;
    private final int itemBytes;
    private final List<Workload> workloads;
    private final List<Target> ofEcho;

    private ApiOperations(String name, int itemBytes, List<Workload> workloads, Target... ofEcho) {
        this.name = name;
        this.itemBytes = itemBytes;
        this.workloads = workloads;
        this.ofEcho = List.of(ofEcho);
    }

    public static ApiOperations reads() {
        return new ApiOperations(
                "api-reads",
                MEDIUM_BYTES,
                each(Operation.GET_ITEM, Operation.QUERY_20),
                ofEcho(Operation.GET_ITEM, 1.6),
                ofEcho(Operation.QUERY_20, 4.0));
    }

    public static ApiOperations writes() {
        return new ApiOperations(
                "api-writes",
                MEDIUM_BYTES,
                each(Operation.PUT_ITEM, Operation.UPDATE_ITEM, Operation.TRANSACT_WRITE_4, Operation.BATCH_WRITE_25),
                ofEcho(Operation.PUT_ITEM, 3.0));
    }

    public static ApiOperations small() {
        return new ApiOperations("api-small", SMALL_BYTES, each(Operation.GET_ITEM, Operation.PUT_ITEM));
    }

    public static ApiOperations large() {
        return new ApiOperations("api-large", LARGE_BYTES, each(Operation.GET_ITEM, Operation.PUT_ITEM));
    }

    public static ApiOperations ycsb() {
        return new ApiOperations("api-ycsb", MEDIUM_BYTES, Workload.ycsb());
    }

    private static List<Workload> each(Operation... operations) {
        return Stream.of(operations).map(Workload::of).toList();
    }

    private static Target ofEcho(Operation operation, double bound) {
        return new Target(
                Figure.CPU, Side.REFERENCE, bound, Workload.of(operation).label());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String summary() {
        return String.join(", ", workloads.stream().map(Workload::label).toList()) + " over HTTP with items of "
                + size() + ", beside a bare HTTP echo of the same bytes, DynamoDB Local and dynalite.";
    }

    private String size() {
        return itemBytes < 1_000 ? itemBytes + " B" : itemBytes / 1_000 + " KB";
    }

    @Override
    public String operation() {
        return "one request, items of " + size();
    }

    @Override
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>(ofEcho);
        for (String local : List.of(LOCAL, LOCAL_ON_DISK)) {
            targets.add(new Target(Figure.CPU, local, SHARE_OF_LOCAL));
            targets.add(new Target(Figure.P99, local, 1.0));
        }
        targets.add(new Target(Figure.CPU, DYNALITE, SHARE_OF_DYNALITE));
        targets.add(new Target(Figure.P99, DYNALITE, 1.0));
        return targets;
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
        private final Map<Load, Workload> loads = new LinkedHashMap<>();
        private int rounds;
        private Asked asked;
        private List<Requests> prepared = List.of();

        Opened(Setup setup) throws Exception {
            items = new Items(setup.seed(), itemBytes);
            unmeasured = Duration.ofMillis(setup.scale().pick(250, 50));
            measured = Duration.ofMillis(setup.scale().pick(1_000, 250));
            partitions = Math.min(
                    setup.scale().pick(PARTITIONS, QUICK_PARTITIONS),
                    MAX_TABLE_BYTES / (itemBytes * Operation.PER_PARTITION));
            List<Integer> connections = setup.scale() == Scale.FULL ? CONNECTIONS : QUICK_CONNECTIONS;
            for (Workload workload : workloads) {
                connections.forEach(count -> loads.put(new Load(workload.label() + ", " + count, count), workload));
            }
            try {
                peers.put(Side.TAILRACE, Peers.tailrace(setup.workDir()));
                fill(peers.get(Side.TAILRACE).port());
                var echo = EchoMain.start(setup.workDir(), replies(setup.workDir()));
                peers.put(Side.REFERENCE, new Peers.Peer(echo, Integer.parseInt(echo.readyText())));
                addOthers(setup);
                warmUp(setup);
            } catch (Exception failure) {
                close();
                throw failure;
            }
        }

        /** A run that only shows that everything works has the fewest: each takes seconds to come up. */
        private void addOthers(Setup setup) throws Exception {
            boolean full = setup.scale() == Scale.FULL;
            boolean local = DynamoDbLocal.isThere(setup.home());
            if (local && (full || !ofEcho.isEmpty())) {
                add(LOCAL, Peers.dynamoDbLocal(setup.home(), setup.workDir(), false));
            }
            if (local && full) {
                add(LOCAL_ON_DISK, Peers.dynamoDbLocal(setup.home(), setup.workDir(), true));
            }
            if (full && Dynalite.isPossible()) {
                add(DYNALITE, Dynalite.start(setup.workDir()));
            }
        }

        /** Until the compilers of all of them have seen enough; a second or two would compare how far they are. */
        private void warmUp(Setup setup) throws Exception {
            if (setup.scale() != Scale.FULL) {
                return;
            }
            for (Workload workload : workloads) {
                for (String side : peers.keySet()) {
                    if (knows(side, workload)) {
                        setup.progress().step(workload.label() + ", warming up, " + side);
                        call(side, workload, WARM_UP_CONNECTIONS, WARM_UP);
                    }
                }
            }
        }

        @Override
        public boolean takesPart(String side, Load load) {
            return knows(side, loads.get(load));
        }

        private static boolean knows(String side, Workload workload) {
            return !side.equals(DYNALITE) || !workload.cycle().contains(Operation.TRANSACT_WRITE_4);
        }

        /** All have been warmed up before the first load. */
        @Override
        public int mostWarmups() {
            return 0;
        }

        private void add(String side, Peers.Peer peer) throws IOException {
            peers.put(side, peer);
            fill(peer.port());
        }

        private void fill(int port) throws IOException {
            try (Connection connection = new Connection(port)) {
                connection.call(Connection.request("CreateTable", Operation.CREATE_TABLE));
                int[] numbers = IntStream.range(0, Operation.PER_PARTITION).toArray();
                for (int partition = 0; partition < partitions; partition++) {
                    String body = Operation.batchWrite(items, partition, numbers);
                    connection.call(Connection.request("BatchWriteItem", body));
                }
            }
        }

        /** What Tailrace answers, for the echo. */
        private Path replies(Path workDir) throws IOException {
            Path replies = Files.createDirectory(workDir.resolve("replies"));
            int port = peers.get(Side.TAILRACE).port();
            try (Connection connection = new Connection(port)) {
                for (Operation operation : operations()) {
                    byte[] reply = connection.call(Connection.request(operation.target(), operation.body(items, 0, 0)));
                    Files.write(replies.resolve(operation.target()), reply);
                }
            }
            return replies;
        }

        private List<Operation> operations() {
            return workloads.stream()
                    .flatMap(workload -> workload.cycle().stream())
                    .distinct()
                    .toList();
        }

        @Override
        public List<Load> loads() {
            return List.copyOf(loads.keySet());
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            peers.keySet()
                    .forEach(side ->
                            sides.put(side, load -> call(side, loads.get(load), (int) load.value(), measured)));
            return sides;
        }

        @Override
        public ProcessHandle profiled() {
            return peers.get(Side.TAILRACE).process().handle();
        }

        private Sample call(String side, Workload workload, int connections, Duration duration) throws Exception {
            Peers.Peer peer = peers.get(side);
            boolean mayFail = !side.equals(Side.TAILRACE);
            int first = NUMBERS_PER_ROUND * (rounds++ % (Integer.MAX_VALUE / NUMBERS_PER_ROUND));
            prepare(new Asked(workload, connections));
            List<Connection> opened = new ArrayList<>();
            try {
                return Clients.run(
                        connections, unmeasured, duration, peer.process().cpu(), client -> {
                            Connection connection = new Connection(peer.port());
                            opened.add(connection);
                            Requests requests = prepared.get(client);
                            return mayFail
                                    ? number -> connection.callPatiently(requests.request(first, number))
                                    : number -> connection.call(requests.request(first, number));
                        });
            } finally {
                for (Connection connection : opened) {
                    connection.close();
                }
            }
        }

        /** All sides are asked the same, in all rounds: it is made once, and what was asked before is let go. */
        private void prepare(Asked wanted) {
            if (!wanted.equals(asked)) {
                prepared = List.of();
                prepared = IntStream.range(0, wanted.connections())
                        .mapToObj(client -> new Requests(wanted, client))
                        .toList();
                asked = wanted;
            }
        }

        private record Asked(Workload workload, int connections) {}

        /** What one connection sends: prepared as far as that is possible. */
        private final class Requests {
            private final Workload workload;
            private final int client;
            private final byte[][] prepared;

            Requests(Asked asked, int client) {
                this.workload = asked.workload();
                this.client = client;
                this.prepared = new byte[VERSIONS * REQUESTS * workload.cycle().size()][];
                for (int number = 0; number < prepared.length; number++) {
                    Operation operation = workload.at(number);
                    if (!operation.isFresh()) {
                        int place = number / workload.cycle().size();
                        int version = place / REQUESTS;
                        prepared[number] = encode(
                                operation,
                                (place % REQUESTS * asked.connections() + client) % partitions,
                                place % REQUESTS + version * Operation.NUMBERS_PER_VERSION);
                    }
                }
            }

            /** @param first how many were sent before, so that fresh ones are not sent again */
            byte[] request(int first, long number) {
                byte[] request = prepared[(int) (number % prepared.length)];
                return request == null
                        ? encode(workload.at(number), client % partitions, Math.toIntExact(first + number))
                        : request;
            }

            private byte[] encode(Operation operation, int partition, int number) {
                return Connection.request(operation.target(), operation.body(items, partition, number));
            }
        }

        @Override
        public List<String> notes() {
            List<String> notes = new ArrayList<>(List.of("numbers in loads are connections; " + partitions
                    + " partitions of " + Operation.PER_PARTITION + " items of " + size()
                    + "; Tailrace with all that is on by default, Kafka included, durability process; "
                    + "the reference is the echo"));
            if (peers.containsKey(DYNALITE) && operations().contains(Operation.TRANSACT_WRITE_4)) {
                notes.add("dynalite has no transactions");
            }
            if (!peers.containsKey(LOCAL_ON_DISK)) {
                notes.add(
                        "not compared with all others: DynamoDB Local comes with the build of conformance/dynamodb-local, "
                                + "dynalite needs npm, and quick runs leave most of them out");
            }
            return notes;
        }

        @Override
        public void close() {
            peers.values().forEach(Peers.Peer::close);
        }
    }
}
