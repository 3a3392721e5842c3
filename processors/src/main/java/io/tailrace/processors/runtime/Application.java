package io.tailrace.processors.runtime;

import io.tailrace.processors.ProcessorConfig;
import io.tailrace.processors.instances.Instances;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

/**
 * A Kafka Streams application as its processor defines it.
 *
 * @param name for example {@code gsi}
 * @param topics that must exist before it can start, those that it reads first
 * @param deadLetterTopic made if it does not exist
 * @param settings as {@link StreamsSettings#base} began them
 * @param topology gives a new topology for each start
 * @param instances this process among those that share the work
 * @param storeMemoryBytes for all stores together
 * @param replayable whether its stores follow from its topics alone, so that it can begin anew with them
 */
public record Application(
        String name,
        ProcessorConfig config,
        List<String> topics,
        String deadLetterTopic,
        Map<String, Object> settings,
        Supplier<Topology> topology,
        Instances instances,
        long storeMemoryBytes,
        boolean replayable) {
    public Application {
        topics = List.copyOf(topics);
        settings = Map.copyOf(settings);
    }

    /** An application whose stores are the only copy of what they hold. */
    public Application(
            String name,
            ProcessorConfig config,
            List<String> topics,
            String deadLetterTopic,
            Map<String, Object> settings,
            Supplier<Topology> topology,
            Instances instances,
            long storeMemoryBytes) {
        this(name, config, topics, deadLetterTopic, settings, topology, instances, storeMemoryBytes, false);
    }
}
