package io.tailrace.benchmarks.stream;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.core.Waiting;
import io.tailrace.benchmarks.data.Items;
import io.tailrace.benchmarks.data.Table;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.ProducerSettings;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.TopicSettings;
import io.tailrace.schemas.topic.RecordHeaders;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * From a write's acknowledgement until a consumer has its stream record, beside a producer with the settings of capture's:
 * from the call that sends a record like it until the same consumer has that.
 */
public final class DeliveryLatency implements Benchmark {
    private static final long LIMIT_SECONDS = 60;

    @Override
    public String name() {
        return "delivery-latency";
    }

    @Override
    public String summary() {
        return "Write acknowledged to stream record delivered, beside a bare produce-consume on the same broker.";
    }

    @Override
    public String operation() {
        return "one PutItem of an item of 1 KB at the engine, until a Kafka consumer has its stream record";
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(Figure.P50, Side.REFERENCE, 1.5), new Target(Figure.P99, Side.REFERENCE, 1.5));
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private static final int SAMPLES = 64;

        private final Broker broker;
        private final CapturedTable table;
        private final Items items;
        private final Duration measured;
        private final List<ConsumerRecord<byte[], byte[]>> streamRecords;
        private int rounds;

        Opened(Setup setup) throws Exception {
            measured = Duration.ofMillis(setup.scale().pick(5_000, 1_000));
            items = new Items(setup.seed(), CapturedTable.ITEM_BYTES);
            broker = Broker.start(setup.workDir(), TopicSettings.DEFAULT);
            table = CapturedTable.fill(setup, setup.workDir().resolve("engine"), true, SAMPLES);
            CaptureConfig region = broker.newRegion();
            table.captureAll(region);
            String topic = Topics.stream(region.region(), Table.NAME);
            streamRecords = table.records(region, true).stream()
                    .filter(record -> record.topic().equals(topic))
                    .toList();
            broker.deleteTopics(region);
        }

        @Override
        public List<Load> loads() {
            return List.of(
                    new Load("100 writes/s", 100), new Load("1000 writes/s", 1_000), new Load("4000 writes/s", 4_000));
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, this::throughTailrace);
            sides.put(Side.REFERENCE, this::throughKafkaAlone);
            return sides;
        }

        private Sample throughTailrace(Load load) throws Exception {
            CaptureConfig region = broker.newRegion();
            try (StreamCapture capture = table.capture(region)) {
                capture.start();
                long base = table.lastSequence();
                capture.whenCaptured(base).get(LIMIT_SECONDS, TimeUnit.SECONDS);
                String prefix = "round-" + ++rounds + "-";
                return measure(
                        load,
                        region,
                        base,
                        (number, deliveries) -> table.table()
                                .put(items.item(prefix + number, number))
                                .thenRun(() -> deliveries.sent(number)));
            } finally {
                broker.deleteTopics(region);
            }
        }

        private Sample throughKafkaAlone(Load load) throws Exception {
            CaptureConfig region = broker.newRegion();
            broker.createTopics(region, Table.NAME);
            String topic = Topics.stream(region.region(), Table.NAME);
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    ProducerSettings.of(region), new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.partitionsFor(topic);
                return measure(load, region, 0, (number, deliveries) -> {
                    deliveries.sent(number);
                    producer.send(alike(topic, number));
                });
            } finally {
                broker.deleteTopics(region);
            }
        }

        /** A record like that of a write, with its number instead of the commit's. */
        private ProducerRecord<byte[], byte[]> alike(String topic, long number) {
            ConsumerRecord<byte[], byte[]> record = streamRecords.get((int) (number % streamRecords.size()));
            ProducerRecord<byte[], byte[]> alike = new ProducerRecord<>(
                    topic, (int) (number % TopicSettings.DEFAULT.streams().partitions()), record.key(), record.value());
            for (Header header : record.headers()) {
                alike.headers()
                        .add(
                                header.key().equals(RecordHeaders.SEQUENCE)
                                        ? new RecordHeader(header.key(), RecordHeaders.ofLong(number + 1))
                                        : header);
            }
            return alike;
        }

        private Sample measure(Load load, CaptureConfig region, long baseSequence, Sender sender) throws Exception {
            long intervalNanos = TimeUnit.SECONDS.toNanos(1) / load.value();
            int count = (int) (measured.toNanos() / intervalNanos);
            try (TopicReader reader = new TopicReader(region, Topics.stream(region.region(), Table.NAME))) {
                reader.toEnd();
                Deliveries deliveries = new Deliveries(reader, baseSequence, count);
                deliveries.start();
                Meter meter = Meter.start(CpuClock.ofThisProcess());
                long dueNanos = System.nanoTime();
                for (int number = 0; number < count; number++, dueNanos += intervalNanos) {
                    Waiting.until(dueNanos);
                    sender.send(number, deliveries);
                }
                if (!deliveries.awaitAll(LIMIT_SECONDS)) {
                    throw new TimeoutException("records are missing");
                }
                return meter.sample(count, deliveries.latencies());
            }
        }

        @Override
        public List<String> notes() {
            return List.of("rounds of " + measured.toMillis() / 1000.0
                    + " s; the reference sends one record for each write, capture also that of the mutations topic");
        }

        @Override
        public void close() {
            table.close();
            broker.close();
        }
    }

    @FunctionalInterface
    private interface Sender {
        void send(int number, Deliveries deliveries);
    }
}
