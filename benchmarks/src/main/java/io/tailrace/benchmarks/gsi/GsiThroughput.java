package io.tailrace.benchmarks.gsi;

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
import io.tailrace.benchmarks.stream.Broker;
import io.tailrace.benchmarks.stream.CapturedTable;
import io.tailrace.capture.CaptureConfig;
import io.tailrace.capture.TopicSettings;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.gsi.GsiTopology;
import io.tailrace.processors.runtime.ApplicationReset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How fast the gsi processor takes a filled mutations topic into an index, beside a pass-through of the same topic. Each round
 * begins without any state; its start and the first tenth of the records are not measured.
 */
public final class GsiThroughput implements Benchmark {
    private static final Load ONE_INDEX = new Load("1 index", 1);
    private static final int UNMEASURED_SHARE = 10;

    @Override
    public String name() {
        return "gsi-throughput";
    }

    @Override
    public String summary() {
        return "Mutations topic to index, beside a bare Kafka Streams pass-through with the same hops and sizes.";
    }

    @Override
    public String operation() {
        return "one mutation of an item of 1 KB, until its entry is in the store";
    }

    @Override
    public List<Target> targets() {
        return List.of(new Target(Figure.THROUGHPUT, Side.REFERENCE, 0.7));
    }

    @Override
    public Contest open(Setup setup) throws Exception {
        return new Opened(setup);
    }

    private static final class Opened implements Contest {
        private final int items;
        private final Broker broker;
        private final IndexedTable table;
        private final ProcessorConfig config;

        Opened(Setup setup) throws Exception {
            items = setup.scale().pick(250_000, 2_000);
            broker = Broker.start(setup.workDir(), TopicSettings.DEFAULT);
            CaptureConfig region = broker.newRegion();
            try (IndexedTable filled = IndexedTable.open(setup, setup.workDir().resolve("engine"))) {
                filled.fill(items);
                filled.captured().captureAll(region);
                table = filled; // its engine has nothing more to do
            }
            config = Pipeline.config(region, setup.workDir().resolve("processors"));
        }

        @Override
        public List<Load> loads() {
            return List.of(ONE_INDEX);
        }

        @Override
        public Map<String, Side> sides() {
            Map<String, Side> sides = new LinkedHashMap<>();
            sides.put(Side.TAILRACE, load -> take(GsiTopology.NAME, new GsiPipeline(config, table)));
            sides.put(Side.REFERENCE, load -> take(PassThrough.NAME, new PassThrough(config, table)));
            return sides;
        }

        /** A round is long. */
        @Override
        public int mostWarmups() {
            return 2;
        }

        private Sample take(String name, Pipeline pipeline) throws Exception {
            try (pipeline) {
                pipeline.start();
                return measure(pipeline);
            } finally {
                try (ApplicationReset reset = new ApplicationReset(config, name)) {
                    reset.run();
                }
            }
        }

        /** From the first look that finds a tenth, or, if that finds all of them, from the one before. */
        private Sample measure(Pipeline pipeline) throws InterruptedException, TimeoutException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Pipeline.LIMIT_SECONDS);
            Meter meter = Meter.start(CpuClock.ofThisProcess());
            long from = 0;
            boolean begun = false;
            for (long taken = 0; taken < items; taken = pipeline.taken()) {
                if (!begun) {
                    from = taken;
                    meter = Meter.start(CpuClock.ofThisProcess());
                    begun = taken >= items / UNMEASURED_SHARE;
                }
                pipeline.requireBefore(deadline);
                Waiting.until(System.nanoTime() + Pipeline.POLL_NANOS);
            }
            return meter.sample(items - from);
        }

        @Override
        public List<String> notes() {
            return List.of(items + " items of " + CapturedTable.ITEM_BYTES + " bytes, "
                    + TopicSettings.DEFAULT.partitions() + " partitions, " + Pipeline.THREADS
                    + " stream thread; CPU is that of the processor's process, the broker runs in another");
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
