package io.tailrace.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.capture.CaptureConfig.Flow;
import io.tailrace.engine.Durability;
import io.tailrace.engine.EngineConfig;
import io.tailrace.engine.EngineDependencies;
import io.tailrace.engine.TableEngine;
import io.tailrace.engine.step.StepListener;
import io.tailrace.schemas.model.EventName;
import io.tailrace.schemas.model.StreamRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Proves that capture works with the engine itself: its journal, its durability {@code replicated}, a tail of its stream. */
@Timeout(300)
class EngineCaptureIT {
    private static final String TABLE = CaptureProcess.TABLE;
    private static final TopicSettings TOPICS = CaptureProcess.TOPICS;

    @TempDir
    private static Path brokerDir;

    private static EmbeddedBroker broker;

    @TempDir
    private Path dir;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(new EmbeddedBrokerConfig(brokerDir, 0));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void acknowledgesReplicatedWritesOnceKafkaHasThem() throws Exception {
        CaptureConfig config = config("replicated");
        try (TableEngine engine = engine("replicated", Durability.REPLICATED);
                StreamCapture capture = new StreamCapture(engine, config, new SimpleMeterRegistry())) {
            engine.setReplicationBarrier(capture);
            engine.allowJournalRemoval(capture::notedSequence);
            CompletableFuture<Boolean> created = CaptureProcess.createTable(engine);
            capture.start();
            created.get(100, TimeUnit.SECONDS);
            List<CompletableFuture<Boolean>> writes = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                writes.add(CaptureProcess.put(engine, "k" + i % 50, i));
            }
            for (CompletableFuture<Boolean> write : writes) {
                write.get(100, TimeUnit.SECONDS);
                assertThat(capture.capturedSequence()).isPositive();
            }
            assertThat(capture.capturedSequence()).isEqualTo(501);
            new Oracle("replicated", TOPICS).assertCaptured(broker.bootstrapServers(), CaptureProcess.entries(engine));
        }
    }

    /** On capture's own thread, where it ends a session, and on the producer's, which ends without a word. */
    @Test
    void goesOnWithoutLossAfterWantOfMemory() throws Exception {
        AtomicInteger sends = new AtomicInteger();
        AtomicInteger acknowledgements = new AtomicInteger();
        StepListener withoutMemory = step -> {
            boolean fails = step == CaptureStep.SEND_BEGINS && sends.incrementAndGet() % 40 == 1
                    || step == CaptureStep.ACKNOWLEDGED_BY_KAFKA && acknowledgements.incrementAndGet() == 5;
            if (fails && sends.get() < 200) {
                throw new OutOfMemoryError("on purpose");
            }
        };
        CaptureConfig config = config("memory");
        Flow flow = config.flow();
        config = config.withFlow(new Flow(
                flow.maxInFlightRecords(),
                flow.maxInFlightBytes(),
                flow.checkpointInterval(),
                Duration.ofSeconds(1),
                flow.settleTime()));
        try (TableEngine engine = engine("memory", Durability.PROCESS);
                StreamCapture capture = new StreamCapture(engine, config, new SimpleMeterRegistry(), withoutMemory)) {
            CaptureProcess.createTable(engine).get();
            for (int i = 0; i < 100; i++) {
                CaptureProcess.put(engine, "k" + i % 10, i).get();
            }
            capture.start();
            Await.until("captured", () -> capture.capturedSequence() == 101);
            assertThat(capture.status().state()).isEqualTo(CaptureStatus.State.RUNNING);
            assertThat(acknowledgements).hasValueGreaterThan(5);
            new Oracle("memory", TOPICS).assertCaptured(broker.bootstrapServers(), CaptureProcess.entries(engine));
        }
    }

    @Test
    void streamTailFollowsFromTheBeginningAndStepsOverForeignRecords() throws Exception {
        CaptureConfig config = config("tail");
        try (TableEngine engine = engine("tail", Durability.PROCESS);
                StreamCapture capture = new StreamCapture(engine, config, new SimpleMeterRegistry())) {
            capture.start();
            CaptureProcess.createTable(engine).get();
            for (int i = 0; i < 20; i++) {
                CaptureProcess.put(engine, "k", i).get();
            }
            Await.until("captured", () -> capture.capturedSequence() == 21);
            KafkaProbe.produce(
                    broker.bootstrapServers(),
                    List.of(new ProducerRecord<>("tailrace.tail.stream." + TABLE, 0, null, new byte[] {1})));
            Collector all = new Collector();
            try (StreamTail tail = new StreamTail(config, TABLE)) {
                tail.readToEnd(all);
            }
            assertThat(all.records).hasSize(20);
            assertThat(all.bad).hasSize(1);
            assertThat(all.records.get(0).eventName()).isEqualTo(EventName.INSERT);
            assertThat(all.records.subList(1, 20))
                    .allMatch(record -> record.eventName() == EventName.MODIFY
                            && record.oldImage() != null
                            && record.newImage() != null);
            Collector later = new Collector();
            try (StreamTail tail = new StreamTail(config, TABLE)) {
                Thread follower = new Thread(() -> tail.follow(StreamTail.From.NOW, later));
                follower.start();
                IntStream.range(0, 1_000)
                        .takeWhile(i -> later.records.isEmpty())
                        .forEach(i -> CaptureProcess.put(engine, "k", 1_000 + i).join());
                Await.until("a record comes", () -> !later.records.isEmpty());
                tail.stop();
                follower.join();
            }
            assertThat(later.records).doesNotContainAnyElementsOf(all.records);
        }
    }

    private static final class Collector implements StreamTail.Listener {
        private final List<StreamRecord> records = new CopyOnWriteArrayList<>();
        private final List<Long> bad = new CopyOnWriteArrayList<>();

        @Override
        public void onRecord(int partition, long offset, StreamRecord record) {
            records.add(record);
        }

        @Override
        public void onBadRecord(int partition, long offset, String reason) {
            bad.add(offset);
        }
    }

    private CaptureConfig config(String region) {
        return CaptureConfig.of(broker.bootstrapServers(), region, dir.resolve("checkpoint"))
                .withTopics(TOPICS);
    }

    private TableEngine engine(String region, Durability durability) {
        return TableEngine.open(
                EngineConfig.of(dir.resolve("engine"), region).withDurability(durability),
                EngineDependencies.system(new SimpleMeterRegistry()));
    }
}
