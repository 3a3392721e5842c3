package io.tailrace.benchmarks.gsi;

import io.tailrace.benchmarks.core.Benchmark;
import io.tailrace.benchmarks.core.Contest;
import io.tailrace.benchmarks.core.CpuClock;
import io.tailrace.benchmarks.core.Figure;
import io.tailrace.benchmarks.core.Load;
import io.tailrace.benchmarks.core.Meter;
import io.tailrace.benchmarks.core.Sample;
import io.tailrace.benchmarks.core.Scale;
import io.tailrace.benchmarks.core.Setup;
import io.tailrace.benchmarks.core.Side;
import io.tailrace.benchmarks.core.Target;
import io.tailrace.benchmarks.core.Waiting;
import io.tailrace.benchmarks.stream.Broker;
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
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * From a write's acknowledgement until a read of the index sees it, beside a producer with the settings of capture's in front
 * of a pass-through: from the call that sends a record like it until a read of that store sees it. Both run all the time, and
 * have as many entries when it begins.
 */
public final class GsiLatency implements Benchmark {
    private static final Load TARGETED = new Load("1000 writes/s", 1_000);
    private static final long LIMIT_SECONDS = 60;
    /** Looking for each of a thousand writes a second would be a load of its own. */
    private static final long PROBES_PER_SECOND = 200;

    @Override
    public String name() {
        return "gsi-latency";
    }

    @Override
    public String summary() {
        return "Write acknowledged to visible in the index, beside producing to a bare Kafka Streams pass-through.";
    }

    @Override
    public String operation() {
        return "one PutItem of an item of 1 KB at the engine, until a read of the index finds it";
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

        private final List<Load> loads;
        private final Duration measured;
        private final Broker broker;
        private final IndexedTable table;
        private final StreamCapture capture;
        private final Pipeline gsi;
        private final List<ConsumerRecord<byte[], byte[]>> samples;
        private final KafkaProducer<byte[], byte[]> producer;
        private final String referenceTopic;
        private final Pipeline passThrough;
        private long next;

        Opened(Setup setup) throws Exception {
            loads = setup.scale() == Scale.QUICK ? List.of(TARGETED) : List.of(new Load("100 writes/s", 100), TARGETED);
            measured = Duration.ofMillis(setup.scale().pick(5_000, 500));
            next = setup.scale().pick(20_000, 100);
            broker = Broker.start(setup.workDir(), TopicSettings.DEFAULT);
            table = IndexedTable.open(setup, setup.workDir().resolve("engine"));
            CaptureConfig region = broker.newRegion();
            capture = table.captured().capture(region);
            capture.start();
            gsi = new GsiPipeline(Pipeline.config(region, setup.workDir().resolve("gsi")), table);
            gsi.start();
            table.fill(next);
            capture.whenCaptured(table.captured().lastSequence()).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            samples = table.captured().records(region, false).stream()
                    .filter(record -> record.headers().lastHeader(RecordHeaders.EVENT_NAME) != null)
                    .limit(SAMPLES)
                    .toList();
            CaptureConfig reference = broker.newRegion();
            broker.createTopics(reference);
            referenceTopic = Topics.mutations(reference.region());
            producer = new KafkaProducer<>(
                    ProducerSettings.of(reference), new ByteArraySerializer(), new ByteArraySerializer());
            passThrough =
                    new PassThrough(Pipeline.config(reference, setup.workDir().resolve("pass-through")), table);
            passThrough.start();
            for (long number = 0; number < next; number++) {
                producer.send(alike(number));
            }
            gsi.awaitTaken(next);
            passThrough.awaitTaken(next);
        }

        @Override
        public List<Load> loads() {
            return loads;
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> measure(load, gsi, this::write));
            sides.put(Side.REFERENCE, load -> measure(load, passThrough, this::produce));
            return sides;
        }

        /** On its way when it is acknowledged. */
        private void write(long number, Runnable sent, Consumer<Throwable> failed) {
            table.put(number).whenComplete((response, failure) -> {
                if (failure == null) {
                    sent.run();
                } else {
                    failed.accept(failure);
                }
            });
        }

        /** On its way when it is sent. */
        private void produce(long number, Runnable sent, Consumer<Throwable> failed) {
            sent.run();
            producer.send(alike(number), (metadata, failure) -> {
                if (failure != null) {
                    failed.accept(failure);
                }
            });
        }

        /** A record like that of a write of this item. */
        private ProducerRecord<byte[], byte[]> alike(long number) {
            ConsumerRecord<byte[], byte[]> sample = samples.get((int) (number % samples.size()));
            int partition = (int) (number % TopicSettings.DEFAULT.partitions());
            return new ProducerRecord<>(
                    referenceTopic, partition, table.topicKey(number), sample.value(), sample.headers());
        }

        private Sample measure(Load load, Pipeline pipeline, Sender sender) throws Exception {
            long intervalNanos = TimeUnit.SECONDS.toNanos(1) / load.value();
            int count = (int) (measured.toNanos() / intervalNanos);
            int every = (int) Math.max(1, load.value() / PROBES_PER_SECOND);
            Probes probes = new Probes(pipeline::has, (count + every - 1) / every);
            long before = pipeline.taken();
            probes.start();
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            long dueNanos = System.nanoTime();
            for (int sent = 0; sent < count; sent++, next++, dueNanos += intervalNanos) {
                Waiting.until(dueNanos);
                long number = next;
                sender.send(number, sent % every == 0 ? () -> probes.sent(number) : () -> {}, probes::failed);
            }
            Histogram latencies = probes.await(LIMIT_SECONDS);
            Sample sample = meter.sample(count, latencies);
            pipeline.awaitTaken(before + count);
            return sample;
        }

        @Override
        public List<String> notes() {
            return List.of("rounds of " + measured.toMillis() / 1000.0 + " s, at most " + PROBES_PER_SECOND
                    + " writes a second are looked for; " + TopicSettings.DEFAULT.partitions() + " partitions, "
                    + Pipeline.THREADS + " stream thread on each side");
        }

        @Override
        public void close() {
            gsi.close();
            capture.close();
            table.close();
            passThrough.close();
            producer.close();
            broker.close();
        }
    }

    @FunctionalInterface
    private interface Sender {
        /**
         * @param sent to be called when the item is on its way
         * @param failed to be called when it does not come
         */
        void send(long number, Runnable sent, Consumer<Throwable> failed);
    }
}
