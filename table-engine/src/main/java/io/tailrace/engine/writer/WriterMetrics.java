package io.tailrace.engine.writer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;

/** The writer's meters. */
final class WriterMetrics {
    final Counter done;
    final Counter refused;
    final Counter failed;
    final Timer latency;
    final Timer apply;
    final DistributionSummary batchSize;

    WriterMetrics(MeterRegistry registry, String region, Collection<?> queue) {
        done = writes(registry, region, "done");
        refused = writes(registry, region, "refused");
        failed = writes(registry, region, "failed");
        latency = Timer.builder("tailrace.write.latency")
                .description("Time from a write's acceptance to its acknowledgement")
                .tag("region", region)
                .register(registry);
        apply = Timer.builder("tailrace.state.apply")
                .description("Time to apply one batch to the state")
                .tag("region", region)
                .register(registry);
        batchSize = DistributionSummary.builder("tailrace.write.batch.size")
                .description("Writes that were made durable together")
                .tag("region", region)
                .register(registry);
        Gauge.builder("tailrace.write.queue.depth", queue, Collection::size)
                .description("Writes that wait for the writer")
                .tag("region", region)
                .register(registry);
    }

    private static Counter writes(MeterRegistry registry, String region, String outcome) {
        return Counter.builder("tailrace.writes")
                .description("Writes by outcome")
                .tag("region", region)
                .tag("outcome", outcome)
                .register(registry);
    }
}
