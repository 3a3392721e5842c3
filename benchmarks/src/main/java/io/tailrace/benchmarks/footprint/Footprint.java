package io.tailrace.benchmarks.footprint;

import io.tailrace.benchmarks.api.Connection;
import io.tailrace.benchmarks.api.Operation;
import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Calm;
import io.tailrace.benchmarks.core.Clients;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Scale;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.core.UnavailableException;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.process.DynamoDbLocal;
import io.tailrace.benchmarks.process.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a server needs: time until it answers, memory and CPU while nobody asks anything, memory and disk while many do, and how
 * much there is to download. Each figure is of a new process on an empty directory, started as users do, but that those of
 * idle ones are all of the same; Tailrace with all of its defaults.
 */
public final class Footprint implements Benchmark {
    private static final String LOCAL = "DynamoDB Local";
    private static final String LOCAL_ON_DISK = "DynamoDB Local on disk";

    private static final Load START = new Load("start, embedded Kafka", 1);
    private static final Load IDLE = new Load("idle, embedded Kafka", 2);
    private static final Load BUSY = new Load("busy, embedded Kafka", 3);
    private static final Load START_EXTERNAL = new Load("start, external Kafka", 4);
    private static final Load IDLE_EXTERNAL = new Load("idle, external Kafka", 5);
    private static final Load BUSY_EXTERNAL = new Load("busy, external Kafka", 6);
    private static final Load DOWNLOAD = new Load("download", 7);
    private static final List<Load> IDLE_ONES = List.of(IDLE, IDLE_EXTERNAL);
    private static final List<Load> EXTERNAL = List.of(START_EXTERNAL, IDLE_EXTERNAL, BUSY_EXTERNAL);

    private static final double MOST_IDLE_BYTES = 350e6;
    private static final double MOST_IDLE_BYTES_EXTERNAL = 200e6;
    private static final double MOST_IDLE_CORES = 0.03;
    private static final int CLIENTS = 8;
    private static final int ITEM_BYTES = 1_000;

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String summary() {
        return "Time to the first answer, memory, CPU while idle, disk for each write and size of a server as users start it, "
                + "beside DynamoDB Local and a bare HTTP server.";
    }

