package io.tailrace.capture;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.capture.CaptureStatus.State;
import io.tailrace.engine.TableEngine;
import io.tailrace.schemas.serde.TailraceSerdes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the writes that processors ask for in the commands topic: in order for each partition, and each at most once,
 * because the engine journals a command's position with what it does. What cannot be carried out goes to the dead-letter
 * topic. One thread; while Kafka is away it tries on for ever.
 */
public final class CommandConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandConsumer.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final CaptureConfig config;
    private final CommandTarget target;
    private final TailraceSerdes serdes;
    private final CaptureMetrics metrics;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final InterruptibleSection kafkaCalls = new InterruptibleSection();
    private final Thread thread;

    private volatile State state = State.STARTING;
    private volatile String lastError;
    private volatile CommandSession session;

    /** Not started yet. */
    public CommandConsumer(TableEngine engine, CaptureConfig config, MeterRegistry meters) {
        this(CommandTarget.of(engine), config, meters);
    }

    CommandConsumer(CommandTarget target, CaptureConfig config, MeterRegistry meters) {
        this.config = config;
        this.target = target;
        this.serdes = TailraceSerdes.withRegistryUrl(config.registryUrl());
        this.metrics = new CaptureMetrics(
                meters,
                config.region(),
                CaptureMeter.COMMANDS_APPLIED,
                CaptureMeter.COMMANDS_REFUSED,
                CaptureMeter.COMMANDS_DEAD);
        this.thread = new Thread(this::run, "tailrace-commands-" + config.region());
    }

    /** Starts the thread and returns at once; Kafka need not be there yet. */
    public void start() {
        thread.start();
    }

    public CommandStatus status() {
        return new CommandStatus(state, lastError);
    }

    /** Stops taking commands and waits for those under way, if the engine answers soon. */
    @Override
    public void close() {
        closing.countDown();
        kafkaCalls.close();
        CommandSession current = session;
        if (current != null) {
            current.wakeUp();
        }
        try {
            thread.join();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        state = State.STOPPED;
        metrics.close();
    }

    private void run() {
        Duration backoff = FIRST_BACKOFF;
        try {
            while (!isClosing()) {
                if (runSession()) {
                    backoff = FIRST_BACKOFF;
                }
                waitUnlessClosing(backoff);
                Duration doubled = backoff.multipliedBy(2);
                backoff = doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
            }
        } catch (InterruptedException interrupt) {
            LOG.warn("the consumer of commands of {} was interrupted and ends", config.region());
        }
    }

    /** One session, from its connection to its failure or to the end; whether it connected. */
    private boolean runSession() throws InterruptedException {
        boolean connected = false;
        try (CommandSession current =
                new CommandSession(config, target, serdes.command().deserializer(), metrics, this::isClosing)) {
            session = current;
            kafkaCalls.run(current::connect);
            connected = true;
            state = State.RUNNING;
            while (!isClosing()) {
                kafkaCalls.run(current::verifyTopic);
                current.doWork();
            }
        } catch (InterruptedException interrupt) {
            throw interrupt;
        } catch (WakeupException closed) {
            LOG.debug("the consumer of commands of {} ends", config.region());
        } catch (Exception | Error failure) { // the boundary: any failure ends the session, none ends the consumer
            Thread.interrupted(); // Kafka's InterruptException interrupts again; who closes is not to be taken for that
            if (!isClosing()) {
                noteIfPossible(failure);
            }
        } finally {
            session = null;
        }
        return connected;
    }

    private void noteIfPossible(Throwable failure) {
        try {
            noteError(failure);
        } catch (OutOfMemoryError unsaid) {
            state = State.DEGRADED; // not even enough to say so
        }
    }

    private void noteError(Throwable failure) {
        String error = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        boolean again = error.equals(lastError);
        lastError = error;
        state = failure instanceof CaptureException ? State.FAILED : State.DEGRADED; // now that it can be said why
        if (again) {
            LOG.debug("the consumer of commands of {} failed again", config.region(), failure);
        } else {
            LOG.warn("the consumer of commands of {} failed, and tries again: {}", config.region(), error, failure);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void waitUnlessClosing(Duration duration) throws InterruptedException {
        if (closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("the consumer of commands of {} ends", config.region());
        }
    }
}
