package io.tailrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.stream.StreamFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data directory through many lives of its server, under one workload. All is compared at the end, by {@link RunCheck}: a
 * read that was made after one life and contradicts the next is found then too, because the history keeps what was seen.
 */
final class CrashRun {
    private static final Logger LOG = LoggerFactory.getLogger(CrashRun.class);
    /** Rolls, flushes and the like happen once a second. */
    private static final Duration STEP_LIMIT = Duration.ofSeconds(90);

    /** After this a step need not be passed as often as planned any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** A life that did not end at the step that was planned, but by a kill or in order. */
    static final class StepNotReachedError extends AssertionError {
        private static final long serialVersionUID = 1L;

        StepNotReachedError(String message) {
            super(message);
        }
    }

    /** What Java says of a process that SIGKILL ended. */
    private static final int KILLED = 128 + 9;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path dir;
    private final long seed;
    private final RunConfig config;
    private final History history = new History();
    private final List<Client> clients = new ArrayList<>();
    private final TableChanger changer;
    private final List<TableSpec> tables;
    private final List<Thread> atWork = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private boolean created;
    private int kills;

    CrashRun(Path dir, long seed, RunConfig config) {
        this.dir = dir;
        this.seed = seed;
        this.config = config;
        int side = Math.max(3, (int) Math.sqrt(config.keysPerTable()));
        this.tables = List.of(
                new TableSpec("orders", "ALL", "ALL", "NEW_AND_OLD_IMAGES", StreamFormat.AVRO, side, side),
                new TableSpec("users", null, "KEYS_ONLY", "NEW_IMAGE", StreamFormat.JSON, config.keysPerTable(), 0),
                new TableSpec("events", "KEYS_ONLY", null, null, StreamFormat.AVRO, side, side));
        List<List<Slot>> slots = tables.stream().map(history::add).toList();
        for (int i = 0; i < config.clients(); i++) {
            clients.add(new Client("client-" + i, seed + 1_000L * i, config.mix(), history, slots));
        }
        this.changer = new TableChanger(
                seed - 1,
                history,
                tables.get(2),
                TimeUnit.MILLISECONDS.toNanos(config.mix().tableChangePauseMillis()));
    }

    RunConfig config() {
        return config;
    }

    long seed() {
        return seed;
    }

    History history() {
        return history;
    }

    int kills() {
        return kills;
    }

    /**
     * One life: start, work, end as planned.
     *
     * @param kafka whether Kafka's side is on
     * @param processors whether the processors are on too
     */
    void live(KillPlan plan, boolean kafka, boolean processors) throws IOException, InterruptedException {
        boolean withKafka = kafka || plan.needsKafka() || config.durability().equals("replicated");
        Optional<String> atStart =
                plan.moment() == KillPlan.Moment.AT_START ? Optional.of(plan.command()) : Optional.empty();
        if (atStart.isPresent() && !created) {
            live(KillPlan.after(0), kafka, processors); // there is something to start with then
        }
        try (ServerLife server = ServerLife.start(settings(withKafka, processors), atStart)) {
            if (server.served()) {
                create(server);
                work(server, plan);
            }
            end(server, plan, KILLED);
        }
        kills++;
    }

    /**
     * Work until so many writes were acknowledged in all, then the end while all are at work.
     *
     * @param inOrder whether the server is told to stop rather than killed
     */
    void liveUntil(long acknowledged, boolean inOrder) throws IOException {
        try (ServerLife server = ServerLife.start(settings(true, true), Optional.empty())) {
            create(server);
            work(server, Long.MAX_VALUE, () -> history.acknowledged() >= acknowledged);
            if (inOrder) {
                server.stop();
            } else {
                kills++;
            }
            end(server, KillPlan.after(0), inOrder ? 0 : KILLED);
        }
    }

    /** Compares everything with everything. */
    RunCheck check(Problems problems) throws IOException {
        RunCheck check = new RunCheck(dir, config, history, problems);
        Map<String, String> settings = settings(true, true);
        settings.put("stream.shard.roll.interval", "0s"); // everything is to come to rest
        check.run(settings);
        return check;
    }

