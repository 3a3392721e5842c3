package io.tailrace.benchmarks.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.StreamCapture;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.writer.PlanSettings;
import io.tailrace.schemas.stream.StreamOptions;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A filled table whose journal is captured again and again, each time into other topics. */
public final class CapturedTable implements AutoCloseable {
    public static final int ITEM_BYTES = 1_000;
    private static final long LIMIT_SECONDS = 180;

    private final Table table;

    /** @param table is closed with this */
    public CapturedTable(Table table) {
        this.table = table;
    }

    static CapturedTable fill(Setup setup, Path dir, boolean stream, long items) {
        return fill(setup, dir, stream, StreamOptions.DEFAULT, items);
    }

    static CapturedTable fill(Setup setup, Path dir, boolean stream, StreamOptions options, long items) {
        EngineConfig config = EngineConfig.of(dir, Table.REGION)
                .withDurability(Durability.PROCESS)
                .withPlans(PlanSettings.DEFAULT.withStreams(options));
        Table table = Table.open(config, stream);
        table.fill(new Items(setup.seed(), ITEM_BYTES), "item", items);
        return new CapturedTable(table);
    }

    Table table() {
        return table;
    }

    public long lastSequence() {
        return table.engine().appliedSequence();
    }

    /** Not started. */
    public StreamCapture capture(CaptureConfig config) {
        return new StreamCapture(table.engine(), config, new SimpleMeterRegistry());
    }

    /** Captures everything and returns when Kafka has it. */
    public void captureAll(CaptureConfig config) throws InterruptedException, ExecutionException, TimeoutException {
        try (StreamCapture capture = capture(config)) {
            capture.start();
            capture.whenCaptured(lastSequence()).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The records of items that capture made in this region, in its order. */
    public List<ConsumerRecord<byte[], byte[]>> records(CaptureConfig config, boolean stream) {
        String[] topics = stream
                ? new String[] {Topics.mutations(config.region()), Topics.stream(config.region(), Table.NAME)}
                : new String[] {Topics.mutations(config.region())};
        try (TopicReader reader = new TopicReader(config, topics)) {
            return reader.readAll();
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
