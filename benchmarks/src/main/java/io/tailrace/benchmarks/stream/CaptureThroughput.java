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
import io.tailrace.benchmarks.data.Table;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.ProducerSettings;
import io.tailrace.capture.StreamCapture;
import io.tailrace.capture.TopicSettings;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How fast capture moves a journal into Kafka, beside a Kafka producer that only sends the very records that capture made,
 * with the settings of capture's producer, to topics that are alike. A round is some passes over the same journal, the first
 * tenth of each of which is not measured.
 */
public final class CaptureThroughput implements Benchmark {
    private static final long LIMIT_SECONDS = 180;
    private static final int UNMEASURED_SHARE = 10;
    /** One takes a second or two: a collection of garbage more or less would be a third of its CPU. */
    private static final int PASSES = 3;

    private static final Load MUTATIONS = new Load("mutations", 1);
    private static final Load WITH_STREAM = new Load("mutations, stream", 2);

    @Override
    public String name() {
        return "capture-throughput";
    }

    @Override
    public String summary() {
        return "Journal to Kafka, beside the Kafka producer alone with the same records, batching and acks.";
    }

    @Override
    public String operation() {
        return "one mutation of an item of 1 KB, acknowledged by Kafka (with a stream: two records)";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target(Figure.THROUGHPUT, Side.REFERENCE, 0.8), new Target(Figure.CPU, Side.REFERENCE, 1.25));
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    /** One kind of journal, and what capture makes of it. */
    private record Source(CapturedTable table, List<ConsumerRecord<byte[], byte[]>> records) {}

    private static final class Opened implements Contest {
        private final int items;
        private final int passes;
        private final Broker broker;
        private final Map<Load, Source> sources = new LinkedHashMap<>();

        Opened(Setup setup) throws Exception {
            items = setup.scale().pick(200_000, 3_000);
            passes = setup.scale().pick(PASSES, 1);
            broker = Broker.start(setup.workDir(), TopicSettings.DEFAULT);
            for (Load load : loads()) {
                boolean stream = load.equals(WITH_STREAM);
                CapturedTable table =
                        CapturedTable.fill(setup, setup.workDir().resolve("engine-" + load.value()), stream, items);
                CaptureConfig region = broker.newRegion();
                table.captureAll(region);
                sources.put(load, new Source(table, table.records(region, stream)));
                broker.deleteTopics(region);
            }
        }

        @Override
        public List<Load> loads() {
            return List.of(MUTATIONS, WITH_STREAM);
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> inPasses(() -> capture(sources.get(load))));
            sides.put(Side.REFERENCE, load -> inPasses(() -> produce(sources.get(load))));
            return sides;
        }

        private Sample inPasses(Callable<Sample> pass) throws Exception {
            Sample sum = pass.call();
            for (int i = 1; i < passes; i++) {
                sum = sum.plus(pass.call());
            }
            return sum;
        }

        private Sample capture(Source source) throws Exception {
            CaptureConfig region = broker.newRegion();
            long last = source.table().lastSequence();
            try (StreamCapture capture = source.table().capture(region)) {
                AtomicReference<Meter> meter = new AtomicReference<>();
                CompletableFuture<Long> begun = capture.whenCaptured(last / UNMEASURED_SHARE)
                        .thenApply(ends -> {
                            meter.set(Meter.start(CpuClock.ofThisProcess()));
                            return capture.capturedSequence();
                        });
                CompletableFuture<Sample> sample = begun.thenCombine(
                        capture.whenCaptured(last), (from, ends) -> meter.get().sample(last - from));
                capture.start();
                return sample.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                broker.deleteTopics(region);
            }
        }

        private Sample produce(Source source) throws Exception {
            CaptureConfig region = broker.newRegion();
            broker.createTopics(region, Table.NAME);
            List<ProducerRecord<byte[], byte[]>> records =
                    new ArrayList<>(source.records().size());
            source.records().forEach(record -> records.add(forRegion(record, region.region())));
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    ProducerSettings.of(region), new ByteArraySerializer(), new ByteArraySerializer())) {
                records.stream().map(ProducerRecord::topic).distinct().forEach(producer::partitionsFor);
                Acknowledgements acknowledgements = new Acknowledgements(records.size(), items);
                for (ProducerRecord<byte[], byte[]> record : records) {
                    producer.send(record, (metadata, failure) -> acknowledgements.add(failure));
                }
                return acknowledgements.sample.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                broker.deleteTopics(region);
            }
        }

        /** The record as capture would send it in this region. */
        private static ProducerRecord<byte[], byte[]> forRegion(ConsumerRecord<byte[], byte[]> record, String region) {
            String topic = record.topic().endsWith(".mutations")
                    ? Topics.mutations(region)
                    : Topics.stream(region, Table.NAME);
            List<Header> headers = new ArrayList<>();
            for (Header header : record.headers()) {
                headers.add(new RecordHeader(header.key(), header.value())); // those of consumers are decoded late
            }
            return new ProducerRecord<>(
                    topic, record.partition(), record.timestamp(), record.key(), record.value(), headers);
        }

        @Override
        public List<String> notes() {
            return List.of(items + " items of " + CapturedTable.ITEM_BYTES + " bytes, " + passes
                    + " times a round; CPU is that of the sending process, the broker runs in another");
        }

        @Override
        public void close() {
            sources.values().forEach(source -> source.table().close());
            broker.close();
        }
    }

    /** Counts what Kafka has acknowledged, on the producer's thread. */
    private static final class Acknowledgements {
        private final int records;
        private final int operations;
        private final AtomicInteger count = new AtomicInteger();
        private final CompletableFuture<Sample> sample = new CompletableFuture<>();
        private Meter meter;

        Acknowledgements(int records, int operations) {
            this.records = records;
            this.operations = operations;
        }

        void add(Exception failure) {
            if (failure != null) {
                sample.completeExceptionally(failure);
                return;
            }
            int acknowledged = count.incrementAndGet();
            int unmeasured = records / UNMEASURED_SHARE;
            if (acknowledged == unmeasured) {
                meter = Meter.start(CpuClock.ofThisProcess());
            } else if (acknowledged == records) {
                sample.complete(meter.sample((long) operations * (records - unmeasured) / records));
            }
        }
    }
}
