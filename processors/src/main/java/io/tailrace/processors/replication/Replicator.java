package io.tailrace.processors.replication;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.runtime.InstanceId;
import io.tailrace.processors.runtime.RestartPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards what one region has committed in global tables to another one. It belongs to the target's side, where it runs beside
 * the engine or alone; several of one pair share the partitions of the source. It never gives up: while one side cannot be
 * reached it tries again, and goes on where it was.
 */
public final class Replicator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);
    private static final long CLOSE_MILLIS = 20_000;

    private final RegionKafka source;
    private final RegionKafka target;
    private final Optional<Path> directory;
    private final Clock clock;
    private final Figures figures;
    private final Thread thread;
    private final Lock lock = new ReentrantLock();
    private final Condition closes = lock.newCondition();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<ReplicationSession> current = new AtomicReference<>();
    private volatile ReplicationState state = ReplicationState.CREATED;
    private volatile String detail;

    /** As below, with a new identity in its group for each connection. */
    public Replicator(RegionKafka source, RegionKafka target, Clock clock, MeterRegistry meters) {
        this(source, target, Optional.empty(), clock, meters);
    }

    /**
     * Makes a replicator that does nothing yet.
     *
     * @param source whose mutations are read
     * @param target whose engine is asked
     * @param directory where it keeps its identity in its group, so that it goes on at once after it was cut off or killed, and
     *     does not wait for the one that it was before
     */
    public Replicator(
            RegionKafka source, RegionKafka target, Optional<Path> directory, Clock clock, MeterRegistry meters) {
        this.directory = directory;
        if (source.region().equals(target.region())) {
            throw new IllegalArgumentException("a region is not replicated to itself: " + source.region());
        }
        this.source = source;
        this.target = target;
        this.clock = clock;
        this.figures = new Figures(source.region(), target.region(), meters);
        Gauge.builder(
                        ReplicationMeter.RUNNING.meterName(),
                        this,
                        replicator -> replicator.state == ReplicationState.RUNNING ? 1 : 0)
                .tag(ReplicationMeter.SOURCE_TAG, source.region())
                .tag(ReplicationMeter.TARGET_TAG, target.region())
                .description(ReplicationMeter.RUNNING.description())
                .register(meters);
        thread = new Thread(this::run, "tailrace-replication-" + source.region() + "-to-" + target.region());
        thread.setDaemon(true);
    }

    /** What this is, in the words of {@code tailrace processors describe}. */
    public static String describe(String source, String target) {
        return """
                No Kafka Streams topology: source and target are different Kafka clusters.
                   Consumer (topic: tailrace.%1$s.mutations, group: tailrace.replication.%1$s-to-%2$s, in the Kafka of %1$s)
                      items of global tables, written in %1$s or told again --> one command, in the partition of the hash
                      tables that are or were global                        --> one command in every partition
                      what cannot be understood                             --> tailrace.%2$s.dead-letters
                   Producer (topic: tailrace.%2$s.commands, idempotent, in the Kafka of %2$s)
                   Offsets are committed after the commands: at least once, and the versions of items decide.
                """.formatted(source, target);
    }

    /** Returns at once; the replicator comes up when both sides are there. */
    public void start() {
        state = ReplicationState.WAITING;
        thread.start();
    }

    public ReplicationState state() {
        return state;
    }

    public ReplicationStatus status() {
        long pending = figures.pendingOrNegative();
        return new ReplicationStatus(
                source.region(),
                target.region(),
                state,
                pending < 0 ? OptionalLong.empty() : OptionalLong.of(pending),
                figures.forwarded(),
                figures.deadLetters.sum(),
                figures.restarts.sum(),
                Optional.ofNullable(detail));
    }

    /** Commits what was forwarded, and ends. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        lock.lock();
        try {
            closes.signalAll();
        } finally {
            lock.unlock();
        }
        ReplicationSession session = current.get();
        if (session != null) {
            session.wakeUp();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} does not end within {} ms", thread.getName(), CLOSE_MILLIS);
        }
        state = ReplicationState.CLOSED;
    }

    private void run() {
        RestartPolicy policy = new RestartPolicy();
        try {
            while (!closing.get()) {
                long start = System.nanoTime();
                try {
                    runSession();
                } catch (WakeupException closed) {
                    LOG.debug("woken up to close", closed);
                } catch (RuntimeException failure) {
                    failed(failure);
                    long ranMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    pause(policy.pauseAfter(ranMillis));
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("{} was interrupted", thread.getName());
        }
    }

    private void runSession() throws InterruptedException {
        try (ReplicationSession session = new ReplicationSession(source, target, instanceId(), figures, clock)) {
            current.set(session);
            session.connect();
            while (!closing.get()) {
                step(session);
            }
            session.finish();
        } finally {
            current.set(null);
        }
    }

    private Optional<String> instanceId() {
        return directory.map(kept -> {
            try {
                return InstanceId.in(
                        kept, ReplicationSession.group(source.region(), target.region()), UUID::randomUUID);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private void step(ReplicationSession session) {
        try {
            session.doWork();
        } catch (WakeupException closed) {
            LOG.debug("woken up to close", closed);
            return;
        }
        if (session.unreachableSince().isPresent()) {
            is(
                    ReplicationState.DEGRADED,
                    "the Kafka of " + source.region() + " has not answered since "
                            + session.unreachableSince().get());
        } else if (session.isReading()) {
            is(ReplicationState.RUNNING, null);
        }
    }

    private void failed(RuntimeException failure) {
        figures.restarts.increment();
        boolean lost = failure instanceof LostRecordsException;
        boolean first = state == ReplicationState.WAITING && figures.forwarded() == 0;
        if (lost || !String.valueOf(failure.getMessage()).equals(detail)) {
            LOG.warn("{} to {} tries again: {}", source.region(), target.region(), failure.toString());
        }
        is(
                lost ? ReplicationState.FAILED : first ? ReplicationState.WAITING : ReplicationState.DEGRADED,
                String.valueOf(failure.getMessage()));
    }

    private void is(ReplicationState now, String why) {
        if (now != state) {
            LOG.info("{} to {} is {}", source.region(), target.region(), now);
        }
        detail = why;
        state = now;
    }

    private void pause(long millis) throws InterruptedException {
        long remaining = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!closing.get() && remaining > 0) {
                remaining = closes.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }
}
