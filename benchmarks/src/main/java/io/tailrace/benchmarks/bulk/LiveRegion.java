package io.tailrace.benchmarks.bulk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.benchmarks.stream.Broker;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.CommandConsumer;
import io.tailrace.capture.StreamCapture;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.TableEngine;
import io.tailrace.processors.ProcessorConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A region as a server has it, in this process: an engine with one table, its capture, and what brings it commands. */
final class LiveRegion implements AutoCloseable {
    private static final long LIMIT_SECONDS = 600;

    private final Path stateDir;
    private final CaptureConfig kafka;
    private final Table table;
    private final StreamCapture capture;
    private final CommandConsumer commands;

    private LiveRegion(Path stateDir, CaptureConfig kafka, Table table) {
        this.stateDir = stateDir;
        this.kafka = kafka;
        this.table = table;
        MeterRegistry meters = new SimpleMeterRegistry();
        this.capture = new StreamCapture(table.engine(), kafka, meters);
        this.commands = new CommandConsumer(table.engine(), kafka, meters);
    }

    /** Opens the engine, with a table that has no stream, and starts the rest. */
    static LiveRegion open(Broker broker, EngineConfig config) {
        CaptureConfig kafka = broker.region(config.region());
        LiveRegion region =
                new LiveRegion(config.dataDir().resolveSibling("processors"), kafka, Table.open(config, false));
        region.capture.start();
        region.table.engine().allowJournalRemoval(region.capture::notedSequence);
        region.commands.start();
        return region;
    }

    Table table() {
        return table;
    }

    TableEngine engine() {
        return table.engine();
    }

    StreamCapture capture() {
        return capture;
    }

    /** As the server's defaults are. */
    ProcessorConfig processors() {
        return new ProcessorConfig(
                kafka.bootstrapServers(),
                kafka.region(),
                stateDir,
                kafka.topics().partitions(),
                null,
                1,
                0,
                Map.of());
    }

    long itemCount() {
        int id = engine().catalog().table(Table.NAME).orElseThrow().id();
        return engine().read(context -> context.statistics(id)).itemCount();
    }

    /**
     * Returns when Kafka has all that was committed.
     *
     * @return where the mutations topic ended then, by partition
     */
    Map<Integer, Long> awaitCaptured() throws InterruptedException, ExecutionException, TimeoutException {
        return capture.whenCaptured(engine().appliedSequence()).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns when the indexes hold all that was committed. */
    void awaitIndexed() throws InterruptedException, ExecutionException, TimeoutException {
        engine().whenIndexesApplied().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        commands.close();
        capture.close();
        table.close();
    }
}
