package io.tailrace.processors.runtime;

import java.util.OptionalLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** The records that a client has still to read, as its consumers saw it with their last fetch. */
final class ConsumerLag {
    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String NAME = "records-lag";
    private static final String RESTORE_CONSUMER = "restore-consumer";

    private ConsumerLag() {}

    /** Empty while nothing was fetched yet. */
    static OptionalLong of(KafkaStreams streams) {
        boolean known = false;
        long records = 0;
        for (Metric metric : streams.metrics().values()) {
            if (isLagOfInput(metric.metricName())
                    && metric.metricValue() instanceof Double lag
                    && Double.isFinite(lag)) {
                known = true;
                records += lag.longValue();
            }
        }
        return known ? OptionalLong.of(records) : OptionalLong.empty();
    }

    private static boolean isLagOfInput(MetricName name) {
        return name.name().equals(NAME)
                && name.group().equals(GROUP)
                && name.tags().containsKey("partition")
                && !name.tags().getOrDefault("client-id", "").contains(RESTORE_CONSUMER);
    }
}
