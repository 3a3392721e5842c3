package io.tailrace.processors.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tailrace.processors.ProcessorMeter;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.ProcessorStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one Kafka Streams application: waits until Kafka and the topics are there, runs the client, and starts a new
 * one after a pause when it ends with an error. {@link #start} returns at once, so that the server does not depend on it.
 *
 * <p>The uncaught exception handler answers SHUTDOWN_CLIENT and the whole client is exchanged, rather than one thread by
 * REPLACE_THREAD: in Kafka Streams 4.3 the replaced thread stays a member of the group and its successor is another one,
 * so the group waits for the dead member until its session times out. A new client takes its predecessor's place at once.
 */
public final class ProcessorRuntime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorRuntime.class);
    private static final Duration CLIENT_CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final long SUPERVISOR_CLOSE_TIMEOUT_MILLIS = 20_000;
    /** Between two looks whether the topics are there: an eighth of the time that they have been waited for. */
    private static final long SHORTEST_TOPIC_CHECK_MILLIS = 250;

    private static final long LONGEST_TOPIC_CHECK_MILLIS = 2_000;

    /** Made before it is needed. */
    private static final Phase OUT_OF_MEMORY = new Phase(ProcessorState.FAILED, "out of memory");

    private static final String UNNEEDED = "no table needs it yet";

    private static final Set<ProcessorState> WELL = Set.of(ProcessorState.RUNNING, ProcessorState.IDLE);

    private final Application application;
    private final DeadLetters deadLetters;
    private final LongAdder restarts = new LongAdder();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread supervisor;

    private volatile boolean closing;
    private volatile boolean clientEnded;
    private volatile boolean needed = true;
    /** Not null while no client is to run; completes when none does. */
    private volatile CompletableFuture<Void> pause;

    private volatile Phase phase = new Phase(ProcessorState.CREATED, null);
    private volatile KafkaStreams client;
    private volatile Map<String, Integer> topicPartitions = Map.of();

    /**
     * What it does, and why, in one: who sees the one sees the other.
     *
     * @param state while there is no client
     * @param detail null without one
     */
    private record Phase(ProcessorState state, String detail) {
        Phase because(String newDetail) {
            return new Phase(state, newDetail);
        }
    }

    public ProcessorRuntime(Application application, MeterRegistry meters) {
        this.application = application;
        this.deadLetters = new DeadLetters(application.deadLetterTopic(), application.name());
        this.supervisor =
                new Thread(this::supervise, application.config().applicationId(application.name()) + "-supervisor");
        supervisor.setDaemon(true);
        register(meters);
    }

    public void start() {
        phase = waiting(null);
        supervisor.start();
    }

    /**
     * As {@link #start}, but runs no client before {@link #need}, unless there are stores: who was needed once may have something
     * left to do.
     *
     * @throws IOException when the directory of the stores cannot be read
     */
    public void startWhenNeeded() throws IOException {
        needed = hasStores();
        start();
    }

    /** There is something to do from now on, for one that waits for that. */
    public void need() {
        if (!needed) {
            signal(() -> needed = true);
        }
    }

    /** The running client; empty while there is none. */
    public Optional<KafkaStreams> client() {
        return Optional.ofNullable(client);
    }

    /** How many partitions a topic had when the client was last started; empty before that. */
    public OptionalInt partitionsOf(String topic) {
        Integer partitions = topicPartitions.get(topic);
        return partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions);
    }

    public ProcessorState state() {
        return state(client, phase);
    }

    private ProcessorState state(KafkaStreams current, Phase withoutClient) {
        if (current == null) {
            return withoutClient.state();
        }
        return switch (current.state()) {
            case CREATED, REBALANCING -> ProcessorState.REBALANCING;
            case RUNNING -> ProcessorState.RUNNING;
            case PENDING_ERROR, ERROR -> ProcessorState.FAILED;
            case PENDING_SHUTDOWN, NOT_RUNNING -> closing ? ProcessorState.CLOSED : ProcessorState.FAILED;
        };
    }

    public ProcessorStatus status() {
        KafkaStreams current = client; // before the phase: what a client waited for is over when it is there
        Phase now = phase;
        return new ProcessorStatus(
                application.name(),
                state(current, now),
                lagRecords(),
                deadLetters.count(),
                restarts.sum(),
                Optional.ofNullable(now.detail()));
    }

    /**
     * Stops the client until {@link #resume}. Completes when it has left the group; is cancelled when this is closed before, or
     * was not started.
     */
    public CompletableFuture<Void> pause() {
        CompletableFuture<Void> paused = new CompletableFuture<>();
        signal(() -> pause = paused);
        if (closing || supervisor.getState() == Thread.State.NEW) {
            paused.cancel(false);
        }
        return paused;
    }

    /** Ends a {@link #pause}. */
    public void resume() {
        signal(() -> pause = null);
    }

    /** Returns when the client is closed, or after twenty seconds. */
    @Override
    public void close() {
        signal(() -> closing = true);
        if (supervisor.getState() == Thread.State.NEW) {
            phase = new Phase(ProcessorState.CLOSED, null);
            return;
        }
        try {
            supervisor.join(SUPERVISOR_CLOSE_TIMEOUT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (supervisor.isAlive()) {
            LOG.warn("Processor {} is still closing", application.name());
        }
    }

    private OptionalLong lagRecords() {
        KafkaStreams current = client;
        return current == null ? OptionalLong.empty() : ConsumerLag.of(current);
    }

    /** The supervisor's thread; the named boundary where a processor's errors end. */
    private void supervise() {
        RestartPolicy policy = new RestartPolicy();
        try {
            while (!closing) {
                phase = waiting(phase.detail());
                if (stayPaused() || stayIdle()) {
                    continue;
                }
                long startNanos = System.nanoTime();
                try {
                    awaitTopics();
                    if (!closing && pause == null) {
                        startNanos = System.nanoTime();
                        runClient();
                    }
                } catch (IOException | RuntimeException | Error failure) {
                    // Errors too: without memory for this client there may be enough for the next.
                    failed(failure);
                }
                if (!closing && pause == null) {
                    restarts.increment();
                    await(
                            () -> closing || pause != null,
                            policy.pauseAfter(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos)));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            phase = new Phase(ProcessorState.CLOSED, phase.detail());
            CompletableFuture<Void> asked = pause;
            if (asked != null) {
                asked.cancel(false);
            }
        }
    }

    /** Whether there was a pause, which is over then. */
    private boolean stayPaused() throws InterruptedException {
        CompletableFuture<Void> asked = pause;
        if (asked == null) {
            return false;
        }
        phase = phase.because("paused");
        asked.complete(null);
        await(() -> closing || pause != asked, Long.MAX_VALUE);
        phase = waiting(null);
        return true;
    }

    /** Whether there was nothing to do, until now. */
    private boolean stayIdle() throws InterruptedException {
        if (needed) {
            return false;
        }
        await(() -> closing || needed || pause != null, Long.MAX_VALUE);
        phase = waiting(null);
        return true;
    }

    /** @param detail what there is to say of one that is needed; null for nothing */
    private Phase waiting(String detail) {
        return needed ? new Phase(ProcessorState.WAITING, detail) : new Phase(ProcessorState.IDLE, UNNEEDED);
    }

    private boolean hasStores() throws IOException {
        return ApplicationReset.hasStores(application.config(), application.name());
    }

    private void failed(Throwable failure) {
        try {
            phase = new Phase(ProcessorState.FAILED, failure.toString());
            LOG.error("Processor {} failed and will start again", application.name(), failure);
        } catch (OutOfMemoryError unsaid) {
            phase = OUT_OF_MEMORY; // not even enough to say so
        }
    }

    private void awaitTopics() throws InterruptedException {
        TopicCheck check = new TopicCheck(
                application,
                String.valueOf(
                        application.settings().get(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))));
        Map<String, Object> adminSettings =
                new HashMap<>(new StreamsConfig(application.settings()).getAdminConfigs("topic-check"));
        adminSettings.putAll(application.config().extraProperties());
        long startNanos = System.nanoTime();
        try (Admin admin = Admin.create(adminSettings)) {
            while (!closing && pause == null) {
                TopicCheck.Outcome outcome = check.check(admin);
                if (outcome.partitions().isPresent()) {
                    topicPartitions = outcome.partitions().get();
                    phase = phase.because(null);
                    return;
                }
                if (!outcome.waitingFor().equals(phase.detail())) {
                    phase = phase.because(outcome.waitingFor());
                    LOG.info("Processor {} is {}", application.name(), outcome.waitingFor());
                }
                await(() -> closing || pause != null, topicCheckPauseMillis(System.nanoTime() - startNanos));
            }
        }
    }

    /** Some topics come with a table that may be made next year: who waits long, looks seldom. */
    private static long topicCheckPauseMillis(long waitedNanos) {
        long share = TimeUnit.NANOSECONDS.toMillis(waitedNanos) / 8;
        return Math.max(SHORTEST_TOPIC_CHECK_MILLIS, Math.min(share, LONGEST_TOPIC_CHECK_MILLIS));
    }

    /** Runs one client until it ends by an error or this runtime is closed. */
    private void runClient() throws IOException, InterruptedException {
        RocksDbMemory memory = new RocksDbMemory(application.storeMemoryBytes());
        KafkaStreams created;
        try {
            created = new KafkaStreams(application.topology().get(), new StreamsConfig(settings(memory)));
        } catch (IOException | RuntimeException | Error failure) {
            memory.close();
            throw failure;
        }
        clientEnded = false;
        created.setUncaughtExceptionHandler(failure -> {
            failed(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        created.setStateListener((now, before) -> {
            LOG.debug("Processor {} goes from {} to {}", application.name(), before, now);
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
                signal(() -> clientEnded = true);
            }
        });
        try {
            forgetWhatKafkaLost(created);
            created.start();
            client = created;
            await(() -> closing || clientEnded || pause != null, Long.MAX_VALUE);
        } finally {
            closeClient(created, memory);
        }
    }

    /**
     * Without its changelogs and its place in its topics an application begins anew. What it finds in its stores here it would
     * not write to the changelogs again, and so lose with this machine.
     */
    private void forgetWhatKafkaLost(KafkaStreams stopped) throws IOException, InterruptedException {
        if (!application.replayable()) {
            return;
        }
        try (ApplicationReset reset = new ApplicationReset(application.config(), application.name())) {
            if (hasStores() && !reset.isKnownToKafka()) {
                LOG.warn(
                        "Kafka does not know processor {} any more: it begins anew, without what its stores held",
                        application.name());
                stopped.cleanUp();
            }
        }
    }

    /** Leaves the group, so that the next start, here or elsewhere, need not wait for this member. */
    private void closeClient(KafkaStreams ended, RocksDbMemory memory) {
        boolean closed = ended.close(CloseOptions.timeout(CLIENT_CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        client = null;
        if (closed) {
            memory.close();
        } else {
            // Its threads may still read and write: the memory must outlive them.
            LOG.warn("Processor {} did not close within {}", application.name(), CLIENT_CLOSE_TIMEOUT);
        }
    }

    private Map<String, Object> settings(RocksDbMemory memory) throws IOException {
        Map<String, Object> settings = new HashMap<>(application.settings());
        String instanceId = InstanceId.in(
                application.config().stateDir(),
                application.config().applicationId(application.name()),
                UUID::randomUUID);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);
        application
                .instances()
                .address()
                .ifPresent(address -> settings.put(
                        StreamsConfig.CLIENT_ID_CONFIG,
                        address.clientId(application.config().applicationId(application.name()))));
        return StreamsSettings.complete(settings, application.config(), deadLetters, memory);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier condition, long timeoutMillis) throws InterruptedException {
        long remaining = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        lock.lock();
        try {
            while (!condition.getAsBoolean() && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    private void register(MeterRegistry meters) {
        Tags tags = Tags.of(
                ProcessorMeter.PROCESSOR_TAG,
                application.name(),
                ProcessorMeter.REGION_TAG,
                application.config().region());
        gauge(meters, tags, ProcessorMeter.LAG, runtime -> {
            OptionalLong lag = runtime.lagRecords();
            return lag.isPresent() ? lag.getAsLong() : Double.NaN;
        });
        gauge(meters, tags, ProcessorMeter.RUNNING, runtime -> WELL.contains(runtime.state()) ? 1 : 0);
        counter(meters, tags, ProcessorMeter.DEAD_LETTERS, runtime -> runtime.deadLetters.count());
        counter(meters, tags, ProcessorMeter.RESTARTS, runtime -> runtime.restarts.sum());
    }

    private void gauge(
            MeterRegistry meters, Tags tags, ProcessorMeter meter, ToDoubleFunction<ProcessorRuntime> value) {
        Gauge.builder(meter.meterName(), this, value)
                .tags(tags)
                .baseUnit(meter.baseUnit())
                .description(meter.description())
                .register(meters);
    }

    private void counter(
            MeterRegistry meters, Tags tags, ProcessorMeter meter, ToDoubleFunction<ProcessorRuntime> value) {
        FunctionCounter.builder(meter.meterName(), this, value)
                .tags(tags)
                .baseUnit(meter.baseUnit())
                .description(meter.description())
                .register(meters);
    }
}
