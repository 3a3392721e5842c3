package io.tailrace.processors.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.processors.ProcessorMeter;
import java.util.concurrent.atomic.LongAdder;

/** Shows counts of records for which there was nothing to do, by reason. */
public final class IgnoredRecords {
    private IgnoredRecords() {}

    public static void register(MeterRegistry meters, String processor, String region, String reason, LongAdder count) {
        FunctionCounter.builder(ProcessorMeter.IGNORED.meterName(), count, LongAdder::sum)
                .tag(ProcessorMeter.PROCESSOR_TAG, processor)
                .tag(ProcessorMeter.REGION_TAG, region)
                .tag(ProcessorMeter.REASON_TAG, reason)
                .baseUnit(ProcessorMeter.IGNORED.baseUnit())
                .description(ProcessorMeter.IGNORED.description())
                .register(meters);
    }
}
