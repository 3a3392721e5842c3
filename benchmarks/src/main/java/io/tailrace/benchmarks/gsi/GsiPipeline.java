package io.tailrace.benchmarks.gsi;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.ProcessorState;
import io.tailrace.processors.gsi.GsiProcessor;
import io.tailrace.processors.gsi.IndexNotReadyException;
import io.tailrace.processors.instances.Instances;
import io.tailrace.schemas.key.StateKeys;

/** The gsi processor, alone; its store is read as the engine's Query reads it. */
final class GsiPipeline implements Pipeline {
    private static final long PAGE_BYTES = 1 << 20;

    private final IndexedTable table;
    private final int indexId;
    private final Instances instances;
    private final GsiProcessor gsi;

    GsiPipeline(ProcessorConfig config, IndexedTable table) {
        this.table = table;
        this.indexId = table.index().id();
        this.instances = Instances.asking(config.adminSettings());
        this.gsi = new GsiProcessor(config, instances, new SimpleMeterRegistry());
    }

    @Override
    public void start() {
        gsi.start();
    }

    /** Before it runs nothing is asked, because the question would go to Kafka, for others who may have the partitions. */
    @Override
    public long taken() {
        if (gsi.state() != ProcessorState.RUNNING) {
            return 0;
        }
        try {
            return gsi.queries().entryCount(indexId);
        } catch (IndexNotReadyException starting) {
            return 0;
        }
    }

    @Override
    public boolean has(long number) {
        byte[] from = table.indexPartition(number);
        return !gsi.queries()
                .read(indexId, from, StateKeys.successor(from), true, 1, PAGE_BYTES)
                .entries()
                .isEmpty();
    }

    @Override
    public String status() {
        return gsi.status().toString();
    }

    @Override
    public void close() {
        gsi.close();
        instances.close();
    }
}