    private Map<String, String> settings(boolean kafka, boolean processors) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data.dir", dir.toString());
        settings.put("port", "0");
        settings.put("admin.port", "0");
        settings.put("kafka.port", "0");
        settings.put("region", config.region());
        settings.put("durability", config.durability());
        settings.put("engine.flush.interval", "1s");
        settings.put("journal.roll.interval", "1s");
        settings.put("ttl.change.interval", "0s");
        settings.put("journal.retention", config.removesJournal() ? "0s" : "24h");
        settings.put("stream.shard.roll.interval", config.pace().shardRollInterval());
        settings.put("stream.tombstones", Boolean.toString(config.tombstones()));
        settings.put("kafka.enabled", Boolean.toString(kafka));
        settings.put("processors.enabled", Boolean.toString(processors));
        if (!config.embedded()) {
            settings.put("kafka.bootstrap.servers", config.bootstrapServers());
        }
        return settings;
    }

    private void create(ServerLife server) throws IOException {
        if (created) {
            return;
        }
        try (ApiClient api = new ApiClient(server.port(), config.region())) {
            for (TableSpec table : tables) {
                TableChange change = history.begin(new TableChange(
                        table.name(),
                        io.tailrace.schemas.model.Change.CatalogChange.Action.CREATE_TABLE,
                        "creation",
                        definition -> true));
                ApiClient.Reply reply = api.call("CreateTable", table.createRequest());
                assertThat(reply.isOk()).as("%s", reply).isTrue();
                change.finish(Request.Outcome.DONE);
            }
        }
        created = true;
    }

    private void work(ServerLife server, KillPlan plan) throws IOException {
        long before = history.acknowledged();
        if (plan.step() != null && plan.moment() != KillPlan.Moment.WHEN_STOPPING) {
            if (plan.moment() == KillPlan.Moment.AT_WORK) {
                server.haltAt(plan.command());
            }
            // A step that comes once a second needs not more than a write now and then, which the changes of tables
            // are.
            BooleanSupplier impatient = deadline(PATIENCE);
            BooleanSupplier over = deadline(STEP_LIMIT);
            AtomicBoolean armedAgain = new AtomicBoolean(plan.moment() != KillPlan.Moment.AT_WORK);
            work(server, config.pace().writesPerStep(), () -> {
                // A starved machine does not get there so often: the next time will do.
                if (impatient.getAsBoolean() && armedAgain.compareAndSet(false, true)) {
                    server.haltSoonAt(plan.atOnce().command());
                }
                return over.getAsBoolean();
            });
        } else {
            // The time counts from when the first writes were acknowledged: a starved machine begins slowly.
            AtomicReference<BooleanSupplier> enough = new AtomicReference<>();
            work(server, Long.MAX_VALUE, () -> {
                if (enough.get() == null && history.acknowledged() > before) {
                    enough.set(deadline(Duration.ofMillis(plan.millis())));
                }
                return enough.get() != null && enough.get().getAsBoolean();
            });
        }
    }

    private static BooleanSupplier deadline(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() >= deadline;
    }

    /**
     * Until it is enough or the server has ended. The kill, if any, comes while all are at work.
     *
     * @param maxWrites the clients of items stop when so many more were acknowledged
     */
    private void work(ServerLife server, long maxWrites, BooleanSupplier enough) {
        long before = history.acknowledged();
        BooleanSupplier itemsStop = () -> stop.get() || history.acknowledged() - before >= maxWrites;
        stop.set(false);
        clients.forEach(client -> employ("crash-client", server, itemsStop, client::work));
        employ("crash-table-changer", server, stop::get, changer::work);
        atWork.forEach(Thread::start);
        while (!enough.getAsBoolean() && server.isAlive()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** What a client does until its connection breaks or it is told to stop. */
    private interface Job {
        void work(int port, String region, BooleanSupplier enough);
    }

    /** A connection that breaks while the server lives is replaced: else nobody would be left to take it to its step. */
    private void employ(String name, ServerLife server, BooleanSupplier enough, Job job) {
        atWork.add(new Thread(
                () -> {
                    try {
                        while (!enough.getAsBoolean() && server.isAlive()) {
                            job.work(server.port(), config.region(), enough);
                            LockSupport.parkNanos(PAUSE_NANOS);
                        }
                    } catch (RuntimeException | Error fault) {
                        LOG.error("{} of {} failed", name, config.region(), fault);
                        faults.add(name + ": " + fault);
                    }
                },
                name));
    }

    /** @param expected exit code: a server ends as planned, not by itself */
    private void end(ServerLife server, KillPlan plan, int expected) throws IOException {
        boolean halts = plan.step() != null && server.served() && server.isAlive();
        boolean tooLate = false;
        if (halts && plan.moment() == KillPlan.Moment.WHEN_STOPPING) {
            stop.set(true);
            joinClients();
            server.awaitCaptured();
            server.haltAt(plan.command());
            server.beginStop();
            server.awaitExit();
        } else if (server.isAlive()) {
            if (halts) {
                tooLate = true; // it should have ended itself
                server.dumpThreads();
            }
            server.kill();
        }
        int exit = server.awaitExit();
        stop.set(true);
        joinClients();
        history.lifeEnded();
        LOG.info(
                "life {} of {} {}: {}, exit {}, {} writes acknowledged",
                history.life(),
                config.region(),
                config.durability(),
                plan,
                exit,
                history.acknowledged());
        assertThat(faults)
                .as("faults of the workload itself, not of the server")
                .isEmpty();
        boolean missed = plan.moment() == KillPlan.Moment.WHEN_STOPPING && exit == 0;
        if (tooLate || missed) {
            throw new StepNotReachedError("%s was not reached:%n%s".formatted(plan, server.output()));
        }
        assertThat(exit).as("%s:%n%s", plan, server.output()).isEqualTo(expected);
    }

    private void joinClients() {
        for (Thread thread : atWork) {
            try {
                thread.join();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while clients end", interrupt);
            }
        }
        atWork.clear();
    }
}