    @Override
    public String operation() {
        return "the life of a process; under load PutItem and GetItem in turns, items of 1 KB";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target(Figure.TIME, LOCAL, 1.0, "start"),
                new Target(Figure.TIME, LOCAL_ON_DISK, 1.0, "start"),
                Target.absolute(Figure.MEMORY, MOST_IDLE_BYTES, IDLE.label()),
                Target.absolute(Figure.MEMORY, MOST_IDLE_BYTES_EXTERNAL, IDLE_EXTERNAL.label()),
                Target.absolute(Figure.IDLE_CPU, MOST_IDLE_CORES, "idle"));
    }

    @Override
    public Contest open(Setup setup) throws UnavailableException {
        if (!ResidentMemory.isTold()) {
            throw new UnavailableException("memory is read from /proc, which is Linux's");
        }
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final Setup setup;
        private final boolean full;
        private final Items items;
        private final Map<String, Candidate> candidates = new LinkedHashMap<>();
        private final Candidate externalTailrace;
        /** What was started last for each side, and for what. */
        private final Map<String, Life> lives = new HashMap<>();

        private final Map<String, Load> startedFor = new HashMap<>();

        private int directories;
        private long writes;

        Opened(Setup setup) {
            this.setup = setup;
            full = setup.scale() == Scale.FULL;
            items = new Items(setup.seed(), ITEM_BYTES);
            candidates.put(Side.TAILRACE, Candidates.tailrace(setup.home(), false));
            externalTailrace = Candidates.tailrace(setup.home(), true);
            if (full && DynamoDbLocal.isThere(setup.home())) {
                candidates.put(LOCAL, Candidates.dynamoDbLocal(setup.home(), false));
                candidates.put(LOCAL_ON_DISK, Candidates.dynamoDbLocal(setup.home(), true));
            }
            candidates.put(Side.REFERENCE, Candidates.echo());
        }

        @Override
        public List<Load> loads() {
            return full
                    ? List.of(START, IDLE, BUSY, START_EXTERNAL, IDLE_EXTERNAL, BUSY_EXTERNAL, DOWNLOAD)
                    : List.of(START, IDLE, BUSY);
        }

        /** Each round has a process of its own; nothing of one round warms up another. */
        @Override
        public int mostWarmups() {
            return 0;
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            candidates.forEach((side, candidate) -> sides.put(side, load -> {
                try {
                    return measure(side, candidate, load);
                } catch (IOException failure) {
                    throw new IOException(side + ", " + load.label() + ": " + failure.getMessage(), failure);
                }
            }));
            return sides;
        }

        private Sample measure(String side, Candidate candidate, Load load) throws Exception {
            if (load.equals(DOWNLOAD)) {
                return size(candidate);
            }
            boolean external = EXTERNAL.contains(load);
            if (external && isKnown(side, load)) {
                return nothing();
            }
            Candidate started = external && side.equals(Side.TAILRACE) ? externalTailrace : candidate;
            Life life = life(side, started, load);
            if (load.equals(START) || load.equals(START_EXTERNAL)) {
                return life.startSample();
            }
            return IDLE_ONES.contains(load) ? idle(life) : busy(life);
        }

        /** Where Tailrace's Kafka is makes no difference to the others; the limit stands beside it once more. */
        private static boolean isKnown(String side, Load load) {
            return side.equals(LOCAL_ON_DISK) || side.equals(LOCAL) && !load.equals(START_EXTERNAL);
        }

        /**
         * A run that only shows that everything works starts each once. And an idle one is looked at again and again: how it was in
         * the first minute says little about the days after it.
         */
        private Life life(String side, Candidate candidate, Load load) throws Exception {
            Life before = lives.get(side);
            boolean sameIdle = IDLE_ONES.contains(load) && load.equals(startedFor.get(side));
            if (sameIdle || !full && before != null && !load.equals(START)) {
                return before;
            }
            if (before != null) {
                before.close();
            }
            Path directory = Files.createDirectory(setup.workDir().resolve("life-" + directories++));
            Life life = candidate.start(directory);
            lives.put(side, life);
            startedFor.put(side, load);
            return life;
        }

        private Duration millis(int fullMillis, int quickMillis) {
            return Duration.ofMillis(setup.scale().pick(fullMillis, quickMillis));
        }

        private Sample idle(Life life) throws Exception {
            Calm.await(life.process().cpu(), millis(5_000, 50), millis(180_000, 150));
            Duration interval = millis(20_000, 200);
            double cores = Calm.cores(life.process().cpu(), interval);
            double bytes = life.process().residentBytes();
            long cpuNanos = (long) (cores * interval.toNanos());
            return new Sample(
                    1, interval.toNanos(), cpuNanos, null, Map.of(Figure.MEMORY, bytes, Figure.IDLE_CPU, cores));
        }

        private Sample busy(Life life) throws Exception {
            Optional<Long> bytesBefore = life.diskBytes();
            LongAdder puts = new LongAdder();
            List<Connection> opened = new ArrayList<>();
            Sample sample;
            try {
                sample = Clients.run(
                        CLIENTS,
                        millis(1_000, 50),
                        millis(10_000, 300),
                        life.process().cpu(),
                        client -> {
                            Connection connection = new Connection(life.port());
                            opened.add(connection);
                            return number -> call(connection, client + 1, number, puts);
                        });
            } finally {
                for (Connection connection : opened) {
                    connection.close();
                }
            }
            Map<Figure, Double> gauges = new EnumMap<>(Figure.class);
            for (Figure figure : List.of(Figure.CPU, Figure.THROUGHPUT, Figure.P50, Figure.P99)) {
                figure.of(sample).ifPresent(value -> gauges.put(figure, value));
            }
            gauges.put(Figure.MEMORY, (double) life.process().mostResidentBytes());
            if (bytesBefore.isPresent()) {
                // What is captured behind the answers is on disk too.
                Calm.await(life.process().cpu(), millis(2_000, 50), millis(30_000, 150));
                long written = life.diskBytes().orElseThrow() - bytesBefore.get();
                gauges.put(Figure.DISK, (double) written / puts.sum());
            }
            writes = Math.max(writes, puts.sum());
            return sample.telling(gauges);
        }

        /** Puts a new item each second time, and gets one of the last in between. */
        private void call(Connection connection, int partition, long number, LongAdder puts) throws IOException {
            boolean put = number % 2 == 0;
            Operation operation = put ? Operation.INSERT : Operation.GET_LATEST;
            String body = operation.body(items, partition, Math.toIntExact(number));
            connection.call(Connection.request(operation.target(), body));
            if (put) {
                puts.increment();
            }
        }

        private static Sample size(Candidate candidate) throws IOException, InterruptedException {
            if (candidate.files().isEmpty()) {
                return nothing();
            }
            double bytes = 0;
            for (Path path : candidate.files().get()) {
                bytes += DiskUse.bytes(path);
            }
            return nothing().telling(Map.of(Figure.SIZE, bytes));
        }

        /** Where a side has nothing that could be measured. */
        private static Sample nothing() {
            return new Sample(1, 1, 0, null, Map.of());
        }

        @Override
        public List<String> notes() {
            List<String> notes = new ArrayList<>(List.of(
                    "each figure is of a new process with an empty directory; idle ones stay the same ones for all rounds, and are "
                            + "looked at each time their CPU use falls no more; "
                            + "start: to the answers of CreateTable, PutItem and GetItem; busy: at once after those, "
                            + CLIENTS
                            + " connections that put and get items of 1 KB in turns, and the most memory meanwhile, at most "
                            + writes + " puts; the reference is a bare HTTP server"));
            if (!candidates.containsKey(LOCAL)) {
                notes.add(
                        "not compared with DynamoDB Local: it comes with the build of conformance/dynamodb-local, and "
                                + "quick runs leave it out");
            }
            return notes;
        }

        @Override
        public void close() throws IOException {
            for (Life life : lives.values()) {
                life.close();
            }
        }
    }
}
