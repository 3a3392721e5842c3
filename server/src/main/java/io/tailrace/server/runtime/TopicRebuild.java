package io.tailrace.server.runtime;

import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.CaptureException;
import io.tailrace.capture.CaptureStatus;
import io.tailrace.capture.CommandConsumer;
import io.tailrace.capture.Rebuild;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.TopicAdmin;
import io.tailrace.capture.TopicLoss;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.catalog.TableStream;
import io.tailrace.engine.operation.TellTableOperation;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorName;
import io.tailrace.processors.runtime.ApplicationReset;
import io.tailrace.schemas.model.TableDefinition;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.server.admin.RebuildRefusedException;
import io.tailrace.server.admin.RebuildReport;
import io.tailrace.server.admin.Rebuilds;
import io.tailrace.server.settings.RegionConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills Kafka's topics again from the journal after they were lost.
 *
 * <p>The journal need not reach back to the first commit, so what the mutations topic then tells is not enough for those who
 * follow it: the tables are told again as they are now, with a commit for each, and their items with backfills, and the
 * processors forget all that they knew.
 *
 * <p><b>Cut off between any two steps</b> the loss is still there, capture has stopped, and the same can be asked again: capture
 * is told last to go on whatever is missing. When nothing was lost, the tables are told before the processors forget: what they
 * find in the topic afterwards has all that is in the tables.
 */
final class TopicRebuild implements Rebuilds, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicRebuild.class);
    private static final long LIMIT_SECONDS = 60;
    private static final List<ProcessorName> FOLLOWERS = List.of(ProcessorName.GSI, ProcessorName.TTL);

    private final RegionConfig config;
    private final TableEngine engine;
    private final String bootstrapServers;
    private final Parts parts;
    /** Not null while one is under way. */
    private final AtomicReference<Thread> underWay = new AtomicReference<>();

    /** What has to do with the topics. */
    record Parts(StreamCapture capture, CommandConsumer commands, Processors processors) {}

    TopicRebuild(RegionConfig config, TableEngine engine, String bootstrapServers, Parts parts) {
        this.config = config;
        this.engine = engine;
        this.bootstrapServers = bootstrapServers;
        this.parts = parts;
    }

    @Override
    public CompletableFuture<RebuildReport> rebuild(boolean anyway) {
        CompletableFuture<RebuildReport> report = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(anyway, report), "tailrace-rebuild-" + config.name());
        if (underWay.compareAndSet(null, thread)) {
            thread.start();
        } else {
            report.completeExceptionally(refused("the topics are being filled again already"));
        }
        return report;
    }

    /** The boundary of a rebuild: whatever fails is the answer to who asked for it. */
    private void run(boolean anyway, CompletableFuture<RebuildReport> report) {
        try {
            report.complete(run(anyway));
        } catch (RebuildRefusedException refused) {
            report.completeExceptionally(refused);
        } catch (InterruptedException | CancellationException closed) {
            report.completeExceptionally(later("the server is stopping", closed));
        } catch (Exception failure) {
            LOG.warn("the topics of {} are not filled again", config.name(), failure);
            report.completeExceptionally(later(
                    "it did not work, and can be asked for again: "
                            + (failure.getMessage() == null ? failure : failure.getMessage()),
                    failure));
        } finally {
            underWay.set(null);
        }
    }

    private RebuildReport run(boolean anyway) throws Exception {
        CaptureStatus status = parts.capture().status();
        Optional<TopicLoss> loss = parts.capture().loss();
        if (status.state() == CaptureStatus.State.STARTING) {
            throw later("capture has not reached Kafka yet", null);
        }
        if (loss.isEmpty() && status.state() == CaptureStatus.State.FAILED) {
            throw refused("this does not help: " + status.lastError());
        }
        if (loss.isEmpty() && !anyway) {
            throw refused(
                    "nothing is missing in the topics; with anyway=true (--anyway) global secondary indexes and time to "
                            + "live are built anew all the same");
        }
        LOG.info("The topics of {} are filled again from the journal; missing: {}", config.name(), loss);
        boolean mutations = anyway
                || loss.map(lost -> lost.topics().contains(Topics.mutations(config.name())))
                        .orElse(false);
        return mutations ? withProcessorsPaused() : report(List.of());
    }

    private RebuildReport withProcessorsPaused() throws Exception {
        try {
            await(parts.processors().pause());
            requireNoneElsewhere();
            List<Told> told = tellTables();
            for (ProcessorName name : FOLLOWERS) {
                try (ApplicationReset reset = reset(name)) {
                    reset.run();
                }
            }
            return report(told);
        } finally {
            parts.processors().resume();
        }
    }

    private void requireNoneElsewhere() throws IOException, InterruptedException {
        for (ProcessorName name : FOLLOWERS) {
            try (ApplicationReset reset = reset(name)) {
                if (reset.isUsedElsewhere()) {
                    throw refused("the processor " + name.text()
                            + " runs in other processes too: stop them, or wait a minute when one was killed, ask again, and "
                            + "start them afterwards");
                }
            }
        }
    }

    private ApplicationReset reset(ProcessorName name) throws IOException {
        ProcessorConfig processor = Processors.processorConfig(config, bootstrapServers);
        return new ApplicationReset(processor, name.text());
    }

    private record Told(TableDefinition table, TellTableOperation.Told told) {}

    private List<Told> tellTables() throws InterruptedException, ExecutionException, TimeoutException {
        List<Told> all = new ArrayList<>();
        for (TableDefinition table : engine.catalog().tables()) {
            all.add(new Told(table, await(engine.write(new TellTableOperation(table)))));
        }
        return all;
    }

    private RebuildReport report(List<Told> told) throws Exception {
        makeTopics();
        List<String> indexes = new ArrayList<>();
        List<String> timeToLive = new ArrayList<>();
        for (Told one : told) {
            String name = one.table().name();
            one.told().indexes().forEach(index -> indexes.add(name + "/" + index));
            if (one.told().timeToLive()) {
                timeToLive.add(name);
            }
        }
        return new RebuildReport(goOn(), indexes, timeToLive);
    }

    private Rebuild goOn() throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Rebuild rebuild = await(parts.capture().rebuild());
            LOG.info("The topics of {} are filled from commit {} on", config.name(), rebuild.fromSequence());
            return rebuild;
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof CaptureException unhelpful) {
                throw refused("this does not help: " + unhelpful.getMessage());
            }
            throw failure;
        }
    }

    /** Those that capture would not make by itself: of streams that ended and may still be read, and a broken one of commands. */
    private void makeTopics() {
        CaptureConfig capture = config.kafka().captureConfig(bootstrapServers, config.name());
        try (TopicAdmin admin = new TopicAdmin(capture.connection(), capture.region(), capture.topics())) {
            if (parts.commands().status().state() == CaptureStatus.State.FAILED) {
                admin.recreateCommands();
            }
            for (TableStream stream : engine.streams().all()) {
                TableDefinition table = stream.table();
                if (admin.describe(Topics.stream(config.name(), table.name())).isEmpty()) {
                    admin.ensureStreamTopic(table.name(), capture.topics().streamOptions(table));
                }
            }
        }
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static RebuildRefusedException refused(String why) {
        return new RebuildRefusedException(why, false, null);
    }

    private static RebuildRefusedException later(String why, Throwable cause) {
        return new RebuildRefusedException(why, true, cause);
    }

    /** Ends the one that is under way, and waits for its end. */
    @Override
    public void close() {
        Thread thread = underWay.get();
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
