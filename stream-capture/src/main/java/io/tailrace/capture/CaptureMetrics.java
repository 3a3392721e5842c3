package io.tailrace.capture;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of {@link CaptureMeter} for one region. Removed from the registry when closed. */
final class CaptureMetrics implements AutoCloseable {
    private static final String REGION = "region";

    private final MeterRegistry registry;
    private final String region;
    private final Map<CaptureMeter, Counter> counters = new EnumMap<>(CaptureMeter.class);
    private final List<Gauge> gauges = new ArrayList<>();

    CaptureMetrics(MeterRegistry registry, String region, CaptureMeter... counted) {
        this.registry = registry;
        this.region = region;
        for (CaptureMeter meter : counted) {
            counters.put(
                    meter,
                    Counter.builder(meter.meterName())
                            .description(meter.description())
                            .baseUnit(meter.unit())
                            .tag(REGION, region)
                            .register(registry));
        }
    }

    void gauge(CaptureMeter meter, Supplier<Number> value) {
        gauges.add(Gauge.builder(meter.meterName(), value)
                .description(meter.description())
                .baseUnit(meter.unit())
                .tag(REGION, region)
                .register(registry));
    }

    void count(CaptureMeter meter, long amount) {
        counters.get(meter).increment((double) amount);
    }

    @Override
    public void close() {
        gauges.forEach(registry::remove);
        counters.values().forEach(registry::remove);
    }
}
